"""The page of search: what was asked, what is found, and the words around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core import access, language
from creativecities.core.templatetags.ui import field_glyph
from creativecities.portal.compute import markup
from creativecities.portal.queries.known import names
from creativecities.portal.queries.statements import suffix
from creativecities.portal.queries.vocabulary import Facet, Option
from creativecities.search import queries
from creativecities.search.compute.tokens import LONGEST_QUERY
from creativecities.search.queries import Found, Result

FACET_LABELS: dict[str, str | Promise] = {
    "type": _("Kind"),
    "field": _("Creative field"),
    "region": _("Region"),
    "country": _("Country"),
    "year": _("Year"),
    "language": _("Language of the text"),
}
KIND_LABELS: dict[str, str | Promise] = {
    "city": _("City"),
    "initiative": _("Initiative"),
    "field": _("Creative field"),
    "region": _("Region"),
    "country": _("Country"),
    "page": _("Page"),
}
REASONS: dict[str, str | Promise] = {
    "title": _("bears this name"),
    "name": _("bears this name"),
    "beginning-of-name": _("its name begins so"),
    "words": _("has all the words"),
    "some-words": _("has some of the words"),
    "similar-name": _("has a similar name"),
    "meaning": _("near in meaning"),
}
MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks: words, and the chosen values of each facet."""

    words: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(query: QueryDict) -> Question:
    """The question of an address. What is endless is cut; what is unknown finds nothing."""
    chosen = {}
    for facet in FACET_LABELS:
        values = dict.fromkeys(value[:80] for value in query.getlist(facet)[:MOST_VALUES] if value)
        if facet == "country":
            values = dict.fromkeys(value.upper() for value in values)
        if values:
            chosen[facet] = tuple(values)
    return Question(query.get("q", "")[:LONGEST_QUERY].replace("\0", " ").strip(), chosen)


def find(question: Question, person: Any, *, limit: int, offset: int = 0) -> Found:
    """What this person may find, in the words of the reader's language. At most four statements."""
    return queries.find(
        question.words,
        facets=question.chosen,
        audiences=_audiences(person),
        limit=limit,
        offset=offset,
        language=suffix(),
    )


def _audiences(person: Any) -> list[str]:
    """The audiences a person belongs to."""
    if not person.is_authenticated:
        return ["public"]
    return [name for name, belongs in access.audiences().items() if belongs(person)]


def facets(question: Question, found: Found, query: QueryDict) -> list[Facet]:
    """Every facet with its options, counts and links; one that leaves no choice is left out."""
    shown = []
    for name, label in FACET_LABELS.items():
        chosen, counts = question.chosen.get(name, ()), found.counts.get(name, {})
        if len(counts) > 1 or chosen:
            options = _options(name, counts, chosen, markup.Toggles(dict(query.lists()), name, chosen))
            shown.append(Facet(name, label, options, is_open=bool(chosen) or name in ("type", "field")))
    return shown


def _options(name: str, counts: Mapping[str, int], chosen: tuple[str, ...], toggles: markup.Toggles) -> SafeString:
    by_value = name == "year"
    ordered = sorted(counts.items(), key=lambda pair: pair[0] if by_value else pair[1], reverse=True)
    return mark_safe(
        "".join(
            markup.option(
                label_of(name, value),
                number,
                toggles.address(value),
                chosen=value in chosen,
                css=f"f-{value}" if name == "field" else "",
                glyph=field_glyph(value) if name == "field" else "",
            )
            for value, number in ordered
        )
    )


def chips(question: Question, query: QueryDict) -> list[Option]:
    """What is chosen, each as a link that lets it go."""
    found = []
    for name, values in question.chosen.items():
        toggles = markup.Toggles(dict(query.lists()), name, values)
        found += [Option(label_of(name, value), 0, toggles.address(value), True) for value in values]
    return found


def label_of(facet: str, value: str) -> str:
    """The name of a value in the reader's language."""
    if facet == "type":
        return str(KIND_LABELS.get(value, value))
    if facet == "language":
        name = Locale.parse(suffix()).languages.get(value)
        return str(name or value)
    return names().get(facet, {}).get(value, value)


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as the page shows it."""

    result: Result
    url: str
    kind: str | Promise
    facts: str
    why: str


def shown(result: Result) -> Shown:
    """A result with its address and words in the reader's language."""
    return Shown(
        result,
        address(result.path),
        KIND_LABELS.get(result.kind, result.kind),
        "" if result.kind in ("country", "field") else _facts(result.facts),
        ", ".join(str(REASONS[reason]) for reason in result.reasons[:1]),
    )


FACTS = (("country", "country"), ("field", "creative_field"))


def _facts(facts: Mapping[str, str]) -> str:
    return " · ".join(label_of(facet, facts[key]) for facet, key in FACTS if facts.get(key))


def similar(kind: str, key: str) -> list[dict[str, str]]:
    """Things like this one, in the reader's language, with the sentence that says why. One statement."""
    return [
        {
            "url": address(one.path),
            "title": one.titles.get(suffix()) or one.titles.get("") or one.titles.get("en") or one.key,
            "facts": _facts(one.facts),
            "language": one.language,
            "passage": one.passage,
        }
        for one in queries.similar(kind, key)
    ]


def address(path: str) -> str:
    """A path in the reader's language."""
    return language.address(path, get_language() or settings.LANGUAGE_CODE)


def as_record(result: Result) -> dict[str, Any]:
    """A result as it is written in JSON."""
    return {
        "type": result.kind,
        "title": result.title,
        "url": settings.SITE["url"] + address(result.path),
        **{name: result.facts.get(name) or None for name in ("city", "country", "creative_field")},
        "language": result.language or None,
        "passage": result.passage.text,
        "reasons": list(result.reasons),
    }
