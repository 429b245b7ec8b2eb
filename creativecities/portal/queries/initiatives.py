"""Words and links around a list of initiatives, and everything the page of one shows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from creativecities.core import days, freshness
from creativecities.core.templatetags.ui import field_glyph
from creativecities.exchange import states
from creativecities.exchange.models import Initiative
from creativecities.exchange.queries import topics, translations
from creativecities.exchange.queries.catalogue import catalogue, many_of
from creativecities.exchange.queries.found import Found
from creativecities.network.compute.languages import language_name
from creativecities.portal.compute import charts, markup
from creativecities.portal.queries.known import names
from creativecities.portal.queries.statements import fetch, suffix
from creativecities.portal.queries.vocabulary import Facet, Option

FACET_LABELS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "looking": _("Partnership"),
    "topic": _("Topics of partners wanted"),
    "field": _("Creative field"),
    "region": _("Region"),
    "country": _("Country"),
    "objective": _("Objective"),
    "sdg": _("Sustainable Development Goal"),
    "year": _("Year"),
}
KIND_LABELS: dict[str, str | Promise] = dict(Initiative.Kind.choices)
LOOKING_LABELS: dict[str, str | Promise] = {"yes": _("Looking for partners")}
SORT_LABELS = {"title": _("Title"), "newest": _("Newest first"), "oldest": _("Oldest first")}
COUNTED = ("field", "kind", "region", "year")
"""Facets of which there are statistics."""
HIDDEN = ("city", "area")
"""Facets that are only reached from other pages."""
_OPEN = ("kind", "looking", "field")
_TABLES = {
    "objective": ("code", "network_objective"),
    "area": ("code", "network_areaofaction"),
    "sdg": ("number", "network_goal"),
}


def label_of(facet: str, value: str) -> str:
    """The name of a value in the reader's language; codes stay before names."""
    return str(_labels(facet).get(value, value))


def _labels(facet: str) -> Mapping[str, str | Promise]:
    """The names of the values of a facet; none for years, which are their own."""
    if facet == "kind":
        return KIND_LABELS
    if facet == "looking":
        return LOOKING_LABELS
    if facet == "topic":
        return {slug: topic.name for slug, topic in topics.every().items()}
    if facet == "city":
        return _cities()
    return _coded(suffix())[facet] if facet in _TABLES else names().get(facet, {})


@freshness.kept(maxsize=6)
def _coded(ending: str) -> dict[str, dict[str, str]]:
    """Objectives, areas of action and goals by code. One statement."""
    each = "SELECT '{}', CAST({} AS varchar(3)), name_{} FROM {}"
    statement = " UNION ALL ".join(each.format(facet, key, ending, table) for facet, (key, table) in _TABLES.items())
    found: dict[str, dict[str, str]] = {facet: {} for facet in _TABLES}
    for facet, code, name in fetch(statement, []):
        found[facet][code] = f"{code} {name}"
    return found


@freshness.kept()
def _cities() -> dict[str, str]:
    return dict(fetch("SELECT slug, name FROM network_city WHERE is_listed", []))


def facets(found: Found, query: QueryDict) -> list[Facet]:
    """Every facet that can be chosen, with its options, numbers and links."""
    return [facet for name in FACET_LABELS if (facet := _facet(name, found, query)).options]


def _facet(name: str, found: Found, query: QueryDict) -> Facet:
    chosen = found.asked.values(name)
    toggles = markup.Toggles(dict(query.lists()), name, chosen)
    is_field = name == "field"
    options = "".join(
        markup.option(
            label,
            number,
            toggles.address(value),
            chosen=value in chosen,
            css=f"f-{value}" if is_field else "",
            glyph=field_glyph(value) if is_field else "",
        )
        for value, label, number in _ordered(name, found.counts(name))
    )
    return Facet(name, FACET_LABELS[name], mark_safe(options), is_open=bool(chosen) or name in _OPEN)


def _ordered(name: str, counts: Iterable[tuple[str, int]]) -> list[tuple[str, str, int]]:
    labels = _labels(name)
    rows = [(value, str(labels.get(value, value)), number) for value, number in counts]
    if name == "year":
        return sorted(rows, key=lambda row: int(row[0]), reverse=True)
    if name == "sdg":
        return sorted(rows, key=lambda row: int(row[0]))
    if name in ("country", "objective"):
        return sorted(rows, key=lambda row: row[1])
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def chips(found: Found, query: QueryDict) -> list[Option]:
    """What is chosen, each as a link that lets it go."""
    options = []
    for name in (*FACET_LABELS, *HIDDEN):
        values = found.asked.values(name)
        toggles = markup.Toggles(dict(query.lists()), name, values)
        css = "f-{}" if name == "field" else ""
        options += [
            Option(label_of(name, value), 0, toggles.address(value), True, css=css.format(value)) for value in values
        ]
    if day := found.asked.day:
        on = day.isoformat()
        words = gettext("As of %(day)s") % {"day": date_format(day)}
        options.append(Option(words, 0, markup.Toggles(dict(query.lists()), "as_of", (on,)).address(on), True))
    return options


def bars(name: str, found: Found, rows: str) -> list[charts.Bar]:
    """A facet as bars, each leading to its rows, whose addresses begin with `rows`; no year after the day."""
    is_field, last = name == "field", str((found.asked.day or days.today()).year)
    return [
        charts.Bar(
            label=label,
            value=number,
            url=f"{rows}{name}={quote(value)}",
            css=f"f-{value}" if is_field else "",
            glyph=field_glyph(value) if is_field else "",
        )
        for value, label, number in _ordered(name, found.counts(name))
        if name != "year" or value <= last
    ]


def labelled(facet: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Values with their names."""
    return [(value, label_of(facet, value)) for value in values]


def many(initiative: Initiative) -> Mapping[str, list[str]]:
    """Fields, objectives, areas and goals. No statement for what is published while nothing is written."""
    whole = catalogue().many if initiative.state == states.PUBLISHED else many_of(initiative.pk)
    return whole.get(initiative.pk, {})


def told(initiative: Initiative, names: Iterable[str]) -> list[dict[str, Any]]:
    """Those parts of an initiative that are written, with what they are called."""
    labels = {name: initiative._meta.get_field(name).verbose_name for name in names}  # type: ignore[union-attr]
    written = ((name, label, getattr(initiative, name)) for name, label in labels.items())
    return [{"name": name, "label": label, "text": text} for name, label, text in written if text]


def in_reader_s_language(one: Initiative, *, original: bool) -> dict[str, Any]:
    """An initiative in the reader's language if somebody has translated it, or as it was written where that is asked.

    Building blocks say their own language: those that nobody has translated stay as they were written.
    """
    translation = translations.for_reader(one, get_language() or "en")
    if translation is None or original:
        story = [{**part, "language": one.language} for part in told(one, one.BLOCKS)]
        return {"one": one, "story": story, "written_in": one.language, "is_translated_too": translation is not None}
    shown = translations.said_in(translation, one)
    story = [
        {**part, "language": shown.language if part["name"] in translation.story else one.language}
        for part in told(shown, one.BLOCKS)
    ]
    return {
        "one": shown,
        "story": story,
        "written_in": one.language,
        "original": language_name(one.language, get_language() or "en"),
        "is_outdated": translations.is_outdated(translation, one),
    }


_ADDRESS = re.compile(r"https?://\S+")


def sources(text: str) -> Iterator[dict[str, str]]:
    """Sources as links where they are addresses, as words where not."""
    position = 0
    for address in _ADDRESS.finditer(text):
        if words := text[position : address.start()].strip(" ;"):
            yield {"url": "", "label": words}
        url = address.group().rstrip(";,")
        yield {"url": url, "label": url.split("//", 1)[1].split("/", 1)[0].removeprefix("www.")}
        position = address.end()
    if words := text[position:].strip(" ;"):
        yield {"url": "", "label": words}
