"""Instants as the clock on the wall of a zone shows them, and as people write them."""

import datetime as dt
from zoneinfo import ZoneInfo


def instant(wall: str, zone: str) -> dt.datetime:
    """`2025-03-04T00:00` in a zone as an instant. An hour that the clock shows twice is meant the first time."""
    return dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))


def exists(wall: str, zone: str) -> bool:
    """Whether the clock of a zone ever shows this hour: one is skipped when summer time begins."""
    at = instant(wall, zone)
    return at.astimezone(dt.UTC).astimezone(at.tzinfo).replace(tzinfo=None) == dt.datetime.fromisoformat(wall)


def on_the_clock(at: dt.datetime, zone: str) -> tuple[dt.date, str]:
    """A deadline as the clock of a zone shows it, and as people write it."""
    return last_minute(at.astimezone(ZoneInfo(zone)))


def last_minute(at: dt.datetime) -> tuple[dt.date, str]:
    """A deadline as people write it: midnight belongs to the day it ends, as 24:00."""
    if (at.hour, at.minute) == (0, 0):
        return at.date() - dt.timedelta(days=1), "24:00"
    return at.date(), f"{at:%H:%M}"
