"""How a list grew: who came and went, and who was first."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from creativecities.core import days
from creativecities.core.text import fold
from creativecities.portal.queries.found import Found
from creativecities.portal.queries.known import names
from creativecities.portal.queries.maps import arrivals
from creativecities.portal.queries.statements import fetch


class Change(NamedTuple):
    """What happened to a list on a day: how many more (or fewer) members, how many of them newly designated."""

    year: int
    more: int
    designated: int


class First(NamedTuple):
    """A city with which a country came into the network; several where they joined on the same day."""

    country_id: str
    country: str
    year: int
    slug: str
    name: str


def changes(found: Found) -> list[Change]:
    """Every change of a list's number of members until the day. No statement."""
    until, ever, sets = found.filters.day.isoformat(), found.ever, found.sets
    joined = sets.get("joined", {})
    came = [(on, rows & ever) for on, rows in sets.get("start", {}).items() if on <= until]
    left = [(on, rows & ever) for on, rows in sets.get("end", {}).items() if on <= until]
    return [
        *(Change(int(on[:4]), rows.bit_count(), (rows & joined.get(on, 0)).bit_count()) for on, rows in came),
        *(Change(int(on[:4]), -rows.bit_count(), 0) for on, rows in left),
    ]


def firsts(day: dt.date) -> list[First]:
    """The first city of each country until a day, the earliest country first. No statement."""
    began: dict[str, str] = {}
    labels = names()["country"]
    found = [
        First(place.country, labels[place.country], place.year, place.slug, place.name)
        for place in arrivals(day)
        if began.setdefault(place.country, place.start) == place.start
    ]
    return sorted(found, key=lambda first: (first.year, fold(first.country)))


def ever(column: str) -> list[tuple[str, int, int]]:
    """Each value of a column with its first year and the number of cities that are or were members. One statement."""
    statement = (
        f"SELECT l.{column}, MIN(l.year), COUNT(DISTINCT l.slug) FROM network_listing l "
        f"WHERE l.start <= %s GROUP BY l.{column}"
    )
    return [(value, year, number) for value, year, number in fetch(statement, [days.today()])]


def all_slugs() -> Sequence[str]:
    """The cities that are or were members. One statement."""
    statement = "SELECT DISTINCT slug FROM network_listing WHERE start <= %s ORDER BY slug"
    return [slug for (slug,) in fetch(statement, [days.today()])]
