"""What the teams of files have to be told, and which of their times are over."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from creativecities.calls import states
from creativecities.calls.models import Application, Call, CallVersion, Completion, Contributor, Extension, Told
from creativecities.calls.rules.applications import deadline

AT_ONCE = 200
"""How many files one tick of the clock cares for; the next takes the others."""
BEFORE_DEADLINE, BEFORE_LAPSE = (1, 7), (1, 3)
"""How many days before its end a team is reminded, the nearest first."""
LATELY = dt.timedelta(days=7)
"""For so long a change is told to whom it was not, should the clock have stood still."""


@dataclass(frozen=True)
class Change:
    """Something that changed in a call: what it was, when, why, and for an extension until when and for whom."""

    name: str
    call_id: int
    at: dt.datetime
    reason: str
    until: dt.datetime | None = None
    country: str | None = None


@dataclass(frozen=True)
class End:
    """An end that comes near for a file, since when it was known, and the name of the reminder."""

    name: str
    application: Application
    until: dt.datetime
    since: dt.datetime
    completion: Completion | None = None


def overdue() -> list[Completion]:
    """Files that did not come back in time. One statement."""
    found = Completion.objects.filter(
        closed_at=None, until__lte=timezone.now(), application__state=states.RETURNED
    ).select_related("application__call")
    return list(found.order_by("until")[:AT_ONCE])


def untold() -> Iterator[tuple[Application, Change]]:
    """The files whose teams do not know yet of a change of their call. Three statements, and one for each change."""
    for change in _changes():
        told = Told.objects.filter(application=OuterRef("pk"), name=change.name, about=change.at)
        found = Application.objects.filter(_concerned(change), ~Exists(told), call=change.call_id,
                                           began_at__lt=change.at)  # fmt: skip
        if change.country:
            found = found.filter(country=change.country)
        for application in found.select_related("call")[:AT_ONCE]:
            yield application, change


def _changes() -> list[Change]:
    since = timezone.now() - LATELY
    versions = CallVersion.objects.filter(number__gt=1, at__gt=since).defer("definition")
    found = [Change("version", each.call_id, each.at, each.reason) for each in versions]
    found += [
        Change("extension", each.call_id, each.at, each.reason, each.closes_at, each.country_id)
        for each in Extension.objects.filter(at__gt=since)
    ]
    withdrawn = Call.objects.filter(state=states.WITHDRAWN, withdrawn_at__gt=since)
    found += [Change("withdrawn", each.pk, each.withdrawn_at, each.reason) for each in withdrawn if each.withdrawn_at]
    return sorted(found, key=lambda each: each.at)


def _concerned(change: Change) -> Q:
    """Those who still write; a withdrawal also concerns who has handed in and waits for the decision."""
    found = _still_writes(change.at)
    return found | Q(state__in=[states.SUBMITTED, states.ELIGIBLE]) if change.name == "withdrawn" else found


def _still_writes(at: dt.datetime) -> Q:
    """Drafts whose deadline had not passed at an instant, and files that were returned for completion."""
    longer = Extension.objects.filter(
        Q(country=None) | Q(country=OuterRef("country")), call=OuterRef("call"), closes_at__gt=at
    )
    return Q(state=states.RETURNED) | Q(Q(call__closes_at__gt=at) | Exists(longer), state=states.DRAFT)


def near() -> list[End]:
    """The deadlines and the ends of completions of which teams are reminded now. Four statements."""
    now = timezone.now()
    soon = now + dt.timedelta(days=max(BEFORE_DEADLINE) + 1)
    drafts = Application.objects.filter(
        _still_writes(now), state=states.DRAFT, call__state=states.PUBLISHED, call__closes_at__lt=soon
    )
    ends = [
        End("deadline", each, deadline(each), each.began_at)
        for each in drafts.select_related("call").prefetch_related("call__extensions", "told")
    ]
    waiting = Completion.objects.filter(closed_at=None, until__gt=now, application__state=states.RETURNED)
    ends += [
        End("completion", each.application, each.until, each.at, each)
        for each in waiting.select_related("application__call").prefetch_related("application__told")
    ]
    zones = _zones({each.application.call_id for each in ends})
    found = (due(each, zones[each.application.call_id], now) for each in ends)
    return [end for end in found if end][:AT_ONCE]


def _zones(calls: set[int]) -> dict[int, ZoneInfo]:
    newest = CallVersion.objects.filter(call__in=calls).order_by("number")
    return {each.call_id: ZoneInfo(each.definition["dates"]["zone"]) for each in newest}


def due(end: End, zone: ZoneInfo, now: dt.datetime) -> End | None:
    """The nearest reminder that is due, days being those of the call's own clock; who came later needs none."""
    for days in BEFORE_LAPSE if end.completion else BEFORE_DEADLINE:
        at = end.until.astimezone(zone) - dt.timedelta(days=days)
        if at <= now:
            name = f"{end.name}-{days}"
            is_told = any(each.name == name and each.about == end.until for each in end.application.told.all())
            return None if is_told or end.since > at else replace(end, name=name)
    return None


def prepares_any(person_id: int) -> bool:
    """Whether a person still prepares a file: to others nothing of files is told any more. One statement."""
    return Contributor.objects.filter(person_id=person_id).exists()
