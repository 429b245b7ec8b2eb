"""How a list grew: who came and went, and who was first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from creativecities.core.text import fold
from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries.statements import fetch, names


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a list on a day: how many more (or fewer) members, how many of them newly designated."""

    year: int
    more: int
    designated: int


@dataclass(frozen=True, slots=True)
class First:
    """A city with which a country came into the network; several where they joined on the same day."""

    country_id: str
    country: str
    slug: str
    name: str
    field_id: str
    year: int


def changes(filters: Filters) -> list[Change]:
    """Every change of a list's number of members until the day, in order. One statement."""
    if not filters.is_narrowed:
        return _changes_of_all(filters.day)
    condition, params = filters.ever()
    where = f" AND {condition}" if condition else ""
    statement = (
        "SELECT l.start, COUNT(*), SUM(CASE WHEN l.start = l.joined_on THEN 1 ELSE 0 END) FROM network_listing l "
        f"WHERE l.start <= %s{where} GROUP BY l.start UNION ALL "
        f'SELECT l."end", -COUNT(*), 0 FROM network_listing l WHERE l."end" <= %s{where} GROUP BY l."end"'
    )
    found = fetch(statement, [filters.day, *params, filters.day, *params])
    return [Change(_year(day), more, new) for day, more, new in sorted(found, key=lambda row: str(row[0]))]


def _changes_of_all(day: dt.date) -> list[Change]:
    statement = (
        "SELECT t.day, SUM(CASE WHEN t.facet = 'total' THEN t.change ELSE 0 END), "
        "SUM(CASE WHEN t.facet = 'designated' THEN t.change ELSE 0 END) FROM network_tally t "
        "WHERE t.facet IN ('total', 'designated') AND t.day <= %s GROUP BY t.day ORDER BY t.day"
    )
    return [Change(_year(changed), more, new) for changed, more, new in fetch(statement, [day])]


def firsts(day: dt.date) -> list[First]:
    """The first city of each country until a day, the earliest country first. One statement."""
    statement = (
        "SELECT l.country_id, l.slug, l.name, l.field_id, l.year FROM (SELECT country_id, MIN(start) AS day "
        "FROM network_listing WHERE start <= %s GROUP BY country_id) first "
        "JOIN network_listing l ON l.country_id = first.country_id AND l.start = first.day"
    )
    countries = names()["country"]
    found = [First(iso, countries[iso], *values) for iso, *values in fetch(statement, [day])]
    return sorted(found, key=lambda first: (first.year, fold(first.country), fold(first.name)))


def ever(column: str) -> list[tuple[str, int, int]]:
    """Each value of a column with its first year and the number of cities that were ever members. One statement."""
    statement = f"SELECT l.{column}, MIN(l.year), COUNT(DISTINCT l.slug) FROM network_listing l GROUP BY l.{column}"
    return [(value, year, number) for value, year, number in fetch(statement, [])]


def all_slugs() -> Sequence[str]:
    """The cities that are or were members. One statement."""
    return [slug for (slug,) in fetch("SELECT DISTINCT slug FROM network_listing ORDER BY slug", [])]


def _year(day: dt.date | str) -> int:
    return int(str(day)[:4])
