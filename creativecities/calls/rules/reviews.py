"""Who writes the review of a file, until when, and who reads those of others: None, or a Refusal with its reason."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.compute import rubric
from creativecities.calls.compute.definition import Definition
from creativecities.calls.compute.instants import instants
from creativecities.calls.models import Application, Assignment
from creativecities.calls.rules.calls import withdrawn
from creativecities.core.refusal import Refusal


def until(definition: Definition) -> dt.datetime | None:
    """Until when reviews are asked for."""
    return instants(definition).get("evaluated_by")


def _with(person: Any, assignment: Assignment) -> Refusal | None:
    """The reviewer alone, as long as the file is with them and not decided."""
    if not Assignment.objects.visible_to_reviewer(person).filter(pk=assignment.pk).exists():
        return not_with_you()
    return over(assignment.application)


def not_with_you() -> Refusal:
    """It was given back, or taken away."""
    return Refusal(_("This file is not with you any more."), code="not-with-you", status=403)


def over(application: Application) -> Refusal | None:
    """What is decided is not judged any more, nor what is of a call that was withdrawn."""
    if refusal := withdrawn(application.call):
        return refusal
    if application.state != states.ELIGIBLE:
        return Refusal(_("The evaluation of this file is over."), code="evaluation-over")
    return None


def write(person: Any, assignment: Assignment) -> Refusal | None:
    """Until it is handed in. One that comes late is better than none: it counts until the decision."""
    if refusal := _with(person, assignment):
        return refusal
    if assignment.state == states.DONE:
        return Refusal(
            _("Your review is handed in."), remedy=_("Open it again to change it."), code="handed-in",
        )  # fmt: skip
    return None


def hand_in(points: Mapping[str, int], definition: Definition, group: str) -> Refusal | None:
    """With points for every criterion."""
    if missing := rubric.lacking(points, definition, group):
        return Refusal(_("Points are missing for %(number)d criteria.") % {"number": len(missing)}, code="incomplete")
    return None


def abstain(reason: str) -> Refusal | None:
    """With a reason."""
    return None if reason else Refusal(_("Say why you abstain."), code="no-reason")


def reopen(person: Any, assignment: Assignment, definition: Definition) -> Refusal | None:
    """One's own, until the day on which reviews are due, as long as there is none of another to be read."""
    if refusal := _with(person, assignment):
        return refusal
    if assignment.state != states.DONE:
        return Refusal(_("Your review is open already."), code="open")
    if (last := until(definition)) and timezone.now() >= last:
        return Refusal(_("The time for reviews is over: what was handed in counts."), code="too-late")
    handed_in = Assignment.objects.filter(application=assignment.application_id, state=states.DONE)
    if handed_in.exclude(pk=assignment.pk).exists():
        return Refusal(
            _("Another review of this file is there for you to read: yours stays as you wrote it before."),
            remedy=_("If it must be corrected, write to the Secretariat."), code="others-read",
        )  # fmt: skip
    return None


def recuse(person: Any, assignment: Assignment) -> Refusal | None:
    """Until the decision; of what kind a conflict can be, the rule of declaring says."""
    return _with(person, assignment)
