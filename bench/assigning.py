"""Who reads which file, at the size of a great round: `.venv/bin/python bench/assigning.py`, about two minutes.

300 files, 3 experts and 3 member cities each, 250 reviewers, invented with a seed. Three rounds, from easy to hard: with
room to spare; tight, where everybody reads 8 files at most and many are in conflict; dense, where all read every language
and experts know every field. For each the simple way (file by file, best fit first) beside the optimiser and the value
that is proven to be the highest possible. Whether the languages and fields of a real round are like this nobody knows:
the time, and how near to the bound, are what is measured.
"""

# ruff: noqa: E402 - the path is extended before the rest can be imported

import os
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from creativecities.calls.compute.assigning import File, Plan, Reader, Task, best, greedy

FILES, READERS, WANTED, SEEDS, NUMBERS = 300, 250, {"expert": 3, "member-city": 3}, (1, 2, 3), 384
FIELDS = [f"field-{number}" for number in range(8)]
REGIONS = [f"region-{number}" for number in range(5)]
ROUNDS = {
    "with room": {"most": (10, 12, 15), "conflicts": 0.04, "languages": (("en",), ("en", "fr"), ("fr",)), "known": 2},
    "tight": {"most": (8,), "conflicts": 0.15, "languages": (("en",), ("en", "fr"), ("fr",)), "known": 2},
    "dense": {"most": (8,), "conflicts": 0.02, "languages": (("en", "fr"),), "known": 8},
}


def task(
    seed: int, most: tuple[int, ...], conflicts: float, languages: tuple[tuple[str, ...], ...], known: int
) -> Task:
    """A round of invented files and reviewers. Texts are directions around the middle of their field."""
    chance, drawn = random.Random(seed), np.random.default_rng(seed)
    middles = drawn.normal(size=(len(FIELDS), NUMBERS))

    def meaning(field: int) -> np.ndarray:
        row = middles[field] + 1.5 * drawn.normal(size=NUMBERS)
        return (row / np.linalg.norm(row)).astype(np.float32)

    files = [
        File(key, FIELDS[field], chance.choice(("en", "en", "fr")), meaning(field))
        for key in range(FILES)
        for field in (key % len(FIELDS),)
    ]
    readers = []
    for key in range(READERS):
        group = "expert" if key < READERS // 2 else "member-city"
        fields = chance.sample(range(len(FIELDS)), known) if group == "expert" else [key % len(FIELDS)]
        readers.append(
            Reader(
                key,
                group,
                frozenset(FIELDS[each] for each in fields),
                frozenset(chance.choice(languages)),
                chance.choice(REGIONS),
                chance.choice(most),
                None if group == "expert" else key,
                meaning(fields[0]),
            )
        )
    against = [(file, reader) for file in range(FILES) for reader in range(READERS) if chance.random() < conflicts]
    return Task(files, readers, WANTED, against)


def timed(way, of: Task) -> tuple[Plan, float]:
    began = time.perf_counter()
    return way(of), time.perf_counter() - began


def empty(plan: Plan) -> int:
    return sum(each.missing for each in plan.short)


def main() -> None:
    best(task(0, **ROUNDS["with room"]))  # the libraries are loaded once, by whoever comes first
    print(
        "| round | seed | pairs | simple: worth, empty, s | optimiser: worth, empty, s | bound | gap | simple below the bound |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, facts in ROUNDS.items():
        for seed in SEEDS:
            pairs = len(task(seed, **facts).pairs)
            simple, simple_took = timed(greedy, task(seed, **facts))
            plan, took = timed(best, task(seed, **facts))  # with finding out which pairs may be
            below = (plan.bound - simple.value) / abs(plan.bound)
            print(
                f"| {name} | {seed} | {pairs} | {simple.value:.1f}, {empty(simple)}, {simple_took:.2f} "
                f"| {plan.value:.1f}, {empty(plan)}, {took:.2f} | {plan.bound:.1f} | {plan.gap:.4%} | {below:.2%} |"
            )
    print(f"\nMemory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB.")


if __name__ == "__main__":
    main()
