"""The day of the network: one for everybody, whatever clock a reader has chosen for what is shown."""

import datetime as dt


def today() -> dt.date:
    """Today in UTC. Mandates, memberships and lists begin and end by it."""
    return dt.datetime.now(dt.UTC).date()


def last_instant(day: dt.date) -> dt.datetime:
    """The last instant of a day: what is due on it is due then, and is shown under its own date."""
    return dt.datetime.combine(day, dt.time.max, dt.UTC)
