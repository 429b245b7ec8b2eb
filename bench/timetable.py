"""Who meets whom at the fair, at the size of a great edition: `.venv/bin/python bench/timetable.py`, about five minutes.

200 delegations, 14 slots of two days, 60 tables, 5 to 15 wishes and 5 suggestions each, invented with a seed. Three
editions: free for four slots of five; busy, where everybody is free for half of them; scarce, where 15 tables hardly give
everybody one meeting. For each the timetable, how near it is to the bound, and what it takes; then, when all is announced,
a delegation leaves and a slot loses tables: how much of it stays. With `--all-at-once SECONDS` what HiGHS finds in that
time when it is asked for the whole timetable in one go.
"""

# ruff: noqa: E402 - the path is extended before the rest can be imported

import os
import random
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from creativecities.conference.compute import placing, timetable
from creativecities.conference.compute.timetable import Slot, Task, Team, Wish

TEAMS, SLOTS, SEEDS = 200, 14, (1, 2, 3)
TONGUES = (("en",), ("en", "fr"), ("fr",), ("en", "es"), ("es",), ("ar",), ("en", "ru"), ("zh",))
EDITIONS = {
    "free": {"tables": 60, "free": 0.8, "interpreters": 10},
    "busy": {"tables": 60, "free": 0.5, "interpreters": 10},
    "scarce": {"tables": 15, "free": 0.5, "interpreters": 4},
}


def task(seed: int, tables: int, free: float, interpreters: int) -> Task:
    """An edition of invented delegations: some are asked for by many, most by few."""
    chance = random.Random(seed)
    sought = [chance.paretovariate(1.5) for _ in range(TEAMS)]
    slots = [Slot(number + 1, tables, interpreters) for number in range(SLOTS)]
    slots.insert(SLOTS // 2, Slot(99, 0, is_pause=True))
    everybody, wishes, suggestions = range(1, TEAMS + 1), [], {}
    for key in everybody:
        others = set(chance.choices(everybody, sought, k=chance.randint(5, 15))) - {key}
        wishes += [Wish(key, other) for other in sorted(others)]
    for key in everybody:
        for other in chance.sample(everybody, 5):
            if other != key:
                suggestions[timetable.pair(key, other)] = chance.random()
    teams = [
        Team(
            key,
            frozenset(number for number in range(1, SLOTS + 1) if chance.random() < free),
            languages=frozenset(chance.choice(TONGUES)),
        )
        for key in everybody
    ]
    return Task(slots, teams, wishes, suggestions, in_row=3)


def changed(known: Task, found: timetable.Timetable) -> Task:
    """The same edition when all is announced, without one delegation and with three tables fewer in one slot."""
    present = [replace(each, is_announced=True) for each in found.meetings]
    slots = [replace(each, tables=each.tables - 3) if each.key == 4 else each for each in known.slots]
    return replace(known, slots=slots, teams=known.teams[1:], present=present)


def timed(asked: Task) -> tuple[timetable.Timetable, float, float]:
    began, spent = time.perf_counter(), time.process_time()
    return placing.best(asked), time.perf_counter() - began, time.process_time() - spent


def all_at_once(asked: Task, seconds: float) -> str:
    from scipy.optimize import milp

    began = time.perf_counter()
    turn = placing._Turn(asked, {}, list(asked.tables))
    found = milp(**{**turn.problem.asked(), "options": {"time_limit": seconds}})
    took = time.perf_counter() - began
    return f"{-found.fun:.1f} in {took:.0f} s" if found.x is not None else f"none in {took:.0f} s"


def main() -> None:
    seconds = float(sys.argv[sys.argv.index("--all-at-once") + 1]) if "--all-at-once" in sys.argv else 0
    print("| edition | seed | places | meetings | without | worth | bound | gap | s | s of CPU | after a change | s |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for name, facts in EDITIONS.items():
        for seed in SEEDS:
            asked = task(seed, **facts)
            places = sum(map(len, asked.open.values()))
            found, took, spent = timed(asked)
            again, took_again, _spent = timed(changed(asked, found))
            kinds = Counter(each.kind for each in again.changes)
            told = ", ".join(f"{kinds[kind]} {kind}" for kind in ("kept", "moved", "cancelled", "new"))
            print(
                f"| {name} | {seed} | {places} | {len(found.meetings)} | {len(found.without)} | {found.value:.1f} "
                f"| {found.bound:.1f} | {found.gap:.2%} | {took:.1f} | {spent:.1f} | {told} | {took_again:.1f} |",
                flush=True,
            )
            if seconds:
                print(f"\nAll at once: {all_at_once(asked, seconds)}.\n", flush=True)
    print(f"\nMemory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB.")


if __name__ == "__main__":
    main()
