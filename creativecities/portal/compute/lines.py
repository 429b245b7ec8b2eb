"""The short lists of a city's page, joined as text (see decision 0003)."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from creativecities.exchange.queries.found import OfCity
from creativecities.portal.compute.worldmap import Place


def names(found: Iterable[Mapping[str, Any]]) -> str:
    """Other names of a city, each in its language where that is known."""
    return "".join(f'<li{_lang(one["language"])} dir="auto">{escape(one["name"])}</li>' for one in found)


def _lang(code: str) -> str:
    return f' lang="{escape(code)}"' if code else ""


def near(found: Iterable[tuple[Place, int]], *, root: str, kilometres: str) -> str:
    """The nearest cities with their distance; `kilometres` says it with its number as `%(n)s`."""
    return "".join(
        f'<li><a href="{root}{place.slug}/"><bdi>{escape(place.name)}</bdi></a> '
        f'<span class="small isolated">{escape(kilometres % {"n": distance})}</span></li>'
        for place, distance in found
    )


def initiatives(
    found: Iterable[OfCity], *, root: str, of: str, field: str, glyph: str, notes: Mapping[int, str]
) -> str:
    """The initiatives of the city `of` under the glyph of its field; those another city leads name it.

    `notes` are words to add, by initiative.
    """
    return "".join(
        f'<li class="f-{field}">{glyph}<h3 lang="{one.language}"><a href="{root}{one.slug}/" dir="auto">'
        f'{escape(one.title)}</a></h3><p class="meta">{_about(one, of, notes.get(one.pk, ""))}</p></li>'
        for one in found
    )


def _about(one: OfCity, of: str, note: str) -> str:
    lead = "" if one.lead_slug == of else f"<bdi>{escape(one.lead)}</bdi>"
    strong = f"<strong>{escape(note)}</strong>" if note else ""
    return " · ".join(part for part in (escape(one.kind), escape(one.years), lead, strong) if part)


def similar(found: Iterable[Mapping[str, str]]) -> str:
    """Things like this one, each with the sentence that says why."""
    return "".join(
        f'<li><a href="{one["url"]}"><bdi>{escape(one["title"])}</bdi></a> '
        f'<span class="small">{escape(one["facts"])}</span>{_why(one)}</li>'
        for one in found
    )


def _why(one: Mapping[str, str]) -> str:
    if not one["passage"]:
        return ""
    return f'<br><q class="small"{_lang(one["language"])} dir="auto">{escape(one["passage"])}</q>'
