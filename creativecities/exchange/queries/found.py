"""What a question to the list of initiatives finds, and the initiatives of a city."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, islice
from operator import and_

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language

from creativecities.exchange import states
from creativecities.exchange.compute.asked import Asked
from creativecities.exchange.models import Initiative, years_in_words
from creativecities.exchange.queries import translations
from creativecities.exchange.queries.catalogue import Catalogue, Taking, catalogue
from creativecities.exchange.queries.wanted import Looking, looking
from creativecities.network.compute import rowsets

_KINDS = dict(Initiative.Kind.choices)
_OF_TODAY = ("looking", "topic")
"""Facets of which nothing is known of an earlier day."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An initiative in a list, with what hangs on it; `translated` is its title in the reader's language."""

    initiative: Initiative
    partners: Sequence[Taking]
    many: Mapping[str, Sequence[str]]
    looking: Looking | None = None
    translated: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Counted, put in order and shown without being looked for again."""

    asked: Asked
    whole: Catalogue
    parts: Mapping[str, int]

    @property
    def total(self) -> int:
        return self._besides("").bit_count()

    def counts(self, facet: str) -> list[tuple[str, int]]:
        """Values of a facet with their numbers, without the facet's own choice. No statement."""
        among = self._besides(facet)
        counted = ((value, (rows & among).bit_count()) for value, rows in self.whole.sets.get(facet, {}).items())
        return [(value, number) for value, number in counted if number]

    def page(self, *, limit: int | None = None, offset: int = 0) -> list[Listed]:
        """Some of the initiatives, in the order asked for. One statement."""
        keys = list(islice(self._in_order(), offset, None if limit is None else offset + limit))
        rows = Initiative.objects.select_related("lead").in_bulk(keys)
        sought = looking() if self.asked.day is None else {}
        partners, many = self.whole.partners, self.whole.many
        titles = translations.titles(get_language() or "en")
        return [
            Listed(rows[key], partners.get(key, ()), many.get(key, {}), sought.get(key), titles.get(key, ""))
            for key in keys
            if key in rows
        ]

    def _besides(self, facet: str) -> int:
        everything = (1 << len(self.whole.keys)) - 1
        return reduce(and_, (rows for name, rows in self.parts.items() if name != facet), everything)

    def _in_order(self) -> Iterator[int]:
        """Those whose year is not known come last."""
        rows = self._besides("")
        if self.asked.sort == "title":
            return rowsets.pick(rows, self.whole.keys)
        begins = self.whole.sets.get("begins", {})
        groups = [begins[year] for year in sorted(begins, reverse=self.asked.sort == "newest")]
        dated = reduce(int.__or__, groups, 0)
        return chain.from_iterable(rowsets.pick(rows & group, self.whole.keys) for group in (*groups, ~dated))


def find(asked: Asked) -> Found:
    """What a question finds; on a day, nothing of which no year is known. One statement for words, none without."""
    whole = catalogue() if asked.day is None else catalogue().without(*_OF_TODAY)
    parts = {facet: rowsets.any_of(whole.sets.get(facet, {}), values) for facet, values in asked.chosen.items()}
    if asked.day is not None:
        began, until = whole.sets.get("began", {}), asked.day.isoformat()
        parts["day"] = rowsets.any_of(began, [day for day in began if day <= until])
    if asked.words:
        parts["words"] = rowsets.where_among(whole.keys, _with_words(asked.words.split()))
    return Found(asked, whole, parts)


def _with_words(words: Sequence[str]) -> set[int]:
    holds = (Q(search__contains=f" {word}") for word in words)
    return set(Initiative.objects.filter(reduce(and_, holds)).values_list("pk", flat=True))


_OF_CITY = """
SELECT i.id, i.slug, i.title, i.kind, i.language, COALESCE(CAST(i.starts_on AS varchar(4)), ''),
    COALESCE(CAST(i.ends_on AS varchar(4)), ''), c.slug, c.name
FROM exchange_initiative i JOIN network_city c ON c.id = i.lead_id
WHERE i.state = 'published' AND COALESCE(i.starts_on, i.ends_on, '9999-12-31') <= %s AND (i.lead_id = %s OR i.id IN (
    SELECT p.initiative_id FROM exchange_partner p WHERE p.city_id = %s AND p.state IN ('named', 'confirmed')))
ORDER BY i.starts_on IS NULL, i.starts_on DESC, i.title LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class OfCity:
    """An initiative on the page of a city."""

    pk: int
    slug: str
    title: str
    kind: str
    language: str
    years: str
    lead_slug: str
    lead: str


def of_city(city_id: int, *, day: dt.date, most: int) -> list[OfCity]:
    """The newest initiatives that a city leads or takes part in, of those that had begun by a day. One statement.

    What has no year is shown on the last of all days alone, as in the lists.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_CITY, [day, city_id, city_id, most])
        rows = cursor.fetchall()
    return [
        OfCity(pk, slug, title, str(_KINDS[kind]), language, years_in_words(*(day[:4] for day in days)), city, name)
        for pk, slug, title, kind, language, *days, city, name in rows
    ]


def slugs() -> list[str]:
    """The addresses of all published initiatives. One statement."""
    return list(Initiative.objects.filter(state=states.PUBLISHED).order_by("pk").values_list("slug", flat=True))
