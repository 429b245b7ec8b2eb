"""What a question costs that is answered by words and meaning together, and what telling meanings costs."""

import json
import statistics
import threading
import time
import urllib.parse
from collections import deque

import servers
from servers import HERE, Broken, running, say

QUESTIONS, REPEATED, ROUNDS = 80, 60, 3
PASSAGES = 50_000


def meaning(run):
    """Distinct and repeated questions, the same with 50,000 passages, the engine alone, telling, memory."""
    inside = [HERE / "meaning_inside.py"]
    alone = json.loads(servers.command([*inside, "alone"], servers.our_environment(run.data)).splitlines()[-1])
    folder = run.scratch / "told"
    environment = servers.our_environment(folder, cache=False)
    servers.prepare_ours(environment)
    say("    " + servers.command([*inside, "invent", PASSAGES], environment).strip())
    asked = deque(_questions())
    with running(
        servers.ours(run.scratch, "asked", servers.our_environment(run.data, cache=False)),
        servers.ours(run.scratch, "told", environment),
    ) as (ours, told):
        for server in (ours, told):
            if not json.loads(servers.check(server.url + "/search.json?q=jazz"))["has_meaning"]:
                raise Broken(f"{server.name} does not compare meanings")
            _ask(server, [asked.popleft() for _each in range(16)], 4)
        found = {"alone": alone, "ours": [], "told": [], "ours_4": [], "again": []}
        for _round in range(1 if run.options.quick else ROUNDS):
            for name, server in (("ours", ours), ("told", told)):
                found[name].append(_ask(server, _next(asked), 1))
            found["ours_4"].append(_ask(ours, _next(asked), 4))
            found["again"].append(_ask(ours, ["pottery by the sea"] * REPEATED, 1))
        found["MiB"], found["workers"] = ours.pss()[0], servers.WORKERS
    run.found["meaning"] = run.raw["meaning"] = found


def _questions():
    """All graded questions, in all languages, in turns."""
    asked = json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
    return [each["asked"][code] for code in asked[0]["asked"] for each in asked]


def _next(asked):
    """Questions that were not asked yet in this run; at its end they come again, by then forgotten by no worker."""
    if len(asked) < QUESTIONS:
        asked.extend(f"{one} {len(asked)}" for one in _questions())
    return [asked.popleft() for _each in range(QUESTIONS)]


def _ask(server, questions, connections):
    """Median and 99th of a hundred, in milliseconds."""
    left, took, bad = deque(questions), [], []

    def work():
        while left:
            try:
                question = left.popleft()
            except IndexError:
                return
            began = time.perf_counter()
            status, _text = servers.fetch(f"{server.url}/search/?q={urllib.parse.quote(question)}")
            took.append((time.perf_counter() - began) * 1000)
            if status != 200:
                bad.append(status)

    threads = [threading.Thread(target=work) for _each in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if bad:
        raise Broken(f"{server.name} answers questions with {bad[0]}")
    took.sort()
    return {"p50": statistics.median(took), "p99": took[int(len(took) * 0.99) - 1]}
