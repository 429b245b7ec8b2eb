"""The tick of each minute: runs the duties that slices registered with `jobs.every_minute`.

Any number of schedulers may run, on any number of machines: one row of the database is moved to the present minute by a
conditional UPDATE, and who moved it does the duties. If that process dies, the next minute is somebody else's; duties
find out by themselves what is due, so nothing is lost. A tick that takes longer holds the row until it is done, at most
LONGEST_TICK. What time it is says the database alone: machines whose clocks disagree still agree on the minute.
"""

import datetime as dt

import structlog
from django.db import models
from django.db.models.functions import Now
from django.utils.module_loading import autodiscover_modules

from creativecities.core import jobs
from creativecities.core.models import Clock

LONGEST_TICK = dt.timedelta(minutes=10)
log = structlog.get_logger("scheduler")


def tick() -> int | None:
    """Do this minute's duties; returns how many failed, None if another scheduler does them."""
    now = _time_of_the_database()
    minute = now.replace(second=0, microsecond=0)
    if not _take(minute, now):
        return None
    autodiscover_modules("jobs")
    try:
        return sum(not _do(name) for name in jobs.duties())
    finally:
        Clock.objects.filter(pk=1, minute=minute).update(busy_until=None)


def _time_of_the_database() -> dt.datetime:
    Clock.objects.get_or_create(pk=1, defaults={"minute": dt.datetime.fromtimestamp(0, dt.UTC)})
    now: dt.datetime = Clock.objects.values_list(Now(), flat=True).get(pk=1)
    return now


def _take(minute: dt.datetime, now: dt.datetime) -> bool:
    """Move the row to this minute; False if it is there already or somebody is still at work.

    A row of the future was left by a clock that has been set right since.
    """
    free = models.Q(busy_until=None) | models.Q(busy_until__lt=now) | models.Q(busy_until__gt=now + LONGEST_TICK)
    other = models.Q(minute__lt=minute) | models.Q(minute__gt=now + LONGEST_TICK)
    return bool(Clock.objects.filter(free, other, pk=1).update(minute=minute, busy_until=now + LONGEST_TICK))


def _do(name: str) -> bool:
    """One duty by itself: its fault is logged and stops no other."""
    try:
        jobs.duties()[name]()
    except Exception as error:  # whatever a duty does wrong must not stop the others
        log.error("duty failed", duty=name, error=type(error).__name__, exc_info=True)
        return False
    return True
