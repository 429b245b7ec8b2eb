"""When people meet at the fair: windows of the day cut into slots of equal length, on the clock of the place."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from creativecities.conference.compute.definition import Settings

MOST_SLOTS, MOST_TABLES = 60, 100
Window = tuple[str, str]
"""From when until when, as 2031-05-04T09:00 on the clock of the place."""


@dataclass(frozen=True, slots=True)
class Time:
    """One slot: its number in the order of time, and which window it is of. Between windows people rest."""

    number: int
    window: int
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def key(self) -> str:
        """What is kept where a delegation cannot come then; it does not change when others are added."""
        return self.starts_at.strftime("%Y-%m-%dT%H:%MZ")


@dataclass(frozen=True, slots=True)
class Meetings:
    """How meetings are held at an edition: at how many tables, how long, when."""

    tables: int = 0
    interpreters: int = 0
    in_row: int = 4
    minutes: int = 20
    windows: Sequence[Window] = field(default_factory=tuple)

    def times(self, zone: str) -> list[Time]:
        """All slots in the order of time. Lengths are real minutes, also on the night the clock is changed."""
        found: list[Time] = []
        length = dt.timedelta(minutes=self.minutes)
        for window, (first, last) in enumerate(sorted(self.windows)):
            at, end = _instant(first, zone), _instant(last, zone)
            while at + length <= end and len(found) < MOST_SLOTS:
                found.append(Time(len(found) + 1, window, at, at + length))
                at += length
        return found


def _instant(wall: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def meetings(settings: Settings) -> Meetings:
    """What an edition says of meetings; without tables or windows it has none, or none yet."""
    said = settings.get("meetings") or {}
    windows = tuple((first, last) for first, last in said.get("windows", ()))
    numbers: dict[str, Any] = {name: int(value) for name, value in said.items() if name != "windows"}
    return Meetings(windows=windows, **numbers)
