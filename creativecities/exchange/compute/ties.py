"""Who works with whom: two cities are tied by each initiative that one of them leads and the other takes part in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from creativecities.exchange import states

BETWEEN = "~"
"""Stands between the two values of a pair: `africa~arab-states`."""
FACETS = ("region", "development", "group", "fields", "state", "year", "city")
"""By what ties are narrowed, in addresses."""
UNDATED = "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """A member city as it was on the day asked for; a member since `joined_on`."""

    key: int
    slug: str
    name: str
    country: str
    region: str
    field: str
    development: str
    is_ldc: bool
    is_sids: bool
    x: float
    y: float
    joined_on: dt.date

    @property
    def groups(self) -> tuple[str, ...]:
        return (*(("ldc",) if self.is_ldc else ()), *(("sids",) if self.is_sids else ()))


class Part(NamedTuple):
    """A city takes part in an initiative of another: confirmed by itself, or only named by the source."""

    slug: str
    title: str
    language: str
    begins: dt.date | None
    lead: int
    city: int
    is_confirmed: bool


class Answer(NamedTuple):
    """On a day a city has said whether it takes part; until then its part was in state `before`."""

    on: dt.date
    before: str


@dataclass(frozen=True, slots=True)
class Told:
    """A part with all that was ever said of it; public since a day, or from the beginning."""

    part: Part
    state: str
    answers: Sequence[Answer] = ()
    public_on: dt.date | None = None

    def as_of(self, day: dt.date) -> Part | None:
        """The part as it stood at the end of a day: none if it was not public, not answered yet, or declined."""
        if self.public_on and day < self.public_on:
            return None
        state = next((answer.before for answer in self.answers if day < answer.on), self.state)
        return self.part._replace(is_confirmed=state == states.CONFIRMED) if state in states.SHOWN else None


@dataclass(frozen=True, slots=True)
class Tie:
    """Two cities, in the order of their addresses, and the initiatives they share."""

    one: Member
    other: Member
    parts: tuple[Part, ...]
    since: dt.date | None

    @property
    def weight(self) -> int:
        return len(self.parts)

    @property
    def is_confirmed(self) -> bool:
        return any(part.is_confirmed for part in self.parts)

    @property
    def is_crossing(self) -> bool:
        """Between two creative fields."""
        return self.one.field != self.other.field

    def values(self, facet: str) -> frozenset[str]:
        """What a tie is found by: each end, and where there is a choice of two the pair."""
        both = (self.one, self.other)
        if facet in ("region", "development"):
            ends = [str(getattr(city, facet)) for city in both]
            return frozenset((*ends, pair(*ends)))
        found = {
            "group": (group for city in both for group in city.groups),
            "fields": ("two" if self.is_crossing else "one",),
            "state": ("confirmed" if self.is_confirmed else "named",),
            "year": (str(self.since.year) if self.since else UNDATED,),
            "city": (city.slug for city in both),
        }
        return frozenset(found[facet])


def pair(one: str, other: str) -> str:
    """Two values as one, whatever their order."""
    return BETWEEN.join(sorted((one, other)))


def ties(parts: Iterable[Part], members: Mapping[int, Member], day: dt.date, *, is_today: bool) -> list[Tie]:
    """The ties between members of a day, the strongest first.

    An initiative counts from the first day that is known of it; one of which no day is known only in the present.
    """
    shared: dict[tuple[int, int], list[Part]] = defaultdict(list)
    for part in parts:
        if part.lead in members and part.city in members and (part.begins <= day if part.begins else is_today):
            shared[min(part.lead, part.city), max(part.lead, part.city)].append(part)
    found = [_tie(sorted((members[one], members[other]), key=lambda city: city.slug), of)
             for (one, other), of in shared.items()]  # fmt: skip
    return sorted(found, key=lambda tie: (-tie.weight, tie.one.slug, tie.other.slug))


def _tie(cities: Sequence[Member], parts: list[Part]) -> Tie:
    """A tie begins with the first initiative, but not before both cities were members."""
    one, other = cities
    days = [part.begins for part in parts if part.begins]
    since = max(min(days), one.joined_on, other.joined_on) if days else None
    return Tie(one, other, tuple(parts), since)


def narrowed(found: Iterable[Tie], asked: Mapping[str, str]) -> list[Tie]:
    """The ties that have every value asked for."""
    return [tie for tie in found if all(value in tie.values(facet) for facet, value in asked.items())]
