"""What the public pages ask the database: few statements, the same number at 3 and at 10,000 cities."""

import datetime as dt
import functools
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from creativecities.core import freshness, language
from creativecities.core.text import fold
from creativecities.portal.compute import worldmap
from creativecities.portal.compute.filters import FACETS, GROUPS, Filters
from creativecities.portal.compute.worldmap import Place

ROW = (
    "slug", "name", "local_name", "local_language", "field_id", "country_id", "region_id", "year", "joined_on", "year_only",
    "is_ldc", "is_lldc", "is_sids", "development", "size", "latitude", "longitude", "excerpt", "confidence", "map_x", "map_y",
    "city_id", "end",
)  # fmt: skip
LABELS = {"field": "network_creativefield", "region": "network_region", "country": "network_country"}
_KEYS = {"field": "slug", "region": "slug", "country": "iso2"}


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


def _suffix() -> str:
    return language.short(get_language() or "en")


@functools.cache
def _columns(suffix: str) -> str:
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
    head = f"SELECT {_columns(_suffix())} WHERE {where} ORDER BY {first}{filters.order()}"
    more = [f"{filters.words}%"] if filters.words else []
    if limit is not None:
        head, more = head + " LIMIT %s OFFSET %s", [*more, limit, offset]
    return [_row(values) for values in _all(head, [*params, *more])]


def _first_name_first(filters: Filters) -> str:
    return "CASE WHEN l.sort LIKE %s THEN 0 ELSE 1 END, "


def _row(values: Sequence[Any]) -> Row:
    row = Row(*values)
    if isinstance(row.joined_on, str):  # SQLite hands dates of raw statements over as text
        object.__setattr__(row, "joined_on", dt.date.fromisoformat(row.joined_on))
        object.__setattr__(row, "end", dt.date.fromisoformat(row.end))
    return row


def row(slug: str, day: dt.date) -> Row | None:
    """A city as it was on a day, or as it last was before it left. One statement."""
    statement = f"SELECT {_columns(_suffix())} WHERE l.slug = %s AND l.start <= %s ORDER BY l.start DESC LIMIT 1"
    found = _all(statement, [slug, day])
    return _row(found[0]) if found else None


def slug_of_name(text: str) -> str | None:
    """The city that bears or bore this name, if it is only one."""
    words = fold(text.replace("-", " "))
    found = _all(r"SELECT DISTINCT slug FROM network_listing l WHERE search || ' ' LIKE %s LIMIT 2", [f"% {words} %"])
    return found[0][0] if words and len(found) == 1 else None


def counted_countries(counts: Sequence[Count]) -> int:
    """How many countries, with those that are counted with another one as one."""
    return len({_counted_with().get(count.value, count.value) for count in counts})


def _counted_with() -> dict[str, str]:
    return _pairs(freshness.generation())


@functools.lru_cache(maxsize=1)
def _pairs(generation: int) -> dict[str, str]:
    return dict(_all("SELECT iso2, counted_with_id FROM network_country WHERE counted_with_id IS NOT NULL", []))


_PARTS = {
    "portrait": "SELECT 'portrait', language, text, source, confidence, CAST(keywords AS text), CAST(challenges AS text), "
    "CAST(is_original AS varchar(5)), author_name FROM network_portrait WHERE city_id = %s AND is_current",
    "link": "SELECT 'link', label, url, CAST(position AS text), '', '', '', '', '' FROM network_citylink WHERE city_id = %s",
    "name": "SELECT 'name', name, language, script, kind, CAST(\"end\" AS varchar(10)), '', '', '' FROM network_cityname "
    "WHERE city_id = %s AND (language <> '' OR kind <> 'other')",
    "picture": "SELECT 'picture', CAST(f.id AS text), f.name, f.alt, f.credit, f.licence, CAST(f.width AS text), "
    "CAST(f.height AS text), f.digest FROM network_picture p JOIN core_storedfile f ON f.id = p.file_id "
    "WHERE p.city_id = %s AND p.state = 'shown'",
    "membership": "SELECT 'membership', CAST(m.start AS varchar(10)), CAST(m.\"end\" AS varchar(10)), f.name_{suffix}, "
    "COALESCE(r.precision, 'day'), '', '', '', '' FROM network_membership m JOIN network_creativefield f ON f.slug = m.field_id "
    "LEFT JOIN network_designationround r ON r.announced_on = m.start WHERE m.city_id = %s",
    "mayor": "SELECT 'mayor', p.name, '', '', '', '', '', '', '' FROM network_mandate m JOIN accounts_person p ON p.id = m.person_id "
    "WHERE m.city_id = %s AND m.role = 'mayor' AND m.start <= CURRENT_DATE AND (m.\"end\" IS NULL OR m.\"end\" > CURRENT_DATE)",
    "city": "SELECT 'city', CAST(geonames_id AS text), wikidata, office, office_email, website, CAST(version AS text), '', '' "
    "FROM network_city WHERE id = %s",
}


def parts(city_id: int) -> dict[str, list[dict[str, Any]]]:
    """Everything that hangs on a city, by kind. One statement."""
    statement = " UNION ALL ".join(_PARTS.values()).format(suffix=_suffix())
    found: dict[str, list[dict[str, Any]]] = {
        key: [] for key in (*_PARTS, "former", "geonames", "wikidata", "contact")
    }
    for kind, *cells in _all(statement, [city_id] * len(_PARTS)):
        _SORTERS[kind](found, cells)
    found["membership"].sort(key=lambda one: one["start"])
    return found


def _sort_portrait(found: dict[str, Any], c: list[str]) -> None:
    found["portrait"].append(
        {"language": c[0], "text": c[1], "source": c[2], "confidence": c[3], "keywords": json.loads(c[4]),
         "challenges": json.loads(c[5]), "original": c[6] in ("1", "true", "t"), "author": c[7]}
    )  # fmt: skip


def _sort_name(found: dict[str, Any], c: list[str]) -> None:
    former = c[3] == "former"
    found["former" if former else "name"].append({"name": c[0], "language": c[1], "script": c[2], "end": c[4]})


def _sort_city(found: dict[str, Any], c: list[str]) -> None:
    if c[0]:
        found["geonames"].append({"id": c[0]})
    if c[1]:
        found["wikidata"].append({"id": c[1]})
    found["contact"].append({"office": c[2], "email": c[3], "website": c[4]})


_SORTERS: dict[str, Callable[[dict[str, Any], list[str]], None]] = {
    "portrait": _sort_portrait,
    "name": _sort_name,
    "city": _sort_city,
    "link": lambda found, c: found["link"].append({"label": c[0], "url": c[1]}),
    "mayor": lambda found, c: found["mayor"].append({"name": c[0]}),
    "membership": lambda found, c: found["membership"].append(
        {"start": c[0], "end": c[1], "field": c[2], "year_only": c[3] == "year"}
    ),
    "picture": lambda found, c: found["picture"].append(
        {"id": c[0], "name": c[1], "alt": c[2], "credit": c[3], "licence": c[4], "width": c[5], "height": c[6], "digest": c[7]}
    ),
}


def relatives(row: Row, day: dt.date, *, most: int = 8) -> dict[str, list[dict[str, Any]]]:
    """Other members of the country and of the field, newest first. One statement."""
    one = (
        "SELECT * FROM (SELECT '{key}', l.slug, l.name, l.field_id, l.year, l.country_id FROM network_listing l "
        'WHERE {column} = %s AND start <= %s AND "end" > %s AND slug <> %s ORDER BY joined_on DESC, sort LIMIT {most}) AS {key}'
    )
    statement = " UNION ALL ".join(
        one.format(key=key, column=column, most=most) for key, column in (("compatriots", "country_id"), ("colleagues", "field_id"))
    )
    params = [row.country_id, day, day, row.slug, row.field_id, day, day, row.slug]
    found: dict[str, list[dict[str, Any]]] = {"compatriots": [], "colleagues": []}
    countries = _labels(freshness.generation(), _suffix())["country"]
    for key, slug, name, field, year, country in _all(statement, params):
        found[key].append({"slug": slug, "name": name, "field_id": field, "year": year, "country": countries.get(country, country)})
    return found


def facets(filters: Filters, names: Sequence[str] = (*FACETS, "group")) -> dict[str, list[Count]]:
    """Counts of each facet, each without its own choice, and the total under `total`. One statement."""
    parts: list[str] = []
    params: list[object] = []
    for name in names:
        where, values = filters.where(without=name)
        if name == "group":
            for group, column in GROUPS.items():
                parts.append(f"SELECT 'group', '{group}', '', COUNT(*) FROM network_listing l WHERE {where} AND {column}")
                params += values
        else:
            parts.append(_count_by(name, where))
            params += values
    where, values = filters.where()
    parts.append(f"SELECT 'total', '', '', COUNT(*) FROM network_listing l WHERE {where}")
    params += values
    found: dict[str, list[Count]] = {name: [] for name in (*names, "total")}
    for name, value, label, number in _all(" UNION ALL ".join(parts), params):
        if number or name == "total":
            found[name].append(Count(str(value), label or str(value), number))
    return found


def _count_by(name: str, where: str) -> str:
    column = FACETS[name]
    text = f"CAST({column} AS varchar(40))"
    label = "''"
    if table := LABELS.get(name):
        label = f"(SELECT t.name_{_suffix()} FROM {table} t WHERE t.{_KEYS[name]} = l.{column})"
    return f"SELECT '{name}', {text}, {label}, COUNT(*) FROM network_listing l WHERE {where} GROUP BY {column}"


def places(filters: Filters) -> list[Place]:
    """The places of a filtered list, for its map. One statement; none for the whole network of a day."""
    if not filters.is_narrowed:
        return _geometry(freshness.generation()).on(filters.day)
    where, params = filters.where()
    return [Place(*values) for values in _all(f"SELECT {_PLACE} FROM network_listing l WHERE {where}", params)]


_PLACE = "slug, name, country_id, field_id, map_x, map_y, latitude, longitude"


class Geometry:
    """Where every member lies and lay: the only thing of the network kept in a process, until the next write."""

    def __init__(self) -> None:
        found = _all(f'SELECT start, "end", {_PLACE} FROM network_listing l ORDER BY sort, slug', [])
        self._intervals = [(_iso(start), _iso(end), Place(*rest)) for start, end, *rest in found]
        self._days: OrderedDict[str, list[Place]] = OrderedDict()

    def on(self, day: dt.date) -> list[Place]:
        key = day.isoformat()
        if key not in self._days:
            self._days[key] = [place for start, end, place in self._intervals if start <= key < end]
            while len(self._days) > 8:
                self._days.popitem(last=False)
        return self._days[key]


def _iso(value: dt.date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


@functools.lru_cache(maxsize=1)
def _geometry(generation: int) -> Geometry:
    return Geometry()


def map_of(filters: Filters, *, root: str) -> str:
    """The dots of a list as SVG text, with names in the reader's language."""
    if filters.is_narrowed:
        return _drawn(places(filters), root)
    return _whole_map(freshness.generation(), filters.day, root, _suffix())


@functools.lru_cache(maxsize=24)
def _whole_map(generation: int, day: dt.date, root: str, suffix: str) -> str:
    return _drawn(_geometry(generation).on(day), root)


def _drawn(found: list[Place], root: str) -> str:
    labels = _labels(freshness.generation(), _suffix())
    return worldmap.dots(found, root=root, countries=labels["country"], fields=labels["field"])


@functools.lru_cache(maxsize=12)
def _labels(generation: int, suffix: str) -> dict[str, dict[str, str]]:
    statement = " UNION ALL ".join(f"SELECT '{n}', {_KEYS[n]}, name_{suffix} FROM {t}" for n, t in LABELS.items())
    found: dict[str, dict[str, str]] = {name: {} for name in LABELS}
    for name, key, label in _all(statement, []):
        found[name][key] = label
    return found


def nearby(row: Row, day: dt.date, *, most: int = 6) -> list[tuple[Place, int]]:
    """The nearest other members of that day with their distance in kilometres. No statement."""
    return worldmap.nearest(
        _geometry(freshness.generation()).on(day), row.latitude, row.longitude, most=most, besides=row.slug
    )


def _all(statement: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
