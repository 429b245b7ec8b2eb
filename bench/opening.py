"""Opening of registration: 250 cities nominate, confirm and take seats in five minutes while 400 people read the programme.

No place of a quota, of a delegation, of the edition and no seat of a session may be sold twice: afterwards all of it is
counted in the database. A shorter time has as many cities: it is told as compressed.
"""

import json
import subprocess
import sys

import measure
import servers
from servers import HERE, Broken, say
from side_by_side import databases

CITIES, READERS, WHOLE = 250, 400, 300.0


def opening(run):
    """On SQLite, and on PostgreSQL where it is installed."""
    run.found["opening"] = run.raw["opening"] = found = {}
    found["SQLite"] = _opening(run, "sqlite", servers.our_environment(run.scratch / "opening"))
    try:
        cluster = databases(run, "opening")
    except RuntimeError as error:
        say(f"skipped: the opening of registration on PostgreSQL ({error})")
        return
    try:
        url = f"postgres://tester@127.0.0.1:{cluster.port}/opening"
        environment = servers.our_environment(run.scratch / "opening-pg", database_url=url)
        found["PostgreSQL"] = _opening(run, "postgres", environment)
    finally:
        cluster.remove()


def _opening(run, name, environment):
    servers.prepare_ours(environment)
    inside, document = HERE / "opening_inside.py", run.scratch / f"opening-{name}.json"
    plan = json.loads(servers.command([inside, "prepare", CITIES], environment).splitlines()[-1])
    server = servers.ours(run.scratch, f"opening-{name}", environment)
    try:
        server.wait("/healthz")
        servers.warm([f"{server.url}/conference/{plan['edition']}/programme/"], 16)
        more = {"port": server.port, "seconds": run.options.opening, "readers": READERS, "seed": 31}
        document.write_text(json.dumps({**plan, **more}), encoding="utf-8")
        told = _played(server, document, run.options.opening)
    finally:
        server.stop()
    cities = [team["city"] for team in plan["teams"]]
    document.write_text(json.dumps({**told, "edition": plan["edition"], "cities": cities}), encoding="utf-8")
    seen = json.loads(servers.command([inside, "check", document], environment).splitlines()[-1])
    say(f"    {name}: {told['took']}; {told['refused']} refused; {seen}")
    if seen["lost"] or seen["oversold"] or told["faults"]:
        raise Broken(f"opening of registration on {name}: {seen}, faults {told['faults']}")
    numbers = {key: seen[key] for key in ("delegates", "seated", "waiting")}
    kept = ("took", "refused", "seconds", "cpu", "server_cpu")
    return {key: told[key] for key in kept} | numbers | {"compressed": WHOLE / run.options.opening}


def _played(server, document, seconds):
    """The load is a niced process of its own, so that it never takes the server's time."""
    before = measure.cpu([server.port])
    load = subprocess.run(
        ["nice", "-n", "10", sys.executable, str(HERE / "opening_load.py"), str(document)],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        timeout=seconds + 300,
    )
    if load.returncode:
        raise Broken("the load of the opening of registration broke off")
    told = json.loads(load.stdout.splitlines()[-1])
    told["server_cpu"] = measure.cpu([server.port]) - before
    return told
