"""What the Secretariat may do with a file in the check: None, or a Refusal with its reason."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.compute import instants
from creativecities.calls.compute.definition import Definition
from creativecities.calls.models import Application, Assignment
from creativecities.calls.rules.applications import deadline
from creativecities.calls.rules.calls import announced
from creativecities.calls.rules.evaluation import clear
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def check(person: Any, application: Application) -> Refusal | None:
    """The Secretariat decides on a file that was handed in, once its city can no longer take it back."""
    if refusal := _of_the_call(person, application):
        return refusal
    if application.state != states.SUBMITTED:
        return Refusal(_("This file does not wait for the check."), code="not-in-check")
    if timezone.now() < deadline(application):
        return Refusal(
            _("Until the deadline the city can take its file back and hand it in again."),
            remedy=_("What the machine finds can be read now; it is decided after the deadline."), code="too-early",
        )  # fmt: skip
    return None


def _of_the_call(person: Any, application: Application) -> Refusal | None:
    if not network.is_secretariat(person):
        return Refusal(_("Files are checked by the Secretariat."), code="secretariat-only", status=403)
    if application.call.state != states.PUBLISHED:
        return Refusal(_("This call was withdrawn."), code="call-withdrawn")
    return clear(person, application) or announced(application.call)


def admit(person: Any, application: Application, hindering: Collection[str]) -> Refusal | None:
    """Nothing hinders any more: each rule is met, or an officer has said why it is set aside."""
    if refusal := check(person, application):
        return refusal
    if hindering:
        return Refusal(
            _("Not every rule is met."),
            remedy=_("Return the file for completion, find it not eligible, or set the verdict aside with a reason."),
            code="not-met",
        )
    return None


def set_aside(person: Any, application: Application, hindering: Collection[str], rule: str) -> Refusal | None:
    """A rule that is not met, once."""
    if refusal := check(person, application):
        return refusal
    if rule not in hindering:
        return Refusal(_("There is nothing to set aside: the rule is met, or was set aside already."), code="met")
    return None


def return_for_completion(
    person: Any, application: Application, definition: Definition, until: dt.datetime
) -> Refusal | None:
    """Until an instant to come, before the evaluation of the call ends."""
    if refusal := check(person, application):
        return refusal
    if until <= timezone.now():
        return Refusal(_("The time for completion ends in the future."), code="past")
    ends = instants.instants(definition)
    if any(ends[name] <= until for name in ("evaluated_by", "announced_at") if name in ends):
        return Refusal(_("The time for completion ends before the evaluation does."), code="too-long")
    return None


def check_again(person: Any, application: Application) -> Refusal | None:
    """Until somebody has reviewed it."""
    if refusal := _of_the_call(person, application):
        return refusal
    if Assignment.objects.filter(application=application, state=states.DONE).exists():
        return Refusal(_("This file has been reviewed; its check is not opened again."), code="reviewed")
    return None
