"""Which cities would make good partners, why, and for the whole network at once without overloading anybody.

A score is a sum of signals from 0 to 1, each times its weight (`data/matching_weights.csv`). All of it is arithmetic on
arrays, a row for each city; nothing here knows where the facts come from.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creativecities.exchange.compute.partners import HIGHEST, REACH, City, Matter, Suggestion

Array = NDArray[np.float32]
Further = Callable[[Sequence[int]], Array]
"""A signal that a higher rung adds: for the keys of all cities a square of values from 0 to 1."""

COMPLEMENTARY = 0.6
"""What fields that have worked together before are worth, where the same field is 1."""
OF_A_TEXT = 2.0
"""A few sentences are half as like to all that a city has written as that of another city is, at the same rank."""
BLOCK = 1_000
LOOKED_AT = 200
"""So many of the best partners of a city take part in a turn of the pass."""


class Network:
    """Cities among which partners are sought."""

    def __init__(
        self,
        cities: Sequence[City],
        weights: Mapping[str, float],
        *,
        complementary: Collection[frozenset[str]] = (),
        further: Mapping[str, Further] | None = None,
        excluded: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.cities = cities
        self.weights = weights
        self._complementary = complementary
        self._further = {name: signal([city.key for city in cities]) for name, signal in (further or {}).items()}
        self._place = {city.key: number for number, city in enumerate(cities)}
        self._excluded: dict[int, list[int]] = {}
        for one, other in excluded:
            if one in self._place and other in self._place:
                self._excluded.setdefault(self._place[one], []).append(self._place[other])

    @property
    def knows_meaning(self) -> bool:
        """Whether anything was told of what cities have written; without it that signal is 0 for all."""
        return any(city.vector is not None for city in self.cities)

    def signals(self, rows: NDArray[np.intp]) -> dict[str, Array]:
        """For some cities, each signal towards every city."""
        facts = self._facts
        own = {name: values[rows] for name, values in facts.items()}
        shared = own["aims"] @ facts["aims"].T
        norms = np.sqrt(np.outer(own["aims"].sum(1), facts["aims"].sum(1)))
        found = {
            "topics": (own["challenges"] @ facts["expertise"].T) / _at_least_one(own["challenges"].sum(1))[:, None],
            "challenges": own["faced"] @ facts["faced"].T,
            "field": self._fields[facts["field"][rows].astype(int)][:, facts["field"].astype(int)],
            "language": np.minimum(own["languages"] @ facts["languages"].T, 1),
            "aims": shared / np.maximum(norms, 1),
            "meaning": np.clip(own["vectors"] @ facts["vectors"].T, 0, 1),
            "new": self._new(rows),
            "capacity": np.broadcast_to(facts["capacity"], (len(rows), len(self.cities))),
            REACH: np.broadcast_to(facts[REACH], (len(rows), len(self.cities))),
        }
        return found | {name: square[rows] for name, square in self._further.items()}

    def scores(self, rows: NDArray[np.intp], *, reach: bool) -> Array:
        """The score of every city as a partner; those that must not be suggested have minus infinity."""
        total = self._total(self.signals(rows), reach=reach)
        total[np.arange(len(rows)), rows] = -np.inf
        for line, row in enumerate(rows):
            total[line, self._excluded.get(int(row), [])] = -np.inf
        return total

    def _total(self, signals: Mapping[str, Array], *, reach: bool) -> Array:
        """Each signal times its weight, added up."""
        total = np.zeros(signals["new"].shape, dtype=np.float32)
        for name, values in signals.items():
            if reach or name != REACH:
                total += np.float32(self.weights.get(name, 0.0)) * values
        return total

    def best(self, key: int, number: int, *, reach: bool = True) -> list[Suggestion]:
        """The best partners of one city, whatever others are told."""
        row = self._place[key]
        scores = self.scores(np.array([row]), reach=reach)[0]
        order = np.argsort(-scores, kind="stable")[:number]
        return self.explained(key, [self.cities[at].key for at in order if scores[at] > -np.inf], reach=reach)

    def explained(self, key: int, partners: Iterable[int], *, reach: bool = True) -> list[Suggestion]:
        """The arithmetic behind some partners of a city."""
        signals = self.signals(np.array([self._place[key]]))
        return [self._told(key, self._place[partner], signals, reach=reach) for partner in partners]

    def for_matter(
        self, matter: Matter, number: int, *, besides: Collection[int] = (), reach: bool = True
    ) -> list[Suggestion]:
        """The best partners for one matter of a city, whatever else is suggested to it; none of `besides`."""
        if matter.city not in self._place:
            return []
        signals = self.signals(np.array([self._place[matter.city]])) | self._about(matter)
        scores = self._total(signals, reach=reach)[0]
        scores[[self._place[key] for key in (matter.city, *besides) if key in self._place]] = -np.inf
        order = np.argsort(-scores, kind="stable")[:number]
        return [self._told(matter.city, at, signals, reach=reach) for at in order if scores[at] > -np.inf]

    def _about(self, matter: Matter) -> dict[str, Array]:
        """The signals in which a matter differs from the city that looks for partners."""
        facts, places = self._facts, [self._field_place[name] for name in matter.fields if name in self._field_place]
        wants, gives, aims = (
            _table([dict.fromkeys(names, 1)], columns)
            for names, columns in (
                (matter.wants, self._topics),
                (matter.gives, self._topics),
                (matter.aims, self._aims),
            )
        )
        about = {
            "topics": (wants @ facts["expertise"].T + gives @ facts["challenges"].T)
            / _at_least_one((wants + gives).sum(1))[:, None],
            "challenges": _unit(wants) @ facts["faced"].T,
        }
        if matter.fields:
            about["field"] = self._fields[places][:, facts["field"].astype(int)].max(axis=0, initial=0)[None, :]
        if matter.aims:
            norms = np.sqrt(np.float32(len(matter.aims)) * facts["aims"].sum(1))
            about["aims"] = (aims @ facts["aims"].T) / np.maximum(norms, 1)
        if matter.vector is not None and self.knows_meaning:
            about["meaning"] = np.clip(OF_A_TEXT * (_vectors([matter.vector]) @ facts["vectors"].T), 0, 1)
        return about

    def _told(self, key: int, at: Any, signals: Mapping[str, Array], *, reach: bool) -> Suggestion:
        """A partner by its place, with what each signal says of it."""
        parts = {
            name: (float(values[0, at]), self.weights.get(name, 0.0))
            for name, values in signals.items()
            if reach or name != REACH
        }
        return Suggestion(key, self.cities[at].key, sum(value * weight for value, weight in parts.values()), parts)

    def everybody(self, number: int, *, reach: bool = True, most: int | None = None) -> dict[int, list[int]]:
        """For every city `number` partners, best first, no city suggested to more than `most` others.

        The best pairs of the whole network come first. Whoever then lacks partners, because those it would like are
        taken, looks again among those who are free. `most` is twice `number` unless told.
        """
        limit, load = most or 2 * number, Counter[int]()
        given: dict[int, list[int]] = {row: [] for row in range(len(self.cities))}
        waiting = list(given)
        while waiting:
            taken = [partner for partner, times in load.items() if times >= limit]
            still = set()
            for row, partner in self._best_pairs(waiting, taken, given, reach=reach):
                if len(given[row]) < number and load[partner] < limit:
                    given[row].append(partner)
                    load[partner] += 1
                still.add(row)
            waiting = [row for row in sorted(still) if len(given[row]) < number]
        keys = [city.key for city in self.cities]
        return {keys[row]: [keys[partner] for partner in partners] for row, partners in given.items()}

    def _best_pairs(
        self, waiting: Sequence[int], taken: Sequence[int], given: Mapping[int, Sequence[int]], *, reach: bool
    ) -> Iterator[tuple[int, int]]:
        """The best pairs of who waits and who is free, the best first."""
        kept, found = min(LOOKED_AT, len(self.cities)), []
        for start in range(0, len(waiting), BLOCK):
            rows = np.array(waiting[start : start + BLOCK])
            scores = self.scores(rows, reach=reach)
            scores[:, taken] = -np.inf
            for line, row in enumerate(rows):
                scores[line, given[int(row)]] = -np.inf
            best = np.argpartition(-scores, kept - 1, axis=1)[:, :kept]
            values = np.take_along_axis(scores, best, 1)
            found.append(np.stack([-values.ravel(), np.repeat(rows, kept), best.ravel()]))
        minus, row, partner = np.concatenate(found, axis=1)
        order = np.lexsort((partner, row, minus))
        order = order[minus[order] < np.inf]
        return zip(row[order].astype(int).tolist(), partner[order].astype(int).tolist(), strict=True)

    def _new(self, rows: NDArray[np.intp]) -> Array:
        """1 where two have never worked together."""
        found = np.ones((len(rows), len(self.cities)), dtype=np.float32)
        for line, row in enumerate(rows):
            found[line, [self._place[key] for key in self.cities[row].partners if key in self._place]] = 0
        return found

    @cached_property
    def _facts(self) -> dict[str, Array]:
        cities = self.cities
        return {
            "challenges": _table([city.challenges for city in cities], self._topics) / np.float32(HIGHEST),
            "expertise": _table([city.expertise for city in cities], self._topics) / np.float32(HIGHEST),
            "faced": _unit(_table([city.challenges for city in cities], self._topics)),
            "field": np.array([self._field_place[city.field] for city in cities], dtype=np.float32),
            "languages": _table(
                [dict.fromkeys(city.languages, 1) for city in cities], _every(city.languages for city in cities)
            ),
            "aims": _table([dict.fromkeys(city.aims, 1) for city in cities], self._aims),
            "vectors": _vectors([city.vector for city in cities]),
            "capacity": np.array([1 / (1 + city.in_contact) for city in cities], dtype=np.float32),
            REACH: np.array([city.reach for city in cities], dtype=np.float32),
        }

    @cached_property
    def _topics(self) -> list[str]:
        return _every((*city.challenges, *city.expertise) for city in self.cities)

    @cached_property
    def _aims(self) -> list[str]:
        return _every(city.aims for city in self.cities)

    @cached_property
    def _field_place(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(sorted({city.field for city in self.cities}))}

    @cached_property
    def _fields(self) -> Array:
        """What each two fields are worth to each other."""
        found = np.eye(len(self._field_place), dtype=np.float32)
        for pair in self._complementary:
            places = [self._field_place[name] for name in pair if name in self._field_place]
            if len(places) == 2:
                found[places[0], places[1]] = found[places[1], places[0]] = COMPLEMENTARY
        return found


def _every(names: Iterable[Iterable[str]]) -> list[str]:
    """All names that occur, in order."""
    return sorted({name for each in names for name in each})


def _table(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Array:
    """A row for each mapping, a column for each of the names; never without columns."""
    columns = {name: at for at, name in enumerate(names)}
    found = np.zeros((len(rows), max(1, len(columns))), dtype=np.float32)
    for line, row in enumerate(rows):
        for name, value in row.items():
            if name in columns:
                found[line, columns[name]] = value
    return found


def _unit(rows: Array) -> Array:
    """Rows of length 1; those of zeros stay."""
    return rows / _at_least_one(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _at_least_one(values: Array, least: float = 1.0) -> Array:
    """For dividing by: what is empty divides by one."""
    return np.where(values > 0, values, np.float32(least)).astype(np.float32)


def _vectors(given: Sequence[Sequence[float] | Array | None]) -> Array:
    """Vectors of length 1; a row of zeros where none is given."""
    width = max((len(vector) for vector in given if vector is not None), default=1)
    found = np.zeros((len(given), width), dtype=np.float32)
    for line, vector in enumerate(given):
        if vector is not None:
            found[line] = np.asarray(vector, dtype=np.float32)
    return _unit(found)
