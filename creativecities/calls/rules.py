"""Who writes calls, and what a published one still allows: None, or a Refusal with its reason."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.compute import faults, instants
from creativecities.calls.compute.definition import DATES, Definition
from creativecities.calls.models import Call, Extension
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def write(person: Any, call: Call | None = None) -> Refusal | None:
    """The Secretariat writes calls, as long as they are not withdrawn."""
    if not network.is_secretariat(person):
        return Refusal(_("Calls are written by the Secretariat."), code="secretariat-only", status=403)
    if call is not None and call.state == states.WITHDRAWN:
        return Refusal(_("This call is withdrawn and is not changed any more."), code="withdrawn")
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
        return Refusal(_("Say why it is changed: cities that have begun are told."), code="no-reason")
    return _dates_kept(call.next, published)


def _dates_kept(wanted: Definition, published: Definition) -> Refusal | None:
    before, after = instants.instants(published), instants.instants(wanted)
    if before["closes_at"] != after["closes_at"]:
        return Refusal(
            _("The deadline of a published call is moved by an extension, with a reason."),
            remedy=_("Put the deadline back in the dates, then extend the call."),
            code="deadline-published",
        )
    past = [name for name in DATES if name in before and before[name] <= timezone.now()]
    if any(before[name] != after.get(name) for name in past):
        return Refusal(_("A date that has passed is not changed."), code="date-passed")
    return None


def extend(
    person: Any, call: Call, until: dt.datetime, country: str | None, extensions: Iterable[Extension]
) -> Refusal | None:
    """A later deadline for a published call, also after it has passed."""
    if refusal := write(person, call):
        return refusal
    if call.state != states.PUBLISHED or call.closes_at is None:
        return Refusal(_("Only a published call is extended."), code="not-published")
    now_until = instants.deadline(call.closes_at, extensions, country or "")
    if until <= max(now_until, timezone.now()):
        return Refusal(_("An extension ends after the present deadline, and after now."), code="not-later")
    return None


def withdraw(person: Any, call: Call, reason: str) -> Refusal | None:
    """A published call is taken back with a reason that everybody reads."""
    if refusal := write(person, call):
        return refusal
    if not reason:
        return Refusal(_("Say why: everybody who reads the call reads the reason."), code="no-reason")
    return None
