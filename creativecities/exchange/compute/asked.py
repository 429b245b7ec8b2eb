"""What a list of initiatives was asked for, read from an address."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from creativecities.core.text import fold

FACETS = ("kind", "field", "region", "country", "city", "objective", "area", "sdg", "year", "looking", "topic")
SORTS = ("title", "newest", "oldest")
MOST_VALUES = 40
LONGEST_WORDS = 80


class Query(Protocol):
    """The part of Django's QueryDict that is read here."""

    def get(self, key: str, default: None = None) -> str | None: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The chosen values of each facet, the words, the order; with a day, only what had begun by then."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    sort: str = "title"
    day: dt.date | None = None

    def values(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())


def read(query: Query, *, day: dt.date | None = None) -> Asked:
    """The question an address asks. What is unknown finds nothing; what is endless is cut."""
    chosen = {facet: _clean(facet, values) for facet in FACETS if any(values := query.getlist(facet))}
    sort = query.get("sort") or "title"
    words = fold((query.get("q") or "")[:LONGEST_WORDS])
    return Asked(chosen, words, sort if sort in SORTS else "title", day)


def _clean(facet: str, values: list[str]) -> tuple[str, ...]:
    kept = (value[:100].strip() for value in values[:MOST_VALUES])
    upper = facet in ("country", "objective", "area")
    return tuple(dict.fromkeys(value.upper() if upper else value for value in kept if value))
