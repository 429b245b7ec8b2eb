"""Which experienced member city stands beside a candidate: one of its field, its language, its part of the world."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

WEIGHT = {"field": 3, "language": 2, "region": 1}
EACH_BEFORE = 2
"""What each new city that already has the same buddy takes from it: nobody is asked by everybody."""


@dataclass(frozen=True, slots=True)
class Town:
    """A city as far as it matters here: where it lies, what it speaks, and its field."""

    pk: int
    field: str
    region: str
    languages: frozenset[str]
    latitude: float
    longitude: float


def languages(text: str) -> frozenset[str]:
    """The languages of a country without their variants.

    >>> sorted(languages("pt-PT,mwl"))
    ['mwl', 'pt']
    """
    return frozenset(code.strip().partition("-")[0] for code in text.split(",") if code.strip())


def reasons(city: Town, other: Town) -> tuple[str, ...]:
    """What two cities have in common."""
    common = {
        "field": city.field == other.field, "language": bool(city.languages & other.languages),
        "region": city.region == other.region,
    }  # fmt: skip
    return tuple(name for name, is_so in common.items() if is_so)


def buddies(cities: Iterable[Town], members: Sequence[Town]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """For each city a member and why; of those that fit alike the nearest. Empty where there is no member."""
    asked: Counter[int] = Counter()
    found = {}
    for city in cities:
        if not members:
            break
        best = max(members, key=lambda other: (_fit(city, other, asked), -_distance(city, other), -other.pk))
        asked[best.pk] += 1
        found[city.pk] = best.pk, reasons(city, best)
    return found


def _fit(city: Town, other: Town, asked: Counter[int]) -> int:
    return sum(WEIGHT[name] for name in reasons(city, other)) - EACH_BEFORE * asked[other.pk]


def _distance(city: Town, other: Town) -> float:
    """Good enough to say which of two is nearer."""
    across = (city.longitude - other.longitude + 180) % 360 - 180
    return hypot(city.latitude - other.latitude, across * cos(radians((city.latitude + other.latitude) / 2)))
