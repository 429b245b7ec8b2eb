"""The plan of a day as a grid: rooms across, half hours down, each session where it begins and as high as it lasts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from creativecities.conference.compute.clashes import Part

STEP = 30
"""Minutes of a row."""
USUAL = (9 * 60, 18 * 60)
"""From when until when a day is shown, though nothing is planned then."""
HIGHEST = 24
"""Rows of the longest session that is drawn in its length."""


@dataclass(frozen=True, slots=True)
class Block:
    """A session in the grid: its hours as the clock of the place shows them, and over how many rows it lasts."""

    part: Part
    hours: str
    rows: int


@dataclass(frozen=True, slots=True)
class Row:
    """Half an hour: as the box for day and hour writes it, as people write it, and what begins then, room by room."""

    wall: str
    hour: str
    cells: list[tuple[str, list[Block]]]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the edition; whether a column stands for what has no room yet."""

    day: dt.date
    rows: list[Row]
    has_no_room: bool


def days(edition_days: Iterable[dt.date], parts: Sequence[Part], rooms: Sequence[str], zone: str) -> list[Day]:
    """The days of an edition, and others on which something is planned. `rooms` are keys; "" is no room yet."""
    there = ZoneInfo(zone)
    by_day: dict[dt.date, list[tuple[Block, int, int]]] = defaultdict(list)
    for part in parts:
        if part.starts_at and part.ends_at:
            start, end = part.starts_at.astimezone(there), part.ends_at.astimezone(there)
            # How long it lasts, also on a night on which the clock is changed.
            length = int((part.ends_at - part.starts_at).total_seconds()) // 60
            minute = start.hour * 60 + start.minute
            rows = max(1, min(HIGHEST, (minute % STEP + length + STEP - 1) // STEP))
            by_day[start.date()].append((Block(part, f"{start:%H:%M}–{end:%H:%M}", rows), minute, length))
    return [_day(day, by_day[day], rooms) for day in sorted({*edition_days, *by_day})]


def _day(day: dt.date, timed: list[tuple[Block, int, int]], rooms: Sequence[str]) -> Day:
    beginning: dict[tuple[int, str], list[Block]] = defaultdict(list)
    first, last = USUAL
    for block, minute, length in timed:
        row = minute // STEP * STEP
        first, last = min(first, row), max(last, min(minute + length, 24 * 60))
        beginning[row, block.part.room].append(block)
    has_no_room = any(not block.part.room for block, _minute, _length in timed)
    shown = [*rooms, *([""] if has_no_room else [])]
    hours = [(minute, f"{minute // 60:02}:{minute % 60:02}") for minute in range(first, last, STEP)]
    rows = [Row(f"{day}T{hour}", hour, [(room, beginning[minute, room]) for room in shown]) for minute, hour in hours]
    return Day(day, rows, has_no_room)
