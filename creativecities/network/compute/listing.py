"""The rows of lists: a city's time as a member, cut wherever something a list shows has changed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from creativecities.core.equalearth import project
from creativecities.core.text import fold
from creativecities.network.compute import size

FOREVER = dt.date(9999, 12, 31)
EXCERPT = 160
LONGEST_WORD = 400
Interval = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True)
class Spell:
    """A membership in one field, from `start` until before `end`."""

    field: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True)
class FormerName:
    """The name a city had until before `end`."""

    name: str
    start: dt.date | None
    end: dt.date


@dataclass(frozen=True)
class Facts:
    """What is known of a city; `columns` are shown as they are, `words` are all its names."""

    name: str
    columns: dict[str, Any]
    latitude: float
    longitude: float
    population: int | None
    year: int
    year_only: bool
    spells: Sequence[Spell]
    former_names: Sequence[FormerName] = ()
    least_developed: Sequence[Interval] = ()
    words: Sequence[str] = ()
    country_words: Sequence[str] = ()
    portrait: str = ""


def rows(facts: Facts) -> Iterator[dict[str, Any]]:
    """One row for each stretch of time in which nothing shown changes: no overlap, no gap within a membership."""
    if not facts.spells:
        return
    map_x, map_y = project(facts.latitude, facts.longitude)
    same = {
        **facts.columns,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "map_x": round(map_x, 1),
        "map_y": round(map_y, 1),
        "size": size.band(facts.population),
        "year": facts.year,
        "year_only": facts.year_only,
        "joined_on": min(spell.start for spell in facts.spells),
        "excerpt": excerpt(facts.portrait),
        "search": searchable([*facts.words, *facts.country_words]),
    }
    for spell in facts.spells:
        for start, end in _stretches(spell, facts):
            name = name_on(facts, start)
            is_ldc = any(_covers(interval, start) for interval in facts.least_developed)
            yield {
                **same, "field_id": spell.field, "start": start, "end": end, "name": name,
                "sort": fold(name)[:100], "is_ldc": is_ldc,
            }  # fmt: skip


def words(facts: Facts) -> dict[bytes, bool]:
    """Each word of a city's names as it is looked for; True where a name of the city, now or once, begins with it."""
    names = [facts.name, *(former.name for former in facts.former_names)]
    begin = {fold(name).split(" ", 1)[0] for name in names}
    return {as_bytes(word): word in begin for name in facts.words for word in fold(name).split()}


def as_bytes(word: str) -> bytes:
    """A folded word as it is kept and compared; what is longer than any word is cut."""
    return word.encode()[:LONGEST_WORD]


def _stretches(spell: Spell, facts: Facts) -> Iterable[tuple[dt.date, dt.date]]:
    first, last = spell.start, spell.end or FOREVER
    days = {day for former in facts.former_names for day in (former.start, former.end)}
    days |= {day for interval in facts.least_developed for day in interval}
    cuts = sorted(day for day in days if day is not None and first < day < last)
    return pairwise([first, *cuts, last])


def _covers(interval: Interval, day: dt.date) -> bool:
    start, end = interval
    return (start is None or start <= day) and (end is None or day < end)


def name_on(facts: Facts, day: dt.date) -> str:
    """The name of a day: of the former names that held then the first to end, else the present one."""
    held = [former for former in facts.former_names if _covers((former.start, former.end), day)]
    return min(held, key=lambda former: former.end).name if held else facts.name


def searchable(words: Iterable[str]) -> str:
    """Names folded, each once and each after a blank, so that a search for ` krak` finds beginnings of words."""
    folded = dict.fromkeys(fold(word) for word in words)
    return "".join(f" {word}" for word in folded if word)


def excerpt(text: str) -> str:
    """The first sentences of a portrait, or as many words as there is room for."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    sentences = text[: EXCERPT + 1]
    end = max(sentences.rfind(mark) for mark in (". ", "! ", "? "))
    if end >= EXCERPT // 3:
        return text[: end + 1]
    return text[: EXCERPT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
