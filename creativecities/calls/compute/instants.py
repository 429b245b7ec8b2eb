"""The instants of a call: written as the clock on the wall of its zone shows them, compared as what they are."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from creativecities.calls.compute.definition import DATES, Definition
from creativecities.core.clocks import instant


def instants(definition: Definition) -> dict[str, dt.datetime]:
    """What has a date, in the order of a call."""
    dates = definition["dates"]
    return {name: instant(dates[name], dates["zone"]) for name in DATES if dates[name]}


def deadline(closes_at: dt.datetime, extensions: Iterable[Any], country: str) -> dt.datetime:
    """Until when a city of a country hands in: the latest of the deadline and what was extended for all or for it."""
    later: list[dt.datetime] = [each.closes_at for each in extensions if each.country_id in (None, country)]
    return max([closes_at, *later])


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
