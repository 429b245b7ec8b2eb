"""What following suggestions would do to the real network: `.venv/bin/python bench/simulate_matching.py`.

24 months, ten seeds, three ways of suggesting: with reach, without, and plain similarity without any balance. How
cities behave is assumed and stated in docs/matching.md; only the comparison of the three says something.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported

import dataclasses
import os
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import django

django.setup()

from creativecities.exchange.compute.matching import City, Network
from creativecities.exchange.formats.weights import weights
from creativecities.exchange.queries import matching

MONTHS, SEEDS, SHOWN = 24, 10, 8
ACTIVE, ACCEPTS = 0.25, 0.3
PLAIN = ("field", "language", "aims", "challenges")
FULL = {weight.signal: weight.value for weight in weights()}
WAYS = {
    "with reach": (FULL, True, None),
    "without reach": (FULL, False, None),
    "plain similarity": ({name: FULL[name] for name in PLAIN}, False, 10_000),
}


def month(cities: dict[int, City], tried: set[tuple[int, int]], way: str, chance: random.Random) -> None:
    """Each active city writes to the first partner on its list; the busier that one is this month, the less it accepts."""
    weight, reach, most = WAYS[way]
    network = Network(list(cities.values()), weight, excluded=tried)
    lists = network.everybody(SHOWN, reach=reach, most=most)
    answered: Counter[int] = Counter()
    for key in chance.sample(list(cities), len(cities)):
        if not lists[key] or chance.random() >= ACTIVE:
            continue
        partner = lists[key][0]
        tried.add((key, partner))
        answered[partner] += 1
        if chance.random() < ACCEPTS / answered[partner]:
            for one, other in ((key, partner), (partner, key)):
                cities[one] = dataclasses.replace(cities[one], partners=cities[one].partners | {other})
                tried.add((one, other))


def figures(cities: dict[int, City], before: dict[int, City]) -> dict[str, float]:
    pairs = {frozenset((key, other)) for key, city in cities.items() for other in city.partners}
    old = {frozenset((key, other)) for key, city in before.items() for other in city.partners}
    new = pairs - old
    developing = sum(any(cities[key].is_developing for key in pair) for pair in new)
    favoured = sum(any(cities[key].is_ldc or cities[key].is_sids for key in pair) for pair in new)
    return {
        "new ties": len(new),
        "ties per city": 2 * len(pairs) / len(cities),
        "new ties with a developing country, %": 100 * developing / len(new) if new else 0,
        "new ties with an LDC or SIDS, %": 100 * favoured / len(new) if new else 0,
        "isolated cities": sum(not city.partners for city in cities.values()),
        "most ties of one city": max(len(city.partners) for city in cities.values()),
    }


def main() -> None:
    start = {city.key: city for city in matching.network().cities}
    now = figures(start, start)
    print(
        f"{len(start)} cities; before: {now['ties per city']:.2f} ties per city, {now['isolated cities']} isolated, "
        f"most {now['most ties of one city']}"
    )
    for way in WAYS:
        begun, found = time.perf_counter(), []
        for seed in range(SEEDS):
            cities, tried, chance = dict(start), set(), random.Random(seed)
            for _each in range(MONTHS):
                month(cities, tried, way, chance)
            found.append(figures(cities, start))
        print(f"\n{way} ({time.perf_counter() - begun:.0f} s)")
        for name in found[0]:
            values = [each[name] for each in found]
            print(f"  {name}: {statistics.mean(values):.1f} ({min(values):.1f} to {max(values):.1f})")


if __name__ == "__main__":
    main()
