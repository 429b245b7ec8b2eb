"""Pages under load beside the floor's, beside each other, and beside those of a network of 10,000 cities."""

import json
import re
import subprocess
import sys

import psycopg
import servers
from servers import HERE, Broken, running, say
from tests.harness.cluster import Cluster, _program

MANY = 10_000
SIDE_BY_SIDE = {
    "list": ("/atlas/", "/cities/"),
    "detail": ("/cities/krakow/", "/cities/krakow/"),
    "search": ("/atlas/?q=krak", "/cities/?q=poetry"),
    "programme": ("/conference/bench/programme/", "/schedule/"),
}
WITHIN_OURS = {"home": "/", "statistics": "/statistics/", "as-of": "/atlas/?as_of=2019-12-31", "list-br": "/atlas/"}
OF_MANY = {
    "page": "/atlas/",
    "last": "/atlas/?page=500",
    "field": "/atlas/?field=music",
    "words": "/atlas/?q=al",
    "both": "/atlas/?field=music&q=al",
    "newest": "/atlas/?sort=newest",
    "map": "/",
    "statistics": "/statistics/",
    "detail": "/cities/krakow/",
}


def load(run):
    """Side by side with the floor on SQLite, uncached and cached; then our pages among themselves."""
    environment = servers.our_environment
    servers.command([HERE / "edition_inside.py"], environment(run.data))
    with running(
        servers.floor(run.scratch),
        servers.ours(run.scratch, "ours", environment(run.data, cache=False)),
        servers.ours(run.scratch, "cached", environment(run.data)),
    ) as (floor, ours, cached):
        _look(floor, ours, cached)
        pages = [
            (name, page, server.url + SIDE_BY_SIDE[page][server is floor])
            for page in SIDE_BY_SIDE
            for name, server in (("floor", floor), ("ours", ours), ("cached", cached))
            if (name, page) != ("cached", "search")
        ]
        _keep(run, "sqlite", _measure(run, pages, "floor", run.options.conc))
        _statistics_are_there(run, ours)
        same = [("atlas", "list", ours.url + "/atlas/")]
        same += [(name, "list", ours.url + path) for name, path in WITHIN_OURS.items() if name != "list-br"]
        _keep(run, "within", _measure(run, same, "atlas", "8"))
        wire = [("atlas", "list", ours.url + "/atlas/")]
        _keep(run, "brotli", _measure(run, wire, "atlas", "8", "--header", "Accept-Encoding: gzip, deflate, br"))


def many(run):
    """A generated network of 10,000 cities against the real one, both uncached."""
    folder = run.scratch / "many"
    environment = servers.our_environment(folder, cache=False)
    servers.prepare_ours(environment)
    say("    " + servers.command([HERE / "populate_many.py", MANY], environment).strip())
    with running(
        servers.ours(run.scratch, "real", servers.our_environment(run.data, cache=False)),
        servers.ours(run.scratch, "many", environment),
    ) as (real, many):
        servers.check(
            many.url + "/atlas/", holds=[f"{MANY}", "<h1>Atlas</h1>"], pattern=r'<h3><a href="/cities/', times=20
        )
        for path in OF_MANY.values():
            servers.check(many.url + path, holds=["</html>"])
        here = {"last": "/atlas/?page=20"}
        pages = [
            (name, page, server.url + path)
            for page, at in OF_MANY.items()
            for name, server, path in (("real", real, here.get(page, at)), ("many", many, at))
        ]
        _keep(run, "many", _measure(run, pages, "real", "8"))


def postgres(run):
    """The same pages once more, both on one PostgreSQL."""
    try:
        cluster = databases(run, "floor", "ours")
    except RuntimeError as error:
        run.skipped["postgres"] = f"PostgreSQL is not installed ({error})"
        say(f"skipped: {run.skipped['postgres']}")
        return
    try:
        servers.populate_floor(run.scratch, cluster.port)
        url = f"postgres://tester@127.0.0.1:{cluster.port}/ours"
        environment = servers.our_environment(run.scratch / "ours-pg", cache=False, database_url=url)
        servers.prepare_ours(environment)
        servers.command([HERE / "edition_inside.py"], environment)
        _analyze(url)
        with running(
            servers.floor(run.scratch, "floor-pg", cluster.port),
            servers.ours(run.scratch, "ours-pg", environment),
        ) as (floor, ours):
            _look(floor, ours)
            pages = [
                (name, page, server.url + SIDE_BY_SIDE[page][server is floor])
                for page in SIDE_BY_SIDE
                for name, server in (("floor", floor), ("ours", ours))
            ]
            _keep(run, "postgres", _measure(run, pages, "floor", "8", "--db-port", str(cluster.port)))
    finally:
        cluster.remove()


def databases(run, *names):
    """A throw-away PostgreSQL with these databases. Raises RuntimeError where it is not installed."""
    program = _program("postgres")
    run.versions["postgresql"] = subprocess.run(
        [program, "--version"], check=False, capture_output=True, text=True
    ).stdout.split()[2]
    cluster = Cluster()
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE postgres SUPERUSER LOGIN")
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    return cluster


def _analyze(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


# --- pieces ------------------------------------------------------------------------------------------------------------


def _look(floor, *ours):
    """Every page is the right one before it is measured."""
    row = r'<h3><a href="/cities/'
    servers.check(floor.url + "/cities/", holds=["<p>405 cities</p>"], pattern=r'<li><h2><a href="/cities/', times=20)
    servers.check(floor.url + "/cities/krakow/", holds=["<h1>Krakow</h1>"])
    servers.check(floor.url + "/cities/?q=poetry", holds=['value="poetry"', "<h2>"])
    servers.check(floor.url + "/schedule/", holds=["<h1>Programme</h1>"], pattern="<li><h3><a", times=120)
    for server in ours:
        today = _total(servers.check(server.url + "/atlas/", holds=["<h1>Atlas</h1>"], pattern=row, times=20))
        servers.check(server.url + "/cities/krakow/", holds=["<h1>Krakow", "Kraków"])
        programme = SIDE_BY_SIDE["programme"][0]
        servers.check(
            server.url + programme, holds=["<h1>Programme</h1>", "Speakers from"], pattern='<li id="s-', times=120
        )
        words = servers.check(server.url + "/atlas/?q=krak", holds=["Kraków"], pattern=row, times=1)
        if _total(words) != 1:
            raise Broken("the search for krak does not find one city")
        then = servers.check(server.url + "/atlas/?as_of=2019-12-31", pattern=row, times=20)
        if not 200 < _total(then) < today:
            raise Broken("the atlas as of 2019 is not smaller than today's")
        servers.check(server.url + "/", holds=[f"<strong>{today}</strong>", "Krakow"])
        if today != 405:
            raise Broken(f"the atlas counts {today} cities, the floor 405")


def _total(text):
    found = re.search(r"<strong>(\d+) cit", text)
    if not found:
        raise Broken("the atlas does not say how many cities it lists")
    return int(found[1])


def _statistics_are_there(run, ours):
    """An empty page of statistics is measured all the same, and named."""
    try:
        servers.check(ours.url + "/statistics/", holds=["<h1>Statistics</h1>", "<table", "405"])
    except Broken as error:
        run.faults.append(f"load: {error}")
        say(f"WRONG: {error}")


def _measure(run, pages, ref, conc, *more):
    servers.warm([url for _name, _page, url in pages], 16 if run.options.quick else 64)
    out = run.scratch / "measured.json"
    labels = [f"{name}:{page}={url}" for name, page, url in pages]
    if "," in conc and run.options.quick:
        conc = "8"
    times = ["--rounds", str(run.options.rounds), "--seconds", str(run.options.seconds)]
    port = [] if "--db-port" in more else ["--db-port", "0"]
    line = [
        sys.executable,
        str(HERE / "measure.py"),
        *labels,
        "--ref",
        ref,
        "--conc",
        conc,
        *times,
        *port,
        *more,
        "--out",
        str(out),
    ]
    limit = 120 + len(pages) * run.options.rounds * len(conc.split(",")) * (run.options.seconds + 2)
    done = subprocess.run(
        line, check=False, stderr=subprocess.PIPE if run.options.quiet else None, text=True, timeout=limit
    )
    if done.returncode:
        raise Broken(f"measuring failed {done.stderr or ''}")
    return json.loads(out.read_text())["targets"]


def _keep(run, name, measured):
    """The medians of what was measured, and a fault for every answer that was not 200."""
    kept = {}
    for key, each in measured.items():
        bad = sum(
            once["bad_status"] + once["timeouts"] + once["sock_errors"]
            for runs in each["runs"].values()
            for once in runs
        )
        if bad:
            run.faults.append(f"{name}: {key} answered {bad} times wrongly under load")
        path = re.sub(r"^http://[^/]+", "", each["url"])
        kept[key] = {"page": path, "bytes": each["bytes"], "wire_bytes": each["wire_bytes"], **each["median"]}
    run.raw[name] = run.found[name] = kept
