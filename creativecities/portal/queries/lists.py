"""Lists of cities and their counts."""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from creativecities.core import freshness
from creativecities.portal.compute.filters import FACETS, GROUPS, SHOWN, Condition, Filters
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
    order = f"ORDER BY {first}{filters.order()}"
    more: list[object] = [f"{filters.words}%"] if filters.words else []
    if limit is None:
        return [
            filled(values) for values in fetch(f"SELECT {columns(suffix())} WHERE {where} {order}", [*params, *more])
        ]
    # The rows of the page are chosen by their narrow columns first; only they are then read whole.
    chosen = (
        f"SELECT l.id FROM network_listing l JOIN network_country c ON c.iso2 = l.country_id WHERE {where} {order} "
        "LIMIT %s OFFSET %s"
    )
    statement = f"SELECT {columns(suffix())} WHERE l.id IN ({chosen}) {order}"
    return [filled(values) for values in fetch(statement, [*params, *more, limit, offset, *more])]


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


def facets(filters: Filters, names: Sequence[str] = SHOWN) -> dict[str, list[Count]]:
    """Counts of each facet, each without its own choice, and the total under `total`. One statement.

    Of the whole network the counts are sums of the tally; of a part of it they are counted among its rows, which are
    looked for once.
    """
    parts = [_counted(name, filters) for name in (*names, "total")]
    head = ""
    params: Sequence[object] = []
    if filters.is_narrowed:
        where, params = filters.where()
        head = f"WITH chosen AS MATERIALIZED (SELECT {_COUNTED} FROM network_listing l WHERE {where}) "
    statement = head + " UNION ALL ".join(sql for sql, _values in parts)
    found: dict[str, list[Count]] = {name: [] for name in (*names, "total")}
    for name, value, label, number in fetch(statement, [*params, *(one for _sql, values in parts for one in values)]):
        found[name].append(Count(str(value), label or str(value), number))
    found["total"] = found["total"] or [Count("", "", 0)]
    return found


_COUNTED = ", ".join((*FACETS.values(), *GROUPS.values()))


def _counted(name: str, filters: Filters) -> Condition:
    """The part of the statement that counts one facet."""
    if not filters.values(name):
        return _counted_in("chosen", name, "1 = 1", []) if filters.is_narrowed else _tallied(name, filters.day)
    others = filters.let_go(name)
    return _counted_in("network_listing", name, *others.where()) if others.is_narrowed else _tallied(name, filters.day)


def _tallied(name: str, day: dt.date) -> Condition:
    label = _label(name, "t.value")
    return (
        f"SELECT '{name}', t.value, {label}, SUM(t.change) FROM network_tally t "
        f"WHERE t.facet = '{name}' AND t.day <= %s GROUP BY t.value HAVING SUM(t.change) > 0",
        [day],
    )


def _counted_in(table: str, name: str, where: str, params: Sequence[object]) -> Condition:
    if name == "total":
        return f"SELECT 'total', '', '', COUNT(*) FROM {table} l WHERE {where}", params
    if name == "group":
        each = [
            f"SELECT 'group', '{group}', '', COUNT(*) FROM {table} l WHERE {where} AND {column} HAVING COUNT(*) > 0"
            for group, column in GROUPS.items()
        ]
        return " UNION ALL ".join(each), [*params] * len(each)
    column = FACETS[name]
    text = f"CAST({column} AS varchar(40))"
    counted = f"COUNT(*) FROM {table} l WHERE {where} GROUP BY {column}"
    return f"SELECT '{name}', {text}, {_label(name, column)}, {counted}", params


def _label(name: str, column: str) -> str:
    table = LABELS.get(name)
    return f"(SELECT n.name_{suffix()} FROM {table} n WHERE n.{KEYS[name]} = {column})" if table else "''"


def counted_countries(counts: Sequence[Count]) -> int:
    """How many countries, with those that are counted with another one as one."""
    together = _counted_with()
    return len({together.get(count.value, count.value) for count in counts})


@freshness.kept()
def _counted_with() -> dict[str, str]:
    return dict(fetch("SELECT iso2, counted_with_id FROM network_country WHERE counted_with_id IS NOT NULL", []))
