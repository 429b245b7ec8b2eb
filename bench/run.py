#!/usr/bin/env python3
"""`make bench`: measures the site against the floor in one run and writes bench/results.json and the table in bench/README.md.

    run.py [--quick] [--only load,many,postgres,statements,visit,process] [--rounds N] [--seconds N] [--loads N] [--write] [--keep]

Ends with 0 even when a target is missed (the table says so), and with 1 when a page is wrong. Only loopback is touched.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import argparse
import contextlib
import datetime as dt
import importlib.metadata
import json
import os
import platform
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import servers
import targets
import visits
from servers import Broken

PARTS = ("load", "many", "postgres", "statements", "visit", "process")
MANY = 10_000
SIDE_BY_SIDE = {
    "list": ("/atlas/", "/cities/"),
    "detail": ("/cities/krakow/", "/cities/krakow/"),
    "search": ("/atlas/?q=krak", "/cities/?q=poetry"),
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


class Run:
    """One run: its folder, its servers, its figures and its faults."""

    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.data = scratch / "ours"
        self.found, self.faults, self.skipped, self.raw = {}, [], {}, {}
        self.versions = {}

    def part(self, name, function):
        """Do one part; a wrong page ends the part, not the run."""
        if name not in self.options.only:
            return
        say(f"--- {name}")
        started = time.monotonic()
        try:
            function()
        except Broken as error:
            self.faults.append(f"{name}: {error}")
            say(f"WRONG: {error}")
        say(f"--- {name} took {time.monotonic() - started:.0f} s")

    # --- one after the other ------------------------------------------------------------------------------------------

    def prepare(self):
        """The floor and ours, filled."""
        say("--- preparing the floor and ours")
        servers.populate_floor(self.scratch)
        servers.prepare_ours(servers.our_environment(self.data))

    def load(self):
        """Side by side with the floor on SQLite, uncached and cached; then our pages among themselves."""
        environment = servers.our_environment
        with running(
            servers.floor(self.scratch),
            servers.ours(self.scratch, "ours", environment(self.data, cache=False)),
            servers.ours(self.scratch, "cached", environment(self.data)),
        ) as (floor, ours, cached):
            self._look(floor, ours, cached)
            pages = [
                (name, page, server.url + SIDE_BY_SIDE[page][server is floor])
                for page in SIDE_BY_SIDE
                for name, server in (("floor", floor), ("ours", ours), ("cached", cached))
                if (name, page) != ("cached", "search")
            ]
            self._keep("sqlite", self._measure(pages, "floor", self.options.conc))
            self._statistics_are_there(ours)
            same = [("atlas", "list", ours.url + "/atlas/")]
            same += [(name, "list", ours.url + path) for name, path in WITHIN_OURS.items() if name != "list-br"]
            self._keep("within", self._measure(same, "atlas", "8"))
            wire = [("atlas", "list", ours.url + "/atlas/")]
            self._keep("brotli", self._measure(wire, "atlas", "8", "--header", "Accept-Encoding: gzip, deflate, br"))

    def many(self):
        """A generated network of 10,000 cities against the real one, both uncached."""
        folder = self.scratch / "many"
        environment = servers.our_environment(folder, cache=False)
        servers.prepare_ours(environment)
        say("    " + servers.command([HERE / "populate_many.py", MANY], environment).strip())
        with running(
            servers.ours(self.scratch, "real", servers.our_environment(self.data, cache=False)),
            servers.ours(self.scratch, "many", environment),
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
            self._keep("many", self._measure(pages, "real", "8"))

    def postgres(self):
        """List, detail and search once more, both on one PostgreSQL."""
        try:
            from tests.harness.cluster import Cluster, _program

            program = _program("postgres")
        except (ImportError, RuntimeError) as error:
            self.skipped["postgres"] = f"PostgreSQL is not installed ({error})"
            say(f"skipped: {self.skipped['postgres']}")
            return
        self.versions["postgresql"] = subprocess.run(
            [program, "--version"], check=False, capture_output=True, text=True
        ).stdout.split()[2]
        cluster = Cluster()
        try:
            _databases(cluster)
            servers.populate_floor(self.scratch, cluster.port)
            url = f"postgres://tester@127.0.0.1:{cluster.port}/ours"
            environment = servers.our_environment(self.scratch / "ours-pg", cache=False, database_url=url)
            servers.prepare_ours(environment)
            _analyze(url)
            with running(
                servers.floor(self.scratch, "floor-pg", cluster.port),
                servers.ours(self.scratch, "ours-pg", environment),
            ) as (floor, ours):
                self._look(floor, ours)
                pages = [
                    (name, page, server.url + SIDE_BY_SIDE[page][server is floor])
                    for page in SIDE_BY_SIDE
                    for name, server in (("floor", floor), ("ours", ours))
                ]
                self._keep("postgres", self._measure(pages, "floor", "8", "--db-port", str(cluster.port)))
        finally:
            cluster.remove()

    def statements(self):
        """SQL statements of each page with 3 and with 300 members."""
        text = servers.command([HERE / "statements.py"], servers.our_environment(self.data))
        self.raw["statements"] = found = json.loads(text.splitlines()[-1])
        wrong = [name for name, each in found.items() if None in (*each["3"], *each["300"])]
        known = {name: each for name, each in found.items() if name not in wrong}
        most = max(known, key=lambda name: known[name]["300"][1])
        self.found["statements"] = known[most]["300"][1]
        self.found["statements_where"] = most
        self.found["statements_cold"] = max(each["300"][0] for each in known.values())
        self.found["statements_differ"] = sorted(name for name, each in known.items() if each["3"] != each["300"])
        self.found["statements_again"] = max(known[name]["again"] for name in ("home", "atlas", "city"))
        for name in wrong:
            say(f"    {name} does not answer 200 with 3 or with 300 members")
        self.raw["statements_not_answered"] = wrong

    def visit(self):
        """First visits in a browser, as a visitor has them: cached."""
        if not visits.executable():
            self.skipped["visit"] = "Chromium is not installed: apt-get install -y chromium"
            say(f"skipped: {self.skipped['visit']}")
            return
        with running(
            servers.floor(self.scratch), servers.ours(self.scratch, "visited", servers.our_environment(self.data))
        ) as (floor, ours):
            pages = {"home": "/", "atlas": "/atlas/", "city": "/cities/krakow/"}
            servers.warm(
                [ours.url + path for path in pages.values()] + [floor.url + "/cities/", floor.url + "/cities/krakow/"],
                16,
            )
            pairs = [
                (name, ours.url + path, floor.url + ("/cities/krakow/" if name == "city" else "/cities/"))
                for name, path in pages.items()
            ]
            self.versions["chromium"], self.raw["visit"] = visits.browse(pairs, self.options.loads)
        for name, seen in self.raw["visit"].items():
            sent = seen["sent"]
            self.found[f"visit_{name}"] = {
                "requests": sent["requests"],
                "kB": (sent["bytes"] - sent["fonts"]) / 1000,
                "fonts_kB": sent["fonts"] / 1000,
                "lcp": max(seen[view]["lcp_ratio"] for view in visits.VIEWS),
                "lcp_ms": max(seen[view]["ours"]["lcp"] for view in visits.VIEWS),
                "tbt_floor": max(seen[view]["floor"]["tbt"] for view in visits.VIEWS),
                "tbt": max(seen[view]["ours"]["tbt"] for view in visits.VIEWS),
                "cls": max(seen[view]["ours"]["cls"] for view in visits.VIEWS),
            }

    def process(self):
        """Cold start of one worker, and the memory of two after 200 requests."""
        starts = {"ours": [], "floor": []}
        for _turn in range(self.options.starts):
            for name, start in (
                ("floor", lambda: servers.floor(self.scratch, "cold-floor", workers=1)),
                ("ours", lambda: servers.ours(self.scratch, "cold", servers.our_environment(self.data), workers=1)),
            ):
                server = start()
                try:
                    starts[name].append(server.wait("/" if name == "ours" else "/cities/", every=0.005))
                finally:
                    server.stop()
        self.raw["cold_start"] = {name: [round(each, 3) for each in times] for name, times in starts.items()}
        self.found["cold_start"] = statistics.median(starts["ours"])
        self.found["cold_start_floor"] = statistics.median(starts["floor"])
        with running(
            servers.floor(self.scratch), servers.ours(self.scratch, "weighed", servers.our_environment(self.data))
        ) as (floor, ours):
            paths = [
                "/",
                "/atlas/",
                "/statistics/",
                "/atlas/?q=krak",
                "/atlas/?as_of=2019-12-31",
                "/fields/music/",
                "/ar/",
                "/zh/atlas/",
            ]
            slugs = sorted(set(re.findall(r'"/cities/([a-z-]+)/"', servers.fetch(ours.url + "/")[1])))[:192]
            for path in (paths + [f"/cities/{slug}/" for slug in slugs])[:200]:
                servers.fetch(ours.url + path)
            servers.warm([floor.url + "/cities/", floor.url + "/cities/krakow/"], 100)
            self.found["pss"], processes = ours.pss()
            self.found["pss_floor"], _number = floor.pss()
            self.raw["pss"] = {
                "ours_MiB": round(self.found["pss"], 1),
                "floor_MiB": round(self.found["pss_floor"], 1),
                "our_processes": processes,
            }

    # --- pieces -----------------------------------------------------------------------------------------------------------

    def _look(self, floor, *ours):
        """Every page is the right one before it is measured."""
        row = r'<li><h2><a href="/cities/'
        servers.check(floor.url + "/cities/", holds=["<p>405 cities</p>"], pattern=row, times=20)
        servers.check(floor.url + "/cities/krakow/", holds=["<h1>Krakow</h1>"])
        servers.check(floor.url + "/cities/?q=poetry", holds=['value="poetry"', "<h2>"])
        for server in ours:
            text = servers.check(
                server.url + "/atlas/", holds=["<h1>Atlas</h1>"], pattern=r'<h3><a href="/cities/', times=20
            )
            today = _total(text)
            servers.check(server.url + "/cities/krakow/", holds=["<h1>Krakow", "Kraków"])
            if (
                _total(
                    servers.check(
                        server.url + "/atlas/?q=krak", holds=["Kraków"], pattern=r'<h3><a href="/cities/', times=1
                    )
                )
                != 1
            ):
                raise Broken("the search for krak does not find one city")
            if (
                not 200
                < _total(
                    servers.check(server.url + "/atlas/?as_of=2019-12-31", pattern=r'<h3><a href="/cities/', times=20)
                )
                < today
            ):
                raise Broken("the atlas as of 2019 is not smaller than today's")
            servers.check(server.url + "/", holds=[f"<strong>{today}</strong>", "Krakow"])
            if today != 405:
                raise Broken(f"the atlas counts {today} cities, the floor 405")

    def _statistics_are_there(self, ours):
        """An empty page of statistics is measured all the same, and named."""
        try:
            servers.check(ours.url + "/statistics/", holds=["<h1>Statistics</h1>", "<table", "405"])
        except Broken as error:
            self.faults.append(f"load: {error}")
            say(f"WRONG: {error}")

    def _measure(self, pages, ref, conc, *more):
        servers.warm([url for _name, _page, url in pages], 16 if self.options.quick else 64)
        out = self.scratch / "measured.json"
        labels = [f"{name}:{page}={url}" for name, page, url in pages]
        if "," in conc and self.options.quick:
            conc = "8"
        times = ["--rounds", str(self.options.rounds), "--seconds", str(self.options.seconds)]
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
        limit = 120 + len(pages) * self.options.rounds * len(conc.split(",")) * (self.options.seconds + 2)
        done = subprocess.run(
            line, check=False, stderr=subprocess.PIPE if self.options.quiet else None, text=True, timeout=limit
        )
        if done.returncode:
            raise Broken(f"measuring failed {done.stderr or ''}")
        return json.loads(out.read_text())["targets"]

    def _keep(self, name, measured):
        """The medians of what was measured, and a fault for every answer that was not 200."""
        kept = {}
        for key, each in measured.items():
            bad = sum(
                run["bad_status"] + run["timeouts"] + run["sock_errors"]
                for runs in each["runs"].values()
                for run in runs
            )
            if bad:
                self.faults.append(f"{name}: {key} answered {bad} times wrongly under load")
            path = re.sub(r"^http://[^/]+", "", each["url"])
            kept[key] = {"page": path, "bytes": each["bytes"], "wire_bytes": each["wire_bytes"], **each["median"]}
        self.raw[name] = self.found[name] = kept


@contextlib.contextmanager
def running(*several):
    """Servers that answer, and end with the block."""
    try:
        for server in several:
            server.wait("/cities/" if server.name.startswith("floor") else "/healthz")
        yield several
    finally:
        for server in several:
            server.stop()


def _total(text):
    found = re.search(r"<strong>(\d+) cit", text)
    if not found:
        raise Broken("the atlas does not say how many cities it lists")
    return int(found[1])


def _databases(cluster):
    import psycopg

    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE postgres SUPERUSER LOGIN")
        connection.execute("CREATE DATABASE floor")
        connection.execute("CREATE DATABASE ours")


def _analyze(url):
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def say(text):
    print(text, file=sys.stderr, flush=True)


def versions():
    wrk = subprocess.run(["wrk", "-v"], check=False, capture_output=True, text=True).stdout.split()[1]
    packages = {name: importlib.metadata.version(name) for name in ("Django", "granian")}
    return {"python": platform.python_version(), **packages, "sqlite": sqlite3.sqlite_version, "wrk": wrk}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick", action="store_true", help="one round of one second at 8 connections; shows, and does not write"
    )
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--loads", type=int, help="visits of each page in the browser")
    parser.add_argument("--conc", default="1,8,32", help="connections")
    parser.add_argument("--write", action="store_true", help="write the results of a quick or partial run too")
    parser.add_argument("--keep", action="store_true", help="leave the folder of the run")
    parser.add_argument("--quiet", action="store_true", help="do not show each measurement")
    options = parser.parse_args()
    options.only = options.only.split(",")
    if unknown := set(options.only) - set(PARTS):
        parser.error(f"unknown part {', '.join(unknown)}")
    options.rounds = options.rounds or (1 if options.quick else 5)
    options.seconds = options.seconds or (1 if options.quick else 4)
    options.loads = options.loads or (2 if options.quick else 7)
    options.starts = 2 if options.quick else 7
    return options


def main():
    options = arguments()
    if missing := servers.needed():
        say(missing)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    load_before = os.getloadavg()
    if load_before[0] > 0.7:
        say(f"The load of this machine is {load_before[0]:.1f} before the start; ratios hold, p99 and LCP suffer.")
    scratch = Path(tempfile.mkdtemp(prefix="creativecities-bench-"))
    run = Run(options, scratch)
    started = time.monotonic()
    try:
        run.prepare()
        for name in PARTS:
            run.part(name, getattr(run, name))
    except Broken as error:
        run.faults.append(str(error))
    finally:
        if options.keep:
            say(f"kept: {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    figures = targets.judge(run.found, run.skipped)
    head = {
        "date": dt.date.today().isoformat(),
        "machine": {"cores": os.cpu_count(), "system": f"{platform.system()} {platform.machine()}"},
        "versions": {**versions(), **run.versions},
        "load_average": {"before": [round(x, 2) for x in load_before], "after": [round(x, 2) for x in os.getloadavg()]},
        "rounds": options.rounds,
        "seconds": options.seconds,
        "page_loads": options.loads,
        "connections": options.conc if not options.quick else "8",
        "took_seconds": round(time.monotonic() - started),
        "quick": options.quick,
        "parts": options.only,
    }
    table = targets.table(head, figures, run.faults)
    print(table)
    if options.write or (not options.quick and set(options.only) == set(PARTS)):
        document = {**head, "figures": figures, "faults": run.faults, "measured": run.raw}
        (HERE / "results.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        targets.write_between(HERE / "README.md", table)
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
