"""The instants of a call: written as the clock on the wall of its zone shows them, compared as what they are."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from creativecities.calls.compute.definition import DATES, Definition


def instant(wall: str, zone: str) -> dt.datetime:
    """`2025-03-04T00:00` in a zone as an instant. An hour that the clock shows twice is meant the first time."""
    return dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))


def instants(definition: Definition) -> dict[str, dt.datetime]:
    """What has a date, in the order of a call."""
    dates = definition["dates"]
    return {name: instant(dates[name], dates["zone"]) for name in DATES if dates[name]}


def deadline(closes_at: dt.datetime, extensions: Iterable[Any], country: str) -> dt.datetime:
    """Until when a city of a country hands in: the latest of the deadline and what was extended for all or for it."""
    later: list[dt.datetime] = [each.closes_at for each in extensions if each.country_id in (None, country)]
    return max([closes_at, *later])


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


def commissions_deadline(definition: Definition, extensions: Iterable[Any], country: str) -> dt.datetime:
    """Until when the commission of a country decides: its date in the call, moved along with that of its cities.

    A call without such a date gives commissions as long as cities.
    """
    dates = instants(definition)
    until = deadline(dates["closes_at"], extensions, country)
    return moved_along(dates.get("commissions_by", dates["closes_at"]), dates["closes_at"], until)


def moved_along(at: dt.datetime, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """What is as far from `after` as `at` is from `before`, by the clock of its zone: midnight stays midnight."""
    zone = at.tzinfo
    walls = [each.astimezone(zone).replace(tzinfo=None) for each in (at, before, after)]
    return (walls[0] + (walls[2] - walls[1])).replace(tzinfo=zone)
