"""Which files are kept no longer: those of calls that have been over for as many months as each call says."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from creativecities.calls import states
from creativecities.calls.compute import instants
from creativecities.calls.compute.definition import KEPT_MONTHS, Definition
from creativecities.calls.models import Announcement, Application, Call, Told
from creativecities.calls.queries.telling import AT_ONCE

NAME = "retention"
NOTICE = dt.timedelta(days=30)
"""For so long a team knows before its file goes."""
UNDECIDED = (states.SUBMITTED, states.RETURNED, states.ELIGIBLE)
"""In these a file waits for its decision, and is kept, unless the call was withdrawn."""


@dataclass(frozen=True)
class Going:
    """A file, and when it is kept no longer."""

    application: Application
    at: dt.datetime


def kept_until(call: Call, definition: Definition) -> dt.datetime:
    """The months of a call, counted from its announcement, else from its last deadline, or from its withdrawal."""
    made = Announcement.objects.filter(call=call, announced_at__isnull=False).first()
    over = made.announced_at if made else instants.instants(definition).get("announced_at")
    ends = [each.closes_at for each in call.extensions.all()] + [call.closes_at or call.withdrawn_at or timezone.now()]
    if call.state == states.WITHDRAWN and call.withdrawn_at:
        return later(call.withdrawn_at, definition["rules"].get("keep_months", KEPT_MONTHS))
    return later(max([*ends, over] if over else ends), definition["rules"].get("keep_months", KEPT_MONTHS))


def later(at: dt.datetime, months: int) -> dt.datetime:
    """As many months later; the 31st becomes the last day of a shorter month.

    >>> later(dt.datetime(2030, 12, 31), 2).date().isoformat()
    '2031-02-28'
    """
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, calendar.monthrange(year, month + 1)[1]))


def to_announce() -> list[Going]:
    """Files whose teams are to know that they go. Two statements while no call is over."""
    return _files(told=False, before=timezone.now() + NOTICE)


def to_forget() -> list[Going]:
    """Files whose time is over, and whose teams have known for long enough."""
    return _files(told=True, before=timezone.now())


def _files(*, told: bool, before: dt.datetime) -> list[Going]:
    known = Told.objects.filter(application=OuterRef("pk"), name=NAME)
    if told:
        known = known.filter(at__lte=timezone.now() - NOTICE)
    found: list[Going] = []
    is_undecided = Q(state__in=UNDECIDED) & ~Q(call__state=states.WITHDRAWN)
    waiting = Application.objects.filter(~is_undecided, anonymised_at=None, call__closes_at__lt=before)
    for call in Call.objects.filter(pk__in=waiting.order_by().values("call")).prefetch_related("extensions"):
        at = kept_until(call, call.versions.all()[0].definition)
        if at <= before:
            files = waiting.filter(Exists(known) if told else ~Exists(known), call=call).select_related("call")
            found += [Going(each, at) for each in files[:AT_ONCE]]
    return found[:AT_ONCE]
