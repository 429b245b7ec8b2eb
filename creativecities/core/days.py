"""The day of the network: one for everybody, whatever clock a reader has chosen for what is shown."""

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Today in UTC. Mandates, memberships and lists begin and end by it."""
    return timezone.now().date()


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day in a later year; of 29 February the day before, where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_instant(day: dt.date) -> dt.datetime:
    """The last instant of a day: what is due on it is due then, and is shown under its own date."""
    return dt.datetime.combine(day, dt.time.max, dt.UTC)
