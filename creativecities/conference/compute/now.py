"""Which sessions of a release are on at a moment, and which come next."""

import datetime as dt
from collections.abc import Iterable

from creativecities.conference.compute.released import Row


def around(rows: Iterable[Row], at: dt.datetime) -> tuple[list[Row], list[Row]]:
    """Those that are on, and those that begin next, all at the same moment. Instants of one form are in order as texts.

    >>> morning = {"starts_at": "2031-05-04T07:00Z", "ends_at": "2031-05-04T08:00Z"}
    >>> noon = {"starts_at": "2031-05-04T11:00Z", "ends_at": "2031-05-04T12:00Z"}
    >>> around([morning, noon], dt.datetime(2031, 5, 4, 7, 30, tzinfo=dt.UTC)) == ([morning], [noon])
    True
    """
    moment = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")
    ahead = sorted((row for row in rows if row["ends_at"] > moment), key=lambda row: row["starts_at"])
    on = [row for row in ahead if row["starts_at"] <= moment]
    later = [row for row in ahead if row["starts_at"] > moment]
    return on, [row for row in later if row["starts_at"] == later[0]["starts_at"]]
