"""What a list of cities was asked for: read from an address, turned into conditions, written back into one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from creativecities.core.text import fold

FACETS = {
    "field": "l.field_id",
    "region": "l.region_id",
    "country": "l.country_id",
    "year": "l.year",
    "size": "l.size",
    "development": "l.development",
}
SHOWN = ("field", "region", "country", "year", "size", "group")
GROUPS = {"ldc": "l.is_ldc", "lldc": "l.is_lldc", "sids": "l.is_sids"}
SORTS = {
    "name": "l.sort, l.slug",
    "newest": "l.joined_on DESC, l.sort, l.slug",
    "oldest": "l.joined_on, l.sort, l.slug",
    "country": "c.name_en, l.sort, l.slug",
}
MOST_VALUES = 40
LONGEST_WORD = 80


class Query(Protocol):
    """The part of Django's QueryDict that is read here."""

    def get(self, key: str, default: None = None) -> str | None: ...
    def getlist(self, key: str) -> list[str]: ...


Condition = tuple[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Filters:
    """A question to the list: the day, the chosen values of each facet, the words, the order."""

    day: dt.date
    is_today: bool = True
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    sort: str = "name"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or any(self.chosen.values()))

    @property
    def as_of(self) -> str:
        """What an address needs to stay on the day; nothing for today."""
        return "" if self.is_today else f"?as_of={self.day.isoformat()}"

    def values(self, facet: str) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def where(self) -> Condition:
        """SQL for the WHERE of a statement on the listing."""
        parts = ['l.start <= %s AND l."end" > %s']
        params: list[object] = [self.day, self.day]
        for name, values in self.chosen.items():
            if not values:
                continue
            if name == "group":
                parts.append("(" + " OR ".join(GROUPS[value] for value in values) + ")")
            else:
                parts.append(f"{FACETS[name]} IN ({', '.join(['%s'] * len(values))})")
                params += values
        for word in self.words.split():
            parts.append("l.search LIKE %s")
            params.append(f"% {word}%")
        return " AND ".join(parts), params

    def order(self) -> str:
        return SORTS[self.sort]


def read(query: Query, *, day: dt.date | None, today: dt.date, fixed: Mapping[str, str] | None = None) -> Filters:
    """The question an address asks. What is unknown finds nothing; what is endless is cut."""
    chosen: dict[str, tuple[str, ...]] = {}
    for facet in (*FACETS, "group"):
        values = query.getlist(facet)
        if values:
            chosen[facet] = _clean(facet, values)
    for facet, value in (fixed or {}).items():
        chosen[facet] = (value,)
    sort = query.get("sort") or "name"
    return Filters(
        day=day or today,
        is_today=day is None,
        chosen=chosen,
        words=fold((query.get("q") or "")[:LONGEST_WORD]),
        sort=sort if sort in SORTS else "name",
    )


def _clean(facet: str, values: list[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(value[:40].strip() for value in values[:MOST_VALUES])
    kept.pop("", None)
    if facet == "country":
        kept = dict.fromkeys(value.upper() for value in kept)
    if facet == "year":
        years = (value for value in kept if value.isascii() and value.isdigit() and len(value) <= 4)
        kept = dict.fromkeys(str(int(year)) for year in years)
        return tuple(kept) or ("0",) if values and any(values) else ()
    if facet == "group":
        kept = dict.fromkeys(value for value in kept if value in GROUPS)
    return tuple(kept)
