"""Deadline night: 300 teams save every five seconds, 90 hand in; then the same while the server is killed ten times."""

import json
import random
import subprocess
import sys
import time

import measure
import servers
from servers import HERE, Broken, say
from side_by_side import databases

TEAMS, HAND_IN, EVERY, WHOLE, KILLS = 300, 90, 5.0, 600.0, 10
"""The last ten minutes. A shorter part of them is as dense: as many saves a second, as many that hand in a minute."""


def deadline(run):
    """The night on SQLite, and on PostgreSQL where it is installed."""
    run.found["deadline"] = run.raw["deadline"] = found = {}
    found["SQLite"] = _night(run, "sqlite", servers.our_environment(run.scratch / "night"))
    try:
        cluster = databases(run, "night")
    except RuntimeError as error:
        say(f"skipped: the deadline night on PostgreSQL ({error})")
        return
    try:
        url = f"postgres://tester@127.0.0.1:{cluster.port}/night"
        environment = servers.our_environment(run.scratch / "night-pg", database_url=url)
        found["PostgreSQL"] = _night(run, "postgres", environment)
    finally:
        cluster.remove()


def _night(run, name, environment):
    servers.prepare_ours(environment)
    inside, hand_in = HERE / "night_inside.py", max(1, round(HAND_IN * run.options.night / WHOLE))
    plan = json.loads(servers.command([inside, "prepare", TEAMS, 2 * hand_in], environment).splitlines()[-1])
    ready = [team for team in plan["teams"] if team["hands_in"]]
    later = {team["code"] for team in ready[hand_in:]}
    server = servers.ours(run.scratch, f"night-{name}", environment)
    told = {}
    try:
        server.wait("/healthz")
        for turn, kills in (("quiet", 0), ("killed", KILLS)):
            for team in plan["teams"]:
                team["hands_in"] = team in ready and (team["code"] in later) == bool(kills)
            told[turn] = _turn(run, server, plan, kills)
            _nothing_lost(run, inside, environment, told[turn], f"{name}, {turn}")
            done = set(told[turn]["handed_in"])
            plan["teams"] = [team for team in plan["teams"] if team["code"] not in done]
    finally:
        server.stop()
    return {turn: {key: each[key] for key in KEPT} for turn, each in told.items()}


KEPT = ("took", "took_handing_in", "saves", "failed", "refused", "cpu", "seconds", "server_cpu", "handed_in_count")


def _turn(run, server, plan, kills):
    """One time under load; the process that makes it is niced, so that it never takes the server's time."""
    seconds, document = run.options.night, run.scratch / "night.json"
    more = {
        "port": server.port, "seconds": seconds, "every": EVERY, "seed": kills, "first": 1000 * (kills + 1),
        "save": "/applications/{code}/form/" + plan["section"] + "/", "hand_in": "/applications/{code}/hand-in/",
    }  # fmt: skip
    document.write_text(json.dumps({**plan, **more}), encoding="utf-8")
    before = measure.cpu([server.port])
    load = subprocess.Popen(
        ["nice", "-n", "10", sys.executable, str(HERE / "night_load.py"), str(document)],
        stdout=subprocess.PIPE,
        text=True,
    )
    began = time.monotonic()
    chance = random.Random(kills)
    for at in sorted(chance.uniform(0.05, 0.95) * seconds for _kill in range(kills)):
        _until(load, began + at)
        server.kill_and_start()
    said, _none = load.communicate(timeout=seconds + 120)
    if load.returncode:
        raise Broken("the load of the deadline night broke off")
    told = json.loads(said.splitlines()[-1])
    told["server_cpu"] = measure.cpu([server.port]) - before if not kills else None
    told["handed_in_count"] = len(told["handed_in"])
    return told


def _until(load, moment):
    """Wait for a moment of the night; an end before it is told."""
    try:
        load.wait(max(0.0, moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        return
    raise Broken("the load of the deadline night ended early")


def _nothing_lost(run, inside, environment, told, where):
    """What was acknowledged is in the database, and nothing is handed in by half."""
    document = run.scratch / "acknowledged.json"
    document.write_text(json.dumps({name: told[name] for name in ("saved", "handed_in")}), encoding="utf-8")
    seen = json.loads(servers.command([inside, "check", document], environment).splitlines()[-1])
    say(f"    {where}: {len(told['saved'])} teams, {told['saves']} saves, {told['failed']} unanswered; {seen}")
    if seen["lost"] or seen["missing"] or seen["half"]:
        raise Broken(f"deadline night on {where}: {seen}")
    if not told["saved"] or (told["refused"] and set(told["refused"]) - {"502", "503"}):
        raise Broken(f"deadline night on {where}: refused {told['refused']}")
