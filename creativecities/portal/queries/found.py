"""What a question to the list finds: counted, put in order and shown, all from sets of rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import chain, islice
from operator import and_
from typing import NamedTuple

from creativecities.network.compute import rowsets
from creativecities.network.compute.listing import as_bytes
from creativecities.portal.compute.filters import SHOWN, Filters
from creativecities.portal.queries.known import known, names
from creativecities.portal.queries.lists import Row, of_cities
from creativecities.portal.queries.statements import fetch, fetch_bytes


class Count(NamedTuple):
    """How many cities there are of one value of a facet."""

    value: str
    label: str
    number: int


@dataclass(frozen=True)
class Found:
    """What a question to the list finds, as a set of its rows (see `network.compute.rowsets`).

    It is counted, put in order and shown on the map without being looked for again.
    """

    filters: Filters
    sets: rowsets.Sets
    keys: Sequence[int]
    parts: Mapping[str, int]
    begins: Collection[int]

    @cached_property
    def rows(self) -> int:
        return self._besides("")

    @property
    def ever(self) -> int:
        """The rows of any day."""
        return self._besides("day")

    @property
    def total(self) -> int:
        return self.rows.bit_count()

    @cached_property
    def cities(self) -> list[int]:
        """The keys of the cities, in the order of names."""
        return list(rowsets.pick(self.rows, self.keys))

    def counts(self, names: Sequence[str] = SHOWN) -> dict[str, list[Count]]:
        """Counts of each facet, each without its own choice. No statement."""
        return {name: list(self._counted(name)) for name in names}

    def page(self, *, limit: int, offset: int = 0, sort: str = "") -> list[Row]:
        """Some of the cities, in the order asked for. One statement."""
        chosen = list(islice(self._in_order(sort or self.filters.sort), offset, offset + limit))
        return of_cities(chosen, self.filters.day)

    def _besides(self, facet: str) -> int:
        return reduce(and_, (rows for name, rows in self.parts.items() if name != facet), -1)

    def _counted(self, name: str) -> Iterator[Count]:
        among, labels = self._besides(name), names().get(name, {})
        for value, rows in self.sets.get(name, {}).items():
            if number := (rows & among).bit_count():
                yield Count(value, labels.get(value, value), number)

    def _in_order(self, sort: str) -> Iterable[int]:
        """Cities in the order asked for; those whose name begins with the first word before the others."""
        rows = self.rows
        found = chain.from_iterable(rowsets.pick(rows & group, self.keys) for group in self._groups(sort))
        if not self.begins:
            return found
        return sorted(self.cities if sort == "name" else found, key=self.begins.__contains__, reverse=True)

    def _groups(self, sort: str) -> Iterable[int]:
        """Sets that follow each other in an order; within each, rows are in the order of names."""
        if sort == "name":
            return [-1]
        known = self.sets.get("country" if sort == "country" else "joined", {})
        if sort == "country":
            labels = names("en")["country"]
            return [known[value] for value in sorted(known, key=lambda value: labels.get(value, value))]
        return [known[day] for day in sorted(known, reverse=sort == "newest")]


def find(filters: Filters) -> Found:
    """What a question finds. One statement, one more for words."""
    sets: dict[str, dict[str, int]] = {}
    keys: Sequence[int] = ()
    for facet, value, bits in sorted(fetch_bytes("SELECT facet, value, bits FROM network_rowset")):
        if facet == "city":
            keys = rowsets.cities(bits)
        else:
            sets.setdefault(facet, {})[value] = rowsets.read(bits)
    parts = {"day": rowsets.during(sets, filters.day)}
    for facet, values in filters.chosen.items():
        if values:
            parts[facet] = rowsets.any_of(sets.get(facet, {}), values)
    named = _named(filters.words.split())
    for number, (cities, countries, _beginning) in enumerate(named):
        in_countries = rowsets.any_of(sets.get("country", {}), countries)
        parts[f"word {number}"] = rowsets.where_among(keys, cities) | in_countries
    return Found(filters, sets, keys, parts, begins=named[0][2] if named else frozenset())


Named = tuple[set[int], set[str], set[int]]


def _named(words: Sequence[str]) -> list[Named]:
    """For each word, the cities and the countries with a name that holds it, and the cities whose name begins so."""
    found: list[Named] = [(set(), set(), set()) for _word in words]
    each = "SELECT {}, w.city_id, w.country_id, w.begins FROM network_word w WHERE w.word >= %s AND w.word < %s"
    statement = " UNION ".join(each.format(number) for number in range(len(words)))
    beginnings = [as_bytes(word) for word in words]
    params = [bound for beginning in beginnings for bound in (beginning, beginning + b"\xff")]
    for number, city, country, begins in fetch(statement, params) if words else ():
        cities, countries, beginning = found[number]
        if city is None:
            countries.add(country)
        else:
            cities.add(city)
            if begins:
                beginning.add(city)
    return found


def facets(filters: Filters, names: Sequence[str] = SHOWN) -> dict[str, list[Count]]:
    """Counts of each facet, each without its own choice, and the total under `total`. One statement."""
    found = find(filters)
    return {**found.counts(names), "total": [Count("", "", found.total)]}


def counted_countries(counts: Sequence[Count]) -> int:
    """How many countries, with those that are counted with another one as one."""
    together = known().together
    return len({together.get(count.value, count.value) for count in counts})
