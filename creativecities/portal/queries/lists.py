"""Lists of cities and their counts."""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from creativecities.core import freshness
from creativecities.portal.compute.filters import FACETS, GROUPS, SHOWN, Filters
from creativecities.portal.queries.statements import KEYS, LABELS, fetch, suffix

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


@dataclass(frozen=True, slots=True)
class Count:
    """How many cities there are of one value of a facet."""

    value: str
    label: str
    number: int


@functools.cache
def columns(suffix: str) -> str:
    """What every list reads of a city, up to and with the FROM of its statement."""
    own = ", ".join(f'l."{name}"' for name in ROW)
    return (
        f"{own}, f.name_{suffix}, c.name_{suffix}, r.name_{suffix} FROM network_listing l "
        "JOIN network_creativefield f ON f.slug = l.field_id JOIN network_country c ON c.iso2 = l.country_id "
        "JOIN network_region r ON r.slug = l.region_id"
    )


def rows(filters: Filters, *, limit: int | None = None, offset: int = 0) -> list[Row]:
    """The cities of a list, in its order. One statement."""
    where, params = filters.where()
    first = f"{_first_name_first(filters)}" if filters.words else ""
    head = f"SELECT {columns(suffix())} WHERE {where} ORDER BY {first}{filters.order()}"
    more: list[object] = [f"{filters.words}%"] if filters.words else []
    if limit is not None:
        head, more = head + " LIMIT %s OFFSET %s", [*more, limit, offset]
    return [filled(values) for values in fetch(head, [*params, *more])]


def _first_name_first(filters: Filters) -> str:
    return "CASE WHEN l.sort LIKE %s THEN 0 ELSE 1 END, "


def filled(values: Sequence[Any]) -> Row:
    """A row of a statement that begins with `columns`."""
    row = Row(*values)
    joined: Any = row.joined_on
    if isinstance(joined, str):  # SQLite hands dates of raw statements over as text
        end: Any = row.end
        object.__setattr__(row, "joined_on", dt.date.fromisoformat(joined))
        object.__setattr__(row, "end", dt.date.fromisoformat(end))
    return row


_FROM = "FROM network_listing l"


def facets(filters: Filters, names: Sequence[str] = SHOWN) -> dict[str, list[Count]]:
    """Counts of each facet, each without its own choice, and the total under `total`. One statement."""
    parts: list[str] = []
    params: list[object] = []
    for name in names:
        where, values = filters.where(without=name)
        if name == "group":
            for group, column in GROUPS.items():
                parts.append(f"SELECT 'group', '{group}', '', COUNT(*) {_FROM} WHERE {where} AND {column}")
                params += values
        else:
            parts.append(_count_by(name, where))
            params += values
    where, values = filters.where()
    parts.append(f"SELECT 'total', '', '', COUNT(*) {_FROM} WHERE {where}")
    params += values
    found: dict[str, list[Count]] = {name: [] for name in (*names, "total")}
    for name, value, label, number in fetch(" UNION ALL ".join(parts), params):
        if number or name == "total":
            found[name].append(Count(str(value), label or str(value), number))
    return found


def _count_by(name: str, where: str) -> str:
    column = FACETS[name]
    text = f"CAST({column} AS varchar(40))"
    label = "''"
    if table := LABELS.get(name):
        label = f"(SELECT t.name_{suffix()} FROM {table} t WHERE t.{KEYS[name]} = {column})"
    return f"SELECT '{name}', {text}, {label}, COUNT(*) {_FROM} WHERE {where} GROUP BY {column}"


def counted_countries(counts: Sequence[Count]) -> int:
    """How many countries, with those that are counted with another one as one."""
    together = _counted_with()
    return len({together.get(count.value, count.value) for count in counts})


@freshness.kept()
def _counted_with() -> dict[str, str]:
    return dict(fetch("SELECT iso2, counted_with_id FROM network_country WHERE counted_with_id IS NOT NULL", []))
