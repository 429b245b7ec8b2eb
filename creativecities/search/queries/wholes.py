"""What each public thing means as a whole: to be compared with others, or with a text that is not indexed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import connection

from creativecities.search.compute import engine, vectors
from creativecities.search.compute.documents import LONGEST_PASSAGE
from creativecities.search.compute.vectors import Rows
from creativecities.search.queries import meanings
from creativecities.search.queries import shelf as shelves

_ROWS = """
SELECT e.kind, e.key, m.row FROM search_passage p JOIN search_entry e ON e.id = p.entry_id
JOIN search_meaning m ON m.digest = p.meaning WHERE e.index_id = %s AND e.gist <> '' AND e.audience = 'public'
UNION ALL
SELECT e.kind, e.key, m.row FROM search_entry e JOIN search_meaning m ON m.digest = e.meaning
WHERE e.index_id = %s AND e.audience = 'public'
ORDER BY 1, 2
"""


@dataclass(frozen=True, eq=False)
class Wholes:
    """By kind and key, rows of length one; `middle` is what all texts have in common."""

    rows: Mapping[tuple[str, str], Rows]
    middle: Rows

    def of(self, text: str) -> Rows | None:
        """What the beginning of a text means among them; None where the engine does not work."""
        asked = engine.of_query(text[:LONGEST_PASSAGE])
        return None if asked is None else vectors.unit(vectors.without(meanings.directions(), asked) - self.middle)


def wholes() -> Wholes | None:
    """Of every public thing that says what it is about; None where no meanings are told.

    One statement after a write, one more when meanings have changed.
    """
    found = shelves.version()
    return _told(found[0], found[2]) if found and found[2] else None


@lru_cache(maxsize=1)
def _told(index: int, _meant_at: dt.datetime) -> Wholes | None:
    """Compared with the middle of its kind, so that a kind is not what makes two things alike."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [index, index])
        kept: list[Any] = cursor.fetchall()
    found: dict[tuple[str, str], Rows] = {}
    middles = []
    for kind, its in groupby(kept, key=lambda row: row[0]):
        keys, rows = zip(*((key, row) for _kind, key, row in its), strict=True)
        told = vectors.without(meanings.directions(), vectors.unpacked(rows))
        middles.append(told.mean(axis=0))
        told = vectors.unit(told - middles[-1])
        for key, places in groupby(range(len(keys)), key=keys.__getitem__):
            found[kind, key] = vectors.unit(told[list(places)].sum(axis=0))
    return Wholes(found, sum(middles) / len(middles)) if found else None
