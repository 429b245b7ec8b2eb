"""What the documents of the index mean: which are not told yet, and which are near to what somebody asks."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from creativecities.search.compute import engine, vectors
from creativecities.search.compute.vectors import Rows
from creativecities.search.models import Index
from creativecities.search.queries import shelf as shelves
from creativecities.search.queries.shelf import Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
else:
    Numbers = Any

_ROWS = """
SELECT p.entry_id, p.id, m.row FROM search_passage p JOIN search_entry e ON e.id = p.entry_id
JOIN search_meaning m ON m.digest = p.meaning WHERE e.index_id = %s
UNION ALL
SELECT e.id, 0, m.row FROM search_entry e JOIN search_meaning m ON m.digest = e.meaning WHERE e.index_id = %s
ORDER BY 1, 2
"""
_MISSING = """
SELECT p.meaning, MIN(p.text) FROM search_passage p JOIN search_entry e ON e.id = p.entry_id
WHERE e.index_id = %s AND p.meaning <> '' AND NOT EXISTS (SELECT 1 FROM search_meaning m WHERE m.digest = p.meaning)
GROUP BY p.meaning
UNION
SELECT e.meaning, MIN(e.gist) FROM search_entry e
WHERE e.index_id = %s AND e.meaning <> '' AND NOT EXISTS (SELECT 1 FROM search_meaning m WHERE m.digest = e.meaning)
GROUP BY e.meaning
"""


OF_GIST, OF_ALL = 0.3, 0.3
"""What the gist of a document and all its passages together count beside its nearest passage; see bench/README.md."""
OF_NO_GIST = -0.15
"""What counts for a document that does not say what it is about: of many short passages, one is near to anything."""
NEVER = -9.0


@dataclass(frozen=True, eq=False)
class Told:
    """The meanings of an index: one row a passage or gist, those of an entry together."""

    rows: Rows
    passages: Numbers
    starts: Numbers
    places: Numbers
    """Of the entry whose rows begin at the same place of `starts`, its place on the shelf."""
    wholes: Rows
    """Of the same entry, what it means as a whole, weighed against its nearest passage."""
    unsaid: Rows
    """Of the same entry, what it loses if it has no gist."""
    middle: Rows
    """What all texts have in common, which tells none from another."""


@dataclass(frozen=True, slots=True)
class Near:
    """An entry near to what was asked: how near, and by which of its passages."""

    likeness: float
    passage: int


def missing(index: Index) -> dict[str, str]:
    """Texts whose meaning nobody has told yet, by digest. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [index.pk, index.pk])
        return dict(cursor.fetchall())


def nearest(
    query: str, shelf: Shelf, visible: int, *, spoken: Collection[tuple[int, float]] = (), most: int
) -> dict[int, Near] | None:
    """The visible entries nearest in meaning, by place, the nearest first; None where meanings are not told.

    `spoken` are sets of entries for which the question speaks, and how much nearer that brings them. One statement
    after a write, none otherwise.
    """
    found = shelves.version()
    if not settings.MEANING_ENGINE or found is None or found[2] is None:
        return None
    asked = engine.of_query(query)
    told = _told(shelf, found[2]) if asked is not None else None
    if told is None or asked is None:
        return None
    pointed = vectors.unit(vectors.without(directions(), asked) - told.middle)
    brought = sum((weight * _among(told, places, shelf) for places, weight in spoken), start=told.unsaid)
    return dict(_near(told, pointed, brought, _among(told, visible, shelf), most))


def _among(told: Told, places: int, shelf: Shelf) -> Numbers:
    """For each entry, whether it is in a set: 1 or 0."""
    import numpy as np

    cells = np.frombuffer(places.to_bytes(len(shelf.ids) // 8 + 1, "little"), dtype=np.uint8)
    return np.unpackbits(cells, bitorder="little")[told.places].astype(np.intp)


def _near(told: Told, asked: Rows, brought: Rows, visible: Numbers, most: int) -> Iterator[tuple[int, Near]]:
    import numpy as np

    likenesses = told.rows @ asked
    best = np.maximum.reduceat(likenesses, told.starts) + told.wholes @ asked + brought
    best[visible == 0] = NEVER
    ends = np.append(told.starts[1:], len(likenesses))
    for number in np.argsort(-best, kind="stable")[:most]:
        if best[number] <= NEVER:
            return
        its = slice(told.starts[number], ends[number])
        written = np.where(told.passages[its] == 0, NEVER, likenesses[its])  # a gist is not shown
        yield int(told.places[number]), Near(float(best[number]), int(told.passages[its][written.argmax()]))


@lru_cache(maxsize=1)
def _told(shelf: Shelf, meant_at: dt.datetime) -> Told | None:
    """One statement."""
    import numpy as np

    found = shelves.version()
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [found[0], found[0]] if found else [0, 0])
        kept = [
            (shelf.places[entry], passage, row) for entry, passage, row in cursor.fetchall() if entry in shelf.places
        ]
    if not kept:
        return None
    places, starts = np.unique(np.array([place for place, _passage, _row in kept]), return_index=True)
    passages = np.array([passage for _place, passage, _row in kept])
    rows = vectors.without(directions(), vectors.unpacked([row for _place, _passage, row in kept]))
    middle = rows.mean(axis=0)
    rows = vectors.unit(rows - middle)
    gists = np.add.reduceat(np.where(passages[:, None] == 0, rows, np.float32(0)), starts)
    wholes = OF_GIST * gists + OF_ALL * vectors.unit(np.add.reduceat(rows, starts))
    unsaid = np.where(np.minimum.reduceat(passages, starts) == 0, 0, OF_NO_GIST)
    return Told(rows, passages, starts, places, wholes, unsaid, middle)


@lru_cache(maxsize=1)
def directions() -> Rows:
    """The directions in which languages differ, as they come with the reference data; none where they do not."""
    import numpy as np

    with _shipped() as held:
        return held["directions"] if held else np.zeros((0, 0), dtype=np.float32)


def shipped() -> dict[str, bytes]:
    """The meanings that come with the reference data, by digest."""
    with _shipped() as held:
        pairs = zip(held["digests"], held["rows"], strict=True) if held else ()
        return {digest.tobytes().hex(): row.tobytes() for digest, row in pairs}


@contextmanager
def _shipped() -> Iterator[Mapping[str, Any]]:
    """The file of this site's engine; empty if there is none."""
    import numpy as np

    path = Path(settings.MEANINGS_FILE)
    if not path.exists():
        yield {}
        return
    with np.load(path) as held:
        yield held if str(held["engine"]) == engine.name() else {}
