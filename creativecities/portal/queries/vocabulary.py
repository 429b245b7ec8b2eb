"""Words and links around a list: facets with their counts, chips of what is chosen, names near a mistyped one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rapidfuzz import process

from creativecities.core.templatetags.ui import field_glyph
from creativecities.network.compute.labels import DEVELOPMENT_LABELS, GROUP_LABELS, SIZE_LABELS
from creativecities.portal import queries
from creativecities.portal.compute import markup
from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries import Count

FIRST_YEAR = 2004
FACET_LABELS = {
    "field": _("Creative field"),
    "region": _("Region"),
    "country": _("Country"),
    "year": _("Year of designation"),
    "size": _("Size"),
    "group": _("Country group"),
    "development": _("Development group"),
}
_SAID: dict[str, dict[str, str | Promise]] = {
    "size": SIZE_LABELS,
    "group": GROUP_LABELS,
    "development": DEVELOPMENT_LABELS,
}
SORT_LABELS = {"name": _("City"), "newest": _("Newest first"), "oldest": _("Oldest first"), "country": _("Country")}
_SIZE_ORDER = {size: position for position, size in enumerate(SIZE_LABELS)}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, as a link that chooses it or lets it go."""

    label: str
    number: int
    address: str
    chosen: bool
    glyph: SafeString | str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str | Promise
    options: SafeString
    is_open: bool


def facets(filters: Filters, counts: Mapping[str, list[Count]], query: QueryDict) -> list[Facet]:
    """Every facet with its options, counts and links."""
    return [_facet(name, filters, counts[name], query) for name in FACET_LABELS if counts.get(name)]


def _facet(name: str, filters: Filters, found: list[Count], query: QueryDict) -> Facet:
    chosen = filters.values(name)
    toggles = markup.Toggles(dict(query.lists()), name, chosen)
    is_field = name == "field"
    options = "".join(
        markup.option(
            label_of(name, count),
            count.number,
            toggles.address(count.value),
            chosen=count.value in chosen,
            css=f"f-{count.value}" if is_field else "",
            glyph=field_glyph(count.value) if is_field else "",
        )
        for count in _ordered(name, found)
    )
    return Facet(name, FACET_LABELS[name], mark_safe(options), is_open=bool(chosen) or name in ("field", "region"))


def _ordered(name: str, found: list[Count]) -> list[Count]:
    if name == "year":
        return sorted(found, key=lambda count: count.value, reverse=True)
    if name == "size":
        return sorted(found, key=lambda count: _SIZE_ORDER.get(count.value, 99))
    if name == "country":
        return sorted(found, key=lambda count: count.label)
    return sorted(found, key=lambda count: -count.number)


def ways(name: str, found: list[Count]) -> list[Option]:
    """A facet as ways into the atlas: to the page of the field or region, or to the filtered list."""
    is_field = name == "field"
    if name in ("field", "region"):
        root, end = reverse(f"portal:{name}", args=["x"]).removesuffix("x/"), "/"
    else:
        root, end = f"{reverse('portal:atlas')}?{name}=", ""
    return [
        Option(
            label=label_of(name, count),
            number=count.number,
            address=f"{root}{count.value}{end}",
            chosen=False,
            glyph=field_glyph(count.value) if is_field else "",
            css=f"f-{count.value}" if is_field else "",
        )
        for count in _ordered(name, found)
    ]


def label_of(name: str, count: Count) -> str:
    """The name of a value in the reader's language."""
    return _said(name, count.value, get_language()) if name in _SAID else count.label


@lru_cache(maxsize=200)
def _said(name: str, value: str, code: str | None) -> str:
    return str(_SAID[name].get(value, value))


def chips(filters: Filters, counts: Mapping[str, list[Count]], query: QueryDict) -> list[Option]:
    """What is chosen, each as a link that lets it go."""
    found = []
    for name in FACET_LABELS:
        known = {count.value: count for count in counts.get(name, [])}
        toggles = markup.Toggles(dict(query.lists()), name, filters.values(name))
        for value in filters.values(name):
            label = label_of(name, known.get(value, Count(value, queries.names().get(name, {}).get(value, value), 0)))
            found.append(Option(label, 0, toggles.address(value), True, css=f"f-{value}" if name == "field" else ""))
    return found


def nearest_names(filters: Filters) -> list[tuple[str, str]]:
    """Names of members that look like the words that found nothing: (name, slug), at most five."""
    names = {place.slug: place.name for place in queries.places(filters.day)}
    folded = {slug: slug.replace("-", " ") for slug in names}
    close = process.extract(filters.words, folded, limit=5, score_cutoff=60)
    return [(names[slug], slug) for _text, _score, slug in close]
