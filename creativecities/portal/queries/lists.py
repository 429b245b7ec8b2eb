"""Lists of cities."""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries.statements import fetch, suffix

ROW = (
    "slug", "name", "local_name", "local_language", "field_id", "country_id", "region_id", "year", "joined_on",
    "year_only", "is_ldc", "is_lldc", "is_sids", "development", "size", "latitude", "longitude", "excerpt",
    "confidence", "map_x", "map_y", "city_id", "end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A city of a list, as it was on the day asked for."""

    slug: str
    name: str
    local_name: str
    local_language: str
    field_id: str
    country_id: str
    region_id: str
    year: int
    joined_on: dt.date
    year_only: bool
    is_ldc: bool
    is_lldc: bool
    is_sids: bool
    development: str
    size: str
    latitude: float
    longitude: float
    excerpt: str
    confidence: str
    map_x: float
    map_y: float
    city_id: int
    end: dt.date
    field: str
    country: str
    region: str


@functools.cache
def columns(suffix: str) -> str:
    """What every list reads of a city, up to and with the FROM of its statement."""
    own = ", ".join(f'l."{name}"' for name in ROW)
    return (
        f"{own}, f.name_{suffix}, c.name_{suffix}, r.name_{suffix} FROM network_listing l "
        "JOIN network_creativefield f ON f.slug = l.field_id JOIN network_country c ON c.iso2 = l.country_id "
        "JOIN network_region r ON r.slug = l.region_id"
    )


def rows(filters: Filters, *, limit: int | None = None) -> list[Row]:
    """The cities of a list from the first, in its order. One statement."""
    where, params = filters.where()
    first = "CASE WHEN l.sort LIKE %s THEN 0 ELSE 1 END, " if filters.words else ""
    more = [f"{filters.words.split()[0]}%"] if filters.words else []
    end = f" LIMIT {limit:d}" if limit is not None else ""
    statement = f"SELECT {columns(suffix())} WHERE {where} ORDER BY {first}{filters.order()}{end}"
    return [filled(values) for values in fetch(statement, [*params, *more])]


def filled(values: Sequence[Any]) -> Row:
    """A row of a statement that begins with `columns`."""
    row = Row(*values)
    joined: Any = row.joined_on
    if isinstance(joined, str):  # SQLite hands dates of raw statements over as text
        end: Any = row.end
        object.__setattr__(row, "joined_on", dt.date.fromisoformat(joined))
        object.__setattr__(row, "end", dt.date.fromisoformat(end))
    return row


def of_cities(keys: Sequence[int], day: dt.date) -> list[Row]:
    """The cities with these keys as they were on a day, in the order of the keys. One statement."""
    if not keys:
        return []
    marks = ", ".join(["%s"] * len(keys))
    statement = f'SELECT {columns(suffix())} WHERE l.city_id IN ({marks}) AND l.start <= %s AND l."end" > %s'
    place = {key: number for number, key in enumerate(keys)}
    return sorted(map(filled, fetch(statement, [*keys, day, day])), key=lambda row: place[row.city_id])
