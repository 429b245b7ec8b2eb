"""The Secretariat sends a review back that was handed in, and takes that back."""

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.actions import decisions, reviews
from creativecities.calls.models import Assignment, Review
from creativecities.calls.notices import reviewers as notices
from creativecities.calls.rules import returns as rules
from creativecities.core.action import action, move
from creativecities.core.models import Event


@action(quiet=True)
def send_back(assignment: Assignment, *, reason: str, by: Person) -> Event:
    """Have a review looked at again by who wrote it: it does not count until it is handed in again.

    What is prepared for the decision is held meanwhile, for it rests on the reviews.
    """
    decisions.hold(assignment.application.call, by=by)
    reviews.hold(assignment)
    if refusal := rules.send_back(by, assignment, reason):
        raise refusal
    Review.objects.filter(assignment=assignment).update(returned_at=timezone.now(), returned_because=reason)
    event = move(assignment, "send_back", by=by, reason=reason)
    notices.sent_back(assignment, event)
    return event


@action(quiet=True)
def let_stand(assignment: Assignment, *, by: Person) -> Event:
    """Let a review that was sent back count as it was handed in, if nothing was written in it since."""
    decisions.hold(assignment.application.call, by=by)
    reviews.hold(assignment)
    assignment.review.refresh_from_db()
    if refusal := rules.let_stand(by, assignment):
        raise refusal
    Review.objects.filter(assignment=assignment).update(returned_at=None, returned_because="")
    event = move(assignment, "let_stand", by=by)
    notices.stands(assignment, event)
    return event
