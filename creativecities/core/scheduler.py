"""The tick of each minute: runs the duties that slices registered with `jobs.every_minute`.

Any number of schedulers may run, on any number of machines: one row of the database is moved to the present minute by a
conditional UPDATE, and who moved it does the duties. If that process dies, the next minute is somebody else's; duties
find out by themselves what is due, so nothing is lost. A tick that takes longer holds the row until it is done, at most
LONGEST_TICK.
"""

import datetime as dt

import structlog
from django.db import models
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from creativecities.core import jobs
from creativecities.core.models import Clock

LONGEST_TICK = dt.timedelta(minutes=10)
log = structlog.get_logger("scheduler")


def tick() -> int | None:
    """Do this minute's duties; returns how many failed, None if another scheduler does them."""
    minute = timezone.now().replace(second=0, microsecond=0)
    if not _take(minute):
        return None
    autodiscover_modules("jobs")
    try:
        return sum(not _do(name) for name in jobs.duties())
    finally:
        Clock.objects.filter(pk=1, minute=minute).update(busy_until=None)


def _take(minute: dt.datetime) -> bool:
    """Move the row to this minute; False if it is there already or somebody is still at work."""
    Clock.objects.get_or_create(pk=1, defaults={"minute": minute - dt.timedelta(minutes=1)})
    free = models.Q(busy_until=None) | models.Q(busy_until__lt=timezone.now())
    taken = Clock.objects.filter(free, pk=1, minute__lt=minute).update(
        minute=minute, busy_until=timezone.now() + LONGEST_TICK
    )
    return bool(taken)


def _do(name: str) -> bool:
    """One duty by itself: its fault is logged and stops no other."""
    try:
        jobs.duties()[name]()
    except Exception as error:  # whatever a duty does wrong must not stop the others
        log.error("duty failed", duty=name, error=type(error).__name__, exc_info=True)
        return False
    return True
