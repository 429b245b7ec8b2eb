"""When the Secretariat sends a review back, and takes that back: None, or a Refusal with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models import Application, Assignment, Decision
from creativecities.calls.rules.evaluation import clear, with_their_reviewer
from creativecities.calls.rules.reviews import over
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def of_file(person: Any, application: Application) -> Refusal | None:
    """The Secretariat, for a file in evaluation, as long as no decision on it rests on its reviews."""
    if refusal := network.only_secretariat(person) or over(application) or clear(person, application):
        return refusal
    if Decision.objects.filter(application=application).exists():
        return Refusal(_("A decision on this file is prepared: its reviews stay as they are."), code="decided")
    return None


def send_back(person: Any, assignment: Assignment, reason: str) -> Refusal | None:
    """With a reason, a review that counts, to somebody who can still write it."""
    if refusal := of_file(person, assignment.application):
        return refusal
    if assignment.state != states.DONE:
        return Refusal(_("This review is open already."), code="open")
    if not Assignment.objects.filter(with_their_reviewer(), pk=assignment.pk).exists():
        return Refusal(_("Who wrote this review does not read the file any more."), code="gone")
    if not reason:
        return Refusal(_("Say why, in a few words."), code="no-reason")
    return None


def let_stand(person: Any, assignment: Assignment) -> Refusal | None:
    """What was sent back, while nothing was written in it since: then it counts as it was handed in."""
    if refusal := of_file(person, assignment.application):
        return refusal
    review = assignment.review
    if assignment.state != states.OPEN or review.returned_at is None or review.handed_in_at is None:
        return Refusal(
            _("The reviewer has written in it since: it counts once it is handed in again."), code="written-since"
        )
    return None
