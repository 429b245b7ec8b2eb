"""All published initiatives as sets, kept until the next write: whatever is asked of the list is cut from them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.queries.loading import MANY, through
from creativecities.exchange.queries.wanted import Looking, looking
from creativecities.network.compute import rowsets

FACET_OF = {"fields": "field", "objectives": "objective", "areas": "area", "goals": "sdg"}


@dataclass(frozen=True, slots=True)
class Taking:
    """A city that takes part besides the lead city."""

    slug: str
    name: str
    country: str
    region: str
    state: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`keys` in the order of titles; `sets` by facet and value, bit n for the nth key; by key what hangs on each."""

    keys: tuple[int, ...]
    sets: rowsets.Sets
    partners: Mapping[int, list[Taking]]
    many: Mapping[int, Mapping[str, list[str]]]

    def without(self, *facets: str) -> "Catalogue":
        """The same where these facets tell nothing: whoever chooses by them finds none."""
        return replace(self, sets={facet: values for facet, values in self.sets.items() if facet not in facets})


def catalogue() -> Catalogue:
    """As it is today. No statement between writes."""
    return _catalogue(days.today())


@freshness.kept()
def _catalogue(_day: dt.date) -> Catalogue:
    """Three statements and those of `looking`, whatever their number."""
    partners, many = _partners(), many_of()
    sets: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    keys = []
    for number, (pk, *facts) in enumerate(_published()):
        keys.append(pk)
        for facet, value in _values(facts, partners.get(pk, ()), many.get(pk, {})):
            sets[facet][value] |= 1 << number
        for facet, value in _sought(looking().get(pk)):
            sets[facet][value] |= 1 << number
    return Catalogue(tuple(keys), {facet: dict(values) for facet, values in sets.items()}, partners, many)


def _published() -> QuerySet[Initiative, tuple[Any, ...]]:
    lead = ("lead__slug", "lead__country_id", "lead__country__region_id")
    found = Initiative.objects.filter(state=states.PUBLISHED).order_by("title", "pk")
    return found.values_list("pk", "kind", "starts_on", "ends_on", *lead)


def _values(facts: list[Any], partners: Iterable[Taking], many: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    kind, starts_on, ends_on, city, country, region = facts
    yield "kind", kind
    yield from (("city", city), ("country", country), ("region", region))
    if first := starts_on or ends_on:
        yield "begins", str(first.year)
        yield "began", first.isoformat()
        for year in range(first.year, (ends_on or first).year + 1):
            yield "year", str(year)
    for one in partners:
        yield from (("city", one.slug), ("country", one.country), ("region", one.region))
    for name, values in many.items():
        yield from ((FACET_OF[name], value) for value in values)


def _sought(found: Looking | None) -> Iterator[tuple[str, str]]:
    if found:
        yield "looking", "yes"
        yield from (("topic", topic) for topic in found.topics)


def _partners() -> dict[int, list[Taking]]:
    """By initiative, the cities that take part as far as one knows, in the order of names."""
    found: dict[int, list[Taking]] = defaultdict(list)
    rows = Partner.objects.filter(state__in=states.SHOWN).order_by("city__name", "city_id")
    city = ("city__slug", "city__name", "city__country_id", "city__country__region_id")
    for pk, *facts in rows.values_list("initiative_id", *city, "state"):
        found[pk].append(Taking(*facts))
    return dict(found)


def many_of(*keys: int) -> dict[int, dict[str, list[str]]]:
    """By initiative, its fields, objectives, areas and goals; of all, or of some. One statement."""
    only = {"initiative__in": keys} if keys else {}
    parts = [
        through(name)
        ._default_manager.filter(**only)
        .annotate(name=Value(name), value=Cast(column, CharField()))
        .values_list("initiative_id", "name", "value")
        for name, column in MANY.items()
    ]
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: {name: [] for name in MANY})
    for pk, name, value in sorted(parts[0].union(*parts[1:], all=True)):
        found[pk][name].append(value)
    for sets in found.values():
        sets["goals"].sort(key=int)
    return dict(found)
