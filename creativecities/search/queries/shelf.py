"""What a worker keeps of the current index: who may find what, facets as sets, and all names. Reloaded on change."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from creativecities.core import freshness
from creativecities.search.compute import cues
from creativecities.search.compute.cues import Known
from creativecities.search.models import Entry, Index
from creativecities.search.queries import providers

SIMILAR = 0.66
"""From which likeness, of 1, a name may be the one that was meant: one slip in three letters."""
SHORTEST_MISTYPED = 4


@dataclass(frozen=True, eq=False)
class Shelf:
    """Entries by their place; a set of them is a number whose bit n stands for the nth."""

    ids: Sequence[int]
    keys: Sequence[tuple[str, str]]
    boosts: Sequence[float]
    audiences: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    titles: Mapping[str, Sequence[int]]
    names: Mapping[str, Sequence[int]]
    cues: Known

    @cached_property
    def places(self) -> dict[int, int]:
        return {pk: place for place, pk in enumerate(self.ids)}

    def visible(self, audiences: Iterable[str]) -> int:
        """What these audiences may find, as a set."""
        found = 0
        for name in audiences:
            found |= self.audiences.get(name, 0)
        return found

    def chosen(self, facet: str, values: Iterable[str]) -> int:
        """What has one of these values."""
        found = 0
        for value in values:
            found |= self.facets.get(facet, {}).get(value, 0)
        return found

    def spoken(self, question: str) -> list[tuple[int, float]]:
        """Sets of entries for which a question speaks, one a facet, and what that counts."""
        found = cues.spoken(question, self.cues)
        return [(self.chosen(facet, values), max(values.values())) for facet, values in found.items()]

    def similar(self, folded: str, visible: int, *, most: int = 5) -> list[tuple[int, float]]:
        """Entries with a name like the one typed, the most alike first."""
        if not SHORTEST_MISTYPED - (not folded.isascii()) <= len(folded) <= self._longest_mistyped:
            return []
        alike = OSA.normalized_similarity  # letters that changed places are one slip
        likely = process.extract(folded, self._all_names, scorer=alike, score_cutoff=SIMILAR, limit=most * 4)
        found: dict[int, float] = {}
        for name, likeness, _place in likely:
            # Of equals, what begins alike comes first, and a title before a name by which the thing goes elsewhere.
            score = likeness + JaroWinkler.similarity(folded, name) / 10 + (name in self.titles) / 20
            for place in self.names[name]:
                if visible >> place & 1:
                    found[place] = max(score, found.get(place, 0))
        return sorted(found.items(), key=lambda pair: -pair[1])[:most]

    @cached_property
    def _all_names(self) -> list[str]:
        return sorted(self.names)

    @cached_property
    def _longest_mistyped(self) -> float:
        """Longer than this, nothing can be like any name."""
        return max(map(len, self.names), default=0) / SIMILAR

    def beginning(self, folded: str) -> Iterator[int]:
        """Entries with a name that begins so."""
        for name in islice(self._all_names, bisect_left(self._all_names, folded), None):
            if not name.startswith(folded):
                return
            yield from self.names[name]


def current() -> Shelf | None:
    """The shelf of the current index; None while there is no index. At most one statement while nothing is written."""
    found = version()
    return _loaded(*found[:2]) if found else None


@freshness.kept(maxsize=16)
def present_of(kind: str) -> frozenset[str] | None:
    """Which things of a kind may be shown now; None where nothing is ever withdrawn. What the provider costs, kept."""
    for one in providers.registered():
        if one.kind == kind and one.present:
            return frozenset(one.present())
    return None


@freshness.kept()
def present(shelf: Shelf) -> int:
    """What of a shelf may be shown now, as a set: a thing may be withdrawn before the index has followed."""
    asked = {kind: keys for kind in {kind for kind, _key in shelf.keys} if (keys := present_of(kind)) is not None}
    places = (place for place, (kind, key) in enumerate(shelf.keys) if kind not in asked or key in asked[kind])
    return as_set(places, len(shelf.ids))


@freshness.kept()
def version() -> tuple[int, dt.datetime, dt.datetime | None] | None:
    """Which index answers, and when its entries and its meanings last changed. One statement after a write."""
    current = Index.objects.filter(state=Index.CURRENT)
    found: tuple[int, dt.datetime, dt.datetime | None] | None
    found = current.values_list("pk", "written_at", "meant_at").first()
    return found


@lru_cache(maxsize=1)
def _loaded(index: int, written_at: dt.datetime) -> Shelf:
    rows = list(
        Entry.objects.filter(index_id=index)
        .order_by("pk")
        .values_list("pk", "kind", "key", "boost", "audience", "facets", "names")
    )
    audiences: dict[str, list[int]] = {}
    facets: dict[str, dict[str, list[int]]] = {}
    titles: dict[str, list[int]] = {}
    names: dict[str, list[int]] = {}
    for place, (_pk, kind, _key, _boost, audience, its_facets, its_names) in enumerate(rows):
        audiences.setdefault(audience, []).append(place)
        for facet, values in {"type": [kind], **its_facets}.items():
            for value in values:
                facets.setdefault(facet, {}).setdefault(value, []).append(place)
        its_titles, _blank, others = its_names.partition("\n\n")
        for title in filter(None, its_titles.split("\n")):
            titles.setdefault(title, []).append(place)
        for name in filter(None, (*its_titles.split("\n"), *others.split("\n"))):
            names.setdefault(name, []).append(place)
    size = len(rows)
    return Shelf(
        ids=[row[0] for row in rows],
        keys=[row[1:3] for row in rows],
        boosts=[row[3] for row in rows],
        audiences={name: as_set(found, size) for name, found in audiences.items()},
        facets={
            facet: {value: as_set(found, size) for value, found in values.items()} for facet, values in facets.items()
        },
        titles=titles,
        names=names,
        cues=Index.objects.values_list("cues", flat=True).get(pk=index),
    )


def within(places: int, size: int) -> Callable[[int], bool]:
    """Whether a place is in a set, for asking often."""
    cells = places.to_bytes(size // 8 + 1, "little")
    return lambda place: bool(cells[place >> 3] >> (place & 7) & 1)


def as_set(places: Iterable[int], size: int) -> int:
    """Places as a set."""
    cells = bytearray(size // 8 + 1)
    for place in places:
        cells[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(cells, "little")
