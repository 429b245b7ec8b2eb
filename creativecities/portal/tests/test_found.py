"""What a question finds is what a plain look at every row finds: counts, order, pages, downloads."""

import datetime as dt
import random
from collections import Counter
from itertools import chain

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from creativecities.network.models import Country, Listing
from creativecities.portal import queries
from creativecities.portal.compute import filters as asked
from creativecities.portal.compute.filters import SHOWN, Filters

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
COLUMNS = {"field": "field_id", "region": "region_id", "country": "country_id"}
WORDS = "a al kr krak san santa+fe new 神 神户 진주 Лион اسوان pologne united of 2 zzz %25 _ x".split()


def question(chance: random.Random, rows: list[Listing]) -> str:
    """The query string of a question like those of visitors, now and then an absurd one."""
    asked_for: list[tuple[str, str]] = []
    for facet in chance.sample([*asked.FACETS, "group"], chance.choice([0, 1, 1, 2, 3])):
        for _value in range(chance.choice([1, 1, 2])):
            row = chance.choice(rows)
            known = chance.choice(list(asked.GROUPS)) if facet == "group" else getattr(row, COLUMNS.get(facet, facet))
            asked_for.append((facet, chance.choice([str(known)] * 9 + ["unknown"])))
    if chance.random() < 0.4:
        asked_for.append(("sort", chance.choice(list(asked.SORTS))))
    words = chance.choice([*WORDS, *[""] * len(WORDS)])
    return urlencode(asked_for) + (f"&q={words}" if words else "")


def day(chance: random.Random, rows: list[Listing]) -> dt.date:
    """Today, a day on which something changed, or any other."""
    some = dt.date(2003, 1, 1) + dt.timedelta(days=chance.randrange(9_000))
    changed = chance.choice([row.start for row in rows] + [row.end for row in rows if row.end.year < 9999] * 20)
    return chance.choice([TODAY, changed, some])


class Oracle:
    """The same question, put to every row one after the other."""

    def __init__(self, filters: Filters, rows: list[Listing], countries: dict[str, str]) -> None:
        self.filters, self.countries = filters, countries
        self.rows = [row for row in rows if row.start <= filters.day < row.end and self._has_words(row)]

    def _has_words(self, row: Listing) -> bool:
        return all(f" {word}" in row.search for word in self.filters.words.split())

    @staticmethod
    def _values(row: Listing, facet: str) -> list[str]:
        if facet == "group":
            return [group for group in asked.GROUPS if getattr(row, f"is_{group}")]
        return [str(getattr(row, COLUMNS.get(facet, facet)))]

    def chosen(self, besides: str = "") -> list[Listing]:
        return [
            row
            for row in self.rows
            if all(
                not values or facet == besides or set(values) & set(self._values(row, facet))
                for facet, values in self.filters.chosen.items()
            )
        ]

    def counts(self, facet: str) -> dict[str, int]:
        return dict(Counter(chain.from_iterable(self._values(row, facet) for row in self.chosen(besides=facet))))

    def order(self) -> list[str]:
        found = sorted(self.chosen(), key=lambda row: (row.sort, row.slug))
        if self.filters.sort in ("newest", "oldest"):
            found.sort(key=lambda row: row.joined_on, reverse=self.filters.sort == "newest")
        if self.filters.sort == "country":
            found.sort(key=lambda row: self.countries[row.country_id])
        first = self.filters.words.split(" ")[0]
        names = {row.city_id: row.sort for row in found}
        return [row.slug for row in sorted(found, key=lambda row: not (first and names[row.city_id].startswith(first)))]


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize("seed", range(6))
def test_a_question_finds_what_a_look_at_every_row_finds(seed: int):
    chance = random.Random(seed)
    rows = list(Listing.objects.all())
    countries = dict(Country.objects.values_list("iso2", "name_en"))
    for _turn in range(40):
        query = question(chance, rows)
        filters = asked.read(QueryDict(query), day=day(chance, rows), today=TODAY)
        oracle, found = Oracle(filters, rows, countries), queries.find(filters)
        what = f"{query} on {filters.day}"
        assert {facet: {one.value: one.number for one in counts} for facet, counts in found.counts().items()} == {
            facet: oracle.counts(facet) for facet in SHOWN
        }, what
        order = oracle.order()
        assert found.total == len(order), what
        assert [row.slug for row in found.page(limit=500)] == order, what
        offset = chance.randrange(len(order) + 2)
        assert [row.slug for row in found.page(limit=7, offset=offset)] == order[offset : offset + 7], what
        assert [row.slug for row in queries.rows(filters)] == order, what
        assert len(found.cities) == len(order), what
