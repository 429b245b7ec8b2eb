"""What is not load: the statements of pages, a first visit, how a process starts and what it weighs."""

import json
import re
import statistics

import servers
import visits
from servers import HERE, running, say


def statements(run):
    """SQL statements of each page with 3 and with 300 members."""
    text = servers.command([HERE / "statements.py"], servers.our_environment(run.data))
    run.raw["statements"] = found = json.loads(text.splitlines()[-1])
    wrong = [name for name, each in found.items() if None in (*each["3"], *each["300"])]
    known = {name: each for name, each in found.items() if name not in wrong}
    most = max(known, key=lambda name: known[name]["300"][1])
    run.found["statements"] = known[most]["300"][1]
    run.found["statements_where"] = most
    run.found["statements_cold"] = max(each["300"][0] for each in known.values())
    run.found["statements_differ"] = sorted(name for name, each in known.items() if each["3"] != each["300"])
    run.found["statements_again"] = max(known[name]["again"] for name in ("home", "atlas", "city"))
    for name in wrong:
        say(f"    {name} does not answer 200 with 3 or with 300 members")
    run.raw["statements_not_answered"] = wrong


def board(run):
    """Drawing the balance board of a call with 300 files again, and proposing a choice for stated wishes."""
    text = servers.command([HERE / "board.py"], servers.our_environment(run.data))
    run.raw["board"] = run.found["board"] = json.loads(text.splitlines()[-1])


def export(run):
    """Putting a round of 90 files into an archive, with a PDF of each file and of its reviews."""
    text = servers.command([HERE / "export.py"], servers.our_environment(run.data), within=1200)
    run.raw["export"] = run.found["export"] = json.loads(text.splitlines()[-1])


def visit(run):
    """First visits in a browser, as a visitor has them: cached."""
    if not visits.executable():
        run.skipped["visit"] = "Chromium is not installed: apt-get install -y chromium"
        say(f"skipped: {run.skipped['visit']}")
        return
    with running(
        servers.floor(run.scratch), servers.ours(run.scratch, "visited", servers.our_environment(run.data))
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
        run.versions["chromium"], run.raw["visit"] = visits.browse(pairs, run.options.loads)
    for name, seen in run.raw["visit"].items():
        sent = seen["sent"]
        run.found[f"visit_{name}"] = {
            "requests": sent["requests"],
            "kB": (sent["bytes"] - sent["fonts"]) / 1000,
            "fonts_kB": sent["fonts"] / 1000,
            "lcp": max(seen[view]["lcp_ratio"] for view in visits.VIEWS),
            "lcp_ms": max(seen[view]["ours"]["lcp"] for view in visits.VIEWS),
            "tbt_floor": max(seen[view]["floor"]["tbt"] for view in visits.VIEWS),
            "tbt": max(seen[view]["ours"]["tbt"] for view in visits.VIEWS),
            "cls": max(seen[view]["ours"]["cls"] for view in visits.VIEWS),
        }


def process(run):
    """Cold start of one worker, and the memory of two after 200 requests."""
    starts = {"ours": [], "floor": []}
    for _turn in range(run.options.starts):
        for name, start in (
            ("floor", lambda: servers.floor(run.scratch, "cold-floor", workers=1)),
            ("ours", lambda: servers.ours(run.scratch, "cold", servers.our_environment(run.data), workers=1)),
        ):
            server = start()
            try:
                starts[name].append(server.wait("/" if name == "ours" else "/cities/", every=0.005))
            finally:
                server.stop()
    run.raw["cold_start"] = {name: [round(each, 3) for each in times] for name, times in starts.items()}
    run.found["cold_start"] = statistics.median(starts["ours"])
    run.found["cold_start_floor"] = statistics.median(starts["floor"])
    with running(
        servers.floor(run.scratch), servers.ours(run.scratch, "weighed", servers.our_environment(run.data))
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
        run.found["pss"], processes = ours.pss()
        run.found["pss_floor"], _number = floor.pss()
        run.raw["pss"] = {
            "ours_MiB": round(run.found["pss"], 1),
            "floor_MiB": round(run.found["pss_floor"], 1),
            "our_processes": processes,
        }
