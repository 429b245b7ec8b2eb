"""A reviewer writes about a file, hands that in, opens it again, abstains, or gives the file back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.actions import conflicts
from creativecities.calls.compute import rubric
from creativecities.calls.models import Assignment, CallVersion, Review
from creativecities.calls.queries import calls as queries
from creativecities.calls.rules import reviews as rules
from creativecities.core.action import action, move, record_sitting, step
from creativecities.core.models import Event
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict as Newer

SITTING = dt.timedelta(minutes=30)
"""What a reviewer writes within this time is one event."""


@action(quiet=True)
def save(assignment: Assignment, said: Mapping[str, Any], *, opened: int, by: Person) -> Review:
    """Keep a draft: `scores` by key of the criterion, `for_city` and `in_confidence`.

    It is written on top of the version it was opened with (0: there was none). Raises Conflict, and writes nothing,
    when something else was saved meanwhile, in another window; Refusal when this person may not.
    """
    review = _write(assignment, said, _newest(assignment), opened, by=by)
    record_sitting("calls.assignment.written", assignment, by=by, within=SITTING, places=["review"])
    return review


@action(quiet=True)
def hand_in(assignment: Assignment, said: Mapping[str, Any], *, opened: int, by: Person) -> Event:
    """Hand the review in, by the rubric of now."""
    newest = _newest(assignment)
    review = _write(assignment, said, newest, opened, by=by)
    if refusal := rules.hand_in(review.scores, newest.definition, assignment.reviewer.group):
        raise refusal
    return _close(assignment, review, "", by=by)


@action(quiet=True)
def abstain(assignment: Assignment, said: Mapping[str, Any], *, reason: str, opened: int, by: Person) -> Event:
    """Answer without points, with a reason. What was written is kept."""
    if refusal := rules.abstain(reason):
        raise refusal
    review = _write(assignment, said, _newest(assignment), opened, by=by)
    return _close(assignment, review, reason, by=by)


@action(quiet=True)
def reopen(assignment: Assignment, *, by: Person) -> Event:
    """Go on with a review that was handed in."""
    hold(assignment)
    if refusal := rules.reopen(by, assignment, _newest(assignment).definition):
        raise refusal
    Review.objects.filter(assignment=assignment).update(abstains=False, handed_in_at=None, version=F("version") + 1)
    return move(assignment, "reopen", by=by)


@action(quiet=True)
def recuse(assignment: Assignment, *, kind: str, detail: str, by: Person) -> None:
    """Give a file back because of a conflict: it is gone for this reviewer, and what they wrote does not count."""
    hold(assignment)
    if refusal := rules.recuse(by, assignment):
        raise refusal
    conflicts.declare(assignment.reviewer, assignment.application, kind, detail)


@step
def hold(assignment: Assignment) -> None:
    """Take the assignment for the length of this transaction: of two clicks one waits, then sees the other."""
    if not Assignment.objects.filter(pk=assignment.pk).update(state=F("state")):
        raise rules.not_with_you()
    assignment.refresh_from_db(fields=["state"])
    assignment.application.refresh_from_db(fields=["state"])


def _newest(assignment: Assignment) -> CallVersion:
    return queries.newest_versions().get(call=assignment.application.call_id)


@step
def _write(
    assignment: Assignment, said: Mapping[str, Any], newest: CallVersion, opened: int, *, by: Person
) -> Review:  # fmt: skip
    hold(assignment)
    if refusal := rules.write(by, assignment):
        raise refusal
    group = assignment.reviewer.group
    kept = dict(said) | {"scores": rubric.usable(said["scores"], newest.definition, group)}
    review, _is_new = Review.objects.get_or_create(
        assignment=assignment, defaults={"call_version": newest.number, "version": 0}
    )
    if refusal := network.build_on_version(opened, newest=review.version, fewest=0):
        raise refusal
    before = {"scores": review.scores, "for_city": review.for_city, "in_confidence": review.in_confidence}
    if opened != review.version and before != kept:
        raise Newer(by_name=by.name, at=review.at, opened={}, theirs=rubric.as_fields(before))
    Review.objects.filter(pk=review.pk).update(
        **kept,
        call_version=newest.number,
        at=timezone.now(),
        version=F("version") + 1,
        handed_in_at=None,
        abstains=False,
    )
    review.refresh_from_db()
    return review


@step
def _close(assignment: Assignment, review: Review, reason: str, *, by: Person) -> Event:
    Review.objects.filter(pk=review.pk).update(
        handed_in_at=timezone.now(), abstains=bool(reason), reason=reason, returned_at=None, returned_because=""
    )
    return move(assignment, "hand_in", by=by)
