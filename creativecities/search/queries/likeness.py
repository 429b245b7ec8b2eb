"""Which public documents of a kind are near to each other in meaning: worked out by the job, read by pages."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from creativecities.search.compute import vectors
from creativecities.search.compute.vectors import Rows
from creativecities.search.models import Index
from creativecities.search.queries import meanings
from creativecities.search.queries import shelf as shelves

MOST = 4
CHUNK = 512
Related = tuple[int, int, int | None, int]
"""An entry, one near to it, that one's passage which is nearest, and how near in order."""

_ROWS = """
SELECT e.kind, e.id, p.id, m.row FROM search_passage p JOIN search_entry e ON e.id = p.entry_id
JOIN search_meaning m ON m.digest = p.meaning WHERE e.index_id = %s AND e.gist <> '' AND e.audience = 'public'
UNION ALL
SELECT e.kind, e.id, 0, m.row FROM search_entry e JOIN search_meaning m ON m.digest = e.meaning
WHERE e.index_id = %s AND e.audience = 'public'
ORDER BY 1, 2, 3
"""

_SIMILAR = """
SELECT o.key, o.path, o.titles, o.facts, p.language, p.text FROM search_entry e
JOIN search_index i ON i.id = e.index_id JOIN search_similar s ON s.entry_id = e.id
JOIN search_entry o ON o.id = s.other_id LEFT JOIN search_passage p ON p.id = s.passage_id
WHERE e.kind = %s AND e.key = %s AND i.state = %s ORDER BY s.rank
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another thing of the same kind, and the passage of it that says why. `path` is its address without language."""

    key: str
    path: str
    titles: Mapping[str, str]
    facts: Mapping[str, str]
    language: str
    passage: str


def similar(kind: str, key: str) -> list[Likeness]:
    """What is near to a thing in meaning, the nearest first, as far as it may be shown now. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, [kind, key, Index.CURRENT])
        rows = cursor.fetchall()
    shown = shelves.present_of(kind)
    return [
        Likeness(its_key, path, json.loads(titles), json.loads(facts), language or "", text or "")
        for its_key, path, titles, facts, language, text in rows
        if shown is None or its_key in shown
    ]


def worked_out(index: Index) -> set[Related]:
    """Every entry that says what it is about, with those of its kind nearest to it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [index.pk, index.pk])
        rows = cursor.fetchall()
    return {one for _kind, its in groupby(rows, key=lambda row: row[0]) for one in _of_kind(list(its))}


def _of_kind(rows: list[Any]) -> Iterator[Related]:
    import numpy as np

    told = vectors.without(meanings.directions(), vectors.unpacked([row for *_facts, row in rows]))
    told = vectors.unit(told - told.mean(axis=0))
    entries, starts = np.unique(np.array([entry for _kind, entry, *_rest in rows]), return_index=True)
    passages = [passage for _kind, _entry, passage, _row in rows]
    ends = [*starts[1:].tolist(), len(rows)]
    whole: Rows = vectors.unit(np.add.reduceat(told, starts))
    for begin in range(0, len(entries), CHUNK):
        likenesses = whole[begin : begin + CHUNK] @ whole.T
        for offset, row in enumerate(likenesses):
            row[begin + offset] = -2.0
            for rank, other in enumerate(np.argsort(-row, kind="stable")[: min(MOST, len(entries) - 1)].tolist()):
                its = range(int(starts[other]), ends[other])
                written = [number for number in its if passages[number]]
                best = max(written, key=lambda number: float(told[number] @ whole[begin + offset]), default=None)
                yield int(entries[begin + offset]), int(entries[other]), passages[best] if best else None, rank
