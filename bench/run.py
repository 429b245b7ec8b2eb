#!/usr/bin/env python3
"""`make bench`: measures the site against the floor in one run and writes bench/results.json and the table in bench/README.md.

    run.py [--quick] [--only load,many,postgres,meaning,statements,board,export,visit,process,deadline,opening]
           [--rounds N] [--seconds N] [--loads N] [--night SECONDS] [--opening SECONDS] [--write] [--keep]

Ends with 0 even when a target is missed (the table says so), and with 1 when a page is wrong. Only loopback is touched.
"""

# ruff: noqa: E402 - the path is extended before the rest can be imported
import argparse
import datetime as dt
import importlib.metadata
import json
import os
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

import deadline
import meaning
import opening
import processes
import servers
import side_by_side
import targets
from servers import HERE, Broken, say

PARTS = {
    "load": side_by_side.load,
    "many": side_by_side.many,
    "postgres": side_by_side.postgres,
    "meaning": meaning.meaning,
    "statements": processes.statements,
    "board": processes.board,
    "export": processes.export,
    "visit": processes.visit,
    "process": processes.process,
    "deadline": deadline.deadline,
    "opening": opening.opening,
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
            function(self)
        except Broken as error:
            self.faults.append(f"{name}: {error}")
            say(f"WRONG: {error}")
        say(f"--- {name} took {time.monotonic() - started:.0f} s")

    def prepare(self):
        """The floor and ours, filled."""
        say("--- preparing the floor and ours")
        servers.populate_floor(self.scratch)
        servers.prepare_ours(servers.our_environment(self.data))


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
    parser.add_argument("--night", type=float, help="seconds of the deadline night; 600 is all of it")
    parser.add_argument("--opening", type=float, help="seconds in which all cities register; 300, fewer are compressed")
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
    options.night = options.night or (10.0 if options.quick else 120.0)
    options.opening = options.opening or (30.0 if options.quick else opening.WHOLE)
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
        for name, function in PARTS.items():
            run.part(name, function)
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
