"""A field, a region, a country: what is known of each besides its members. One statement each."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from creativecities.core.text import fold
from creativecities.portal.queries.statements import fetch, suffix

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Described:
    """A field or region: its name and description, in English where the reader's language has none."""

    key: str
    name: str
    description: str
    is_translated: bool
    source: str
    aliases: tuple[str, ...] = ()
    since_year: int | None = None
    coordinator: Pair | None = None
    deputy: Pair | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country with a member now or ever.

    `ldc` and the first city are of the day asked for, the latter None before it; the other groups are of today.
    """

    iso: str
    name: str
    short_name: str
    region: Pair
    subregion: str
    lldc: bool
    sids: bool
    ldc: bool
    development: str
    wikidata: str
    counted_with: Pair | None
    commission: Pair | None
    first_year: int | None
    first_city: Pair | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A country in the list of countries: its members on the day and its first year."""

    iso: str
    name: str
    region_id: str
    region: str
    number: int
    first_year: int
    lldc: bool
    sids: bool
    ldc: bool
    development: str


def _described() -> str:
    end = suffix()
    return (
        f"t.slug, t.name_{end}, COALESCE(NULLIF(t.description_{end}, ''), t.description_en), "
        f"t.description_{end} <> '', t.source"
    )


def _coordinating(role: str) -> str:
    """The city of the mandate in force, as `slug|name`; the person is nobody's business here."""
    return (
        "(SELECT c.slug || '|' || c.name FROM network_mandate m JOIN network_city c ON c.id = m.city_id "
        f'WHERE m.field_id = t.slug AND m.role = \'{role}\' AND m.start <= %s AND (m."end" IS NULL OR m."end" > %s) '
        "ORDER BY m.start DESC LIMIT 1)"
    )


def field(slug: str, day: dt.date) -> Described | None:
    """A creative field with the cities that coordinate it on a day."""
    statement = (
        f"SELECT {_described()}, t.aliases, t.since_year, {_coordinating('coordinator')}, "
        f"{_coordinating('deputy-coordinator')} FROM network_creativefield t WHERE t.slug = %s"
    )
    found = fetch(statement, [day, day, day, day, slug])
    if not found:
        return None
    *head, aliases, since_year, coordinator, deputy = found[0]
    names = tuple(name.strip() for name in aliases.split(";") if name.strip())
    known = Described(*head)
    return replace(known, aliases=names, since_year=since_year, coordinator=_pair(coordinator), deputy=_pair(deputy))


def region(slug: str) -> Described | None:
    """One of the five regions."""
    found = fetch(f"SELECT {_described()} FROM network_region t WHERE t.slug = %s", [slug])
    return Described(*found[0]) if found else None


def _pair(text: str | None) -> Pair | None:
    if not text:
        return None
    key, _bar, name = text.partition("|")
    return key, name


_LDC = (
    "EXISTS (SELECT 1 FROM network_leastdevelopedperiod p WHERE p.country_id = c.iso2 "
    'AND (p.start IS NULL OR p.start <= %s) AND (p."end" IS NULL OR p."end" > %s))'
)


def country(iso: str, day: dt.date) -> Country | None:
    """A country that has or had a member. Its first city is the first until the day."""
    end = suffix()
    first = (
        "(SELECT l.id FROM network_listing l WHERE l.country_id = c.iso2 AND l.start <= %s "
        "ORDER BY l.joined_on, l.start, l.sort LIMIT 1)"
    )
    statement = (
        f"SELECT c.iso2, c.name_{end}, c.short_en, r.slug, r.name_{end}, s.name_{end}, c.is_lldc, c.is_sids, {_LDC}, "
        f"c.development, c.wikidata, w.iso2, w.name_{end}, n.name, n.website, f.year, f.slug, f.name "
        "FROM network_country c JOIN network_region r ON r.slug = c.region_id "
        "LEFT JOIN network_subregion s ON s.slug = COALESCE(c.un_subregion_id, c.un_region_id) "
        "LEFT JOIN network_country w ON w.iso2 = c.counted_with_id "
        "LEFT JOIN network_nationalcommission n ON n.country_id = c.iso2 "
        f"LEFT JOIN network_listing f ON f.id = {first} "
        "WHERE c.iso2 = %s AND EXISTS (SELECT 1 FROM network_listing l WHERE l.country_id = c.iso2)"
    )
    found = fetch(statement, [day, day, day, iso])
    if not found:
        return None
    c = found[0]
    return Country(
        iso=c[0],
        name=c[1],
        short_name=c[2],
        region=(c[3], c[4]),
        subregion=c[5] or "",
        lldc=bool(c[6]),
        sids=bool(c[7]),
        ldc=bool(c[8]),
        development=c[9],
        wikidata=c[10],
        counted_with=(c[11], c[12]) if c[11] else None,
        commission=(c[13], c[14]) if c[13] else None,
        first_year=c[15],
        first_city=(c[16], c[17]) if c[15] else None,
    )


def countries(day: dt.date) -> list[Listed]:
    """Every country that had its first member until the day, by region, with its members on the day."""
    end = suffix()
    now = 'CASE WHEN l.start <= %s AND l."end" > %s THEN 1 ELSE 0 END'
    statement = (
        f"SELECT c.iso2, c.name_{end}, r.slug, r.name_{end}, g.number, g.first_year, c.is_lldc, c.is_sids, {_LDC}, "
        f"c.development FROM (SELECT l.country_id, SUM({now}) AS number, MIN(l.year) AS first_year "
        "FROM network_listing l WHERE l.start <= %s GROUP BY l.country_id) g "
        "JOIN network_country c ON c.iso2 = g.country_id JOIN network_region r ON r.slug = c.region_id "
        f"ORDER BY r.position, r.slug, c.name_{end}"
    )
    found = fetch(statement, [day, day, day, day, day])
    return [_listed(*cells) for cells in found]


def _listed(*cells: Any) -> Listed:
    iso, name, region_id, label, number, first_year, *groups, development = cells
    lldc, sids, ldc = map(bool, groups)
    return Listed(iso, name, region_id, label, number, first_year, lldc, sids, ldc, development)


def field_of_alias(text: str) -> str | None:
    """The field that is also called so, in any of the languages: food → gastronomy. One statement."""
    wanted = fold(text)
    columns = "aliases, name_en, name_fr, name_es, name_ar, name_ru, name_zh"
    for slug, aliases, *names in fetch(f"SELECT slug, {columns} FROM network_creativefield", []):
        if wanted in {fold(name) for name in (*aliases.split(";"), *names)}:
            return str(slug)
    return None
