"""The lists that make most of a page, joined as text: ten times cheaper than a template's loop (see decision 0003)."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from creativecities.portal.compute.worldmap import Place
from creativecities.portal.queries import Count, First, Row

Pairs = list[tuple[str, str]]


def city_list(cities: Iterable[Row], *, root: str, glyph: Callable[[str], str], compact: bool, query: str = "") -> str:
    """Member cities as list items: glyph, name, local name, country, field, year, and the beginning of the portrait."""
    return "".join(_city(city, root, query, glyph(city.field_id), compact) for city in cities)


def _city(c: Row, root: str, query: str, glyph: str, compact: bool) -> str:
    local = (
        f' <span class="local" lang="{c.local_language}" dir="auto">{escape(c.local_name)}</span>'
        if c.local_name
        else ""
    )
    excerpt = f'<p lang="en" dir="ltr">{escape(c.excerpt)}</p>' if c.excerpt and not compact else ""
    return (
        f'<li class="f-{c.field_id}">{glyph}<h3><a href="{root}{c.slug}/{query}">{escape(c.name)}</a>{local}</h3>'
        f'<p class="meta">{escape(c.country)} · {escape(c.field)} · {c.year}</p>{excerpt}</li>'
    )


def cards(places: Iterable[Place], *, root: str, glyph: Callable[[str], str], countries: Mapping[str, str]) -> str:
    """Other cities as small cards: glyph, name, country, year."""
    return "".join(
        f'<li><a class="f-{place.field}" href="{root}{place.slug}/">{glyph(place.field)}'
        f"<span>{escape(place.name)}<br>"
        f'<span class="small">{escape(countries.get(place.country, place.country))}</span></span>'
        f'<span class="count small">{place.year}</span></a></li>'
        for place in places
    )


def first_rows(firsts: Iterable[First], *, rows: str, countries: str, cities: str) -> str:
    """Years with the countries that came in and their first cities. `rows`, `countries`, `cities` begin addresses."""
    years: dict[int, dict[str, str]] = {}
    for iso, country, year, slug, name in firsts:
        known = years.setdefault(year, {})
        city = f'<a href="{cities}{slug}/">{escape(name)}</a>'
        if iso in known:
            known[iso] += f", {city}"
        else:
            known[iso] = f'<li><a class="quiet" href="{countries}{iso}/">{escape(country)}</a>: {city}'
    return "".join(
        f'<tr><th scope="row"><a href="{escape(rows)}year={year}">{year}</a></th><td><ul class="row plain">'
        f"{'</li>'.join(known.values())}</li></ul></td></tr>"
        for year, known in years.items()
    )


def country_numbers(counts: Iterable[Count], *, rows: str, countries: str) -> str:
    """Countries with their numbers. `rows` and `countries` begin addresses."""
    rows = escape(rows)
    return "".join(
        f'<li><a href="{countries}{each.value}/">{escape(each.label)}</a> '
        f'<a class="number" href="{rows}country={each.value}">{each.number}</a></li>'
        for each in counts
    )


def option(label: str, number: int, address: str, *, chosen: bool, css: str = "", glyph: str = "") -> str:
    """One value of a facet as a list item."""
    mark = ' aria-current="true"' if chosen else ""
    tone = f' class="{css}"' if css else ""
    return f'<li><a{tone} href="{escape(address)}"{mark}>{glyph}{escape(label)} <span>{number}</span></a></li>'


class Toggles:
    """Addresses that add a value to a facet or take it away, built without reading the address anew for each."""

    def __init__(self, query: Mapping[str, Any], facet: str, chosen: tuple[str, ...]) -> None:
        self._facet = facet
        self._chosen = chosen
        others: Pairs = [
            (key, value) for key, values in query.items() if key not in (facet, "page") for value in values if value
        ]
        self._others = urlencode(others)

    def address(self, value: str) -> str:
        """The query string with `value` chosen, or no longer chosen."""
        kept = [each for each in self._chosen if each != value]
        if len(kept) == len(self._chosen):
            kept.append(value)
        parts = [self._others] if self._others else []
        parts += [f"{self._facet}={quote(each, safe='')}" for each in kept]
        return "?" + "&".join(parts)
