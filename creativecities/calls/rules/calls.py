"""Who writes calls, and what a published one still allows: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.compute import faults, instants, rubric
from creativecities.calls.compute.definition import DATES, Definition
from creativecities.calls.models import Announcement, Call, Review
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network

AFTER_DEADLINE = ("checked_by", "evaluated_by")
"""What the Secretariat and reviewers do until then: also once it has passed it moves on, as a late extension needs."""


def write(person: Any, call: Call | None = None) -> Refusal | None:
    """The Secretariat writes calls, as long as they are not withdrawn."""
    if not network.is_secretariat(person):
        return Refusal(_("Calls are written by the Secretariat."), code="secretariat-only", status=403)
    if call is not None and call.state == states.WITHDRAWN:
        return Refusal(_("This call is withdrawn and is not changed any more."), code="withdrawn")
    return None


def withdrawn(call: Call) -> Refusal | None:
    """In a call that was withdrawn nothing goes on."""
    if call.state == states.WITHDRAWN:
        return Refusal(_("This call was withdrawn."), code="call-withdrawn")
    return None


def announced(call: Call) -> Refusal | None:
    """Once the decision is known, nothing that leads to it begins anew."""
    if Announcement.objects.filter(call=call, state=states.ANNOUNCED).exists():
        return Refusal(_("This call is announced: what was decided stays."), code="announced")
    return None


def release(person: Any, call: Call, published: Definition | None, reason: str) -> Refusal | None:
    """What is complete can be published. Once it is, changes have a reason, and its dates move by extensions."""
    if refusal := write(person, call):
        return refusal
    if found := faults.faults(call.next):
        return Refusal(" ".join(map(str, found)), code="incomplete")
    if published is None:
        return None
    if call.next == published:
        return Refusal(network.UNCHANGED, code="unchanged")
    if not reason:
        return Refusal(_("Say why: everybody who reads the call reads the reason."), code="no-reason")
    return _scale_kept(call, published) or _dates_kept(call.next, published)


def _scale_kept(call: Call, published: Definition) -> Refusal | None:
    """Means are of points by one scale: once a review is handed in, it stays."""
    if rubric.scale(call.next) == rubric.scale(published):
        return None
    if Review.objects.filter(assignment__application__call=call, handed_in_at__isnull=False).exists():
        return Refusal(
            _("A review is handed in: the scale of points stays as it is."),
            remedy=_("Put the scale back, then publish."), code="scale-used",
        )  # fmt: skip
    return None


def _dates_kept(wanted: Definition, published: Definition) -> Refusal | None:
    before, after = instants.instants(published), instants.instants(wanted)
    if before["closes_at"] != after["closes_at"]:
        return Refusal(
            _("The deadline of a published call is moved by an extension, with a reason."),
            remedy=_("Put the deadline back in the dates, then extend the call."),
            code="deadline-published",
        )
    now = timezone.now()
    past = [name for name in DATES if name in before and before[name] <= now]
    moved = [name for name in past if before[name] != after.get(name)]
    if any(name not in AFTER_DEADLINE or name not in after or after[name] <= now for name in moved):
        return Refusal(_("A date that has passed is not changed."), code="date-passed")
    return None


def extend(
    person: Any, call: Call, published: Definition, until: dt.datetime, now_until: dt.datetime
) -> Refusal | None:
    """A later deadline than the present one, also after that has passed, but before the call's next date."""
    if refusal := write(person, call):
        return refusal
    if call.state != states.PUBLISHED:
        return Refusal(_("Only a published call is extended."), code="not-published")
    if refusal := announced(call):
        return refusal
    if until <= max(now_until, timezone.now()):
        return Refusal(_("An extension ends after the present deadline, and after now."), code="not-later")
    said = instants.instants(published)
    if any(said[name] <= until for name in DATES[DATES.index("closes_at") + 1 :] if name in said):
        return Refusal(
            _("An extension ends before the next date of the call."),
            remedy=_("Move that date first, in a new version of the call."), code="not-before-next",
        )  # fmt: skip
    return None


def withdraw(person: Any, call: Call, reason: str) -> Refusal | None:
    """A published call is taken back with a reason that everybody reads."""
    if refusal := write(person, call) or announced(call):
        return refusal
    if not reason:
        return Refusal(_("Say why: everybody who reads the call reads the reason."), code="no-reason")
    return None
