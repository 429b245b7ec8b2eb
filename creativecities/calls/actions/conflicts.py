"""Conflicts are found on record, kept with their reason, and gone when the reason is; declared ones stay."""

from collections.abc import Iterable

from django.db.models import Q

from creativecities.calls import states
from creativecities.calls.models import Application, Assignment, Call, Conflict, Reviewer
from creativecities.calls.notices import reviews as notices
from creativecities.calls.queries import conflicts as queries
from creativecities.calls.rules import reviewers as rules
from creativecities.core import outbox
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor, Robot
from creativecities.core.models import Event

FINDER = Robot("Conflicts of interest")


@action(quiet=True)
def find(call: Call, *, by: Actor) -> Event:
    """Find the conflicts of all reviewers with all files in evaluation anew."""
    if refusal := rules.manage(by, call):
        raise refusal
    new, gone = find_again(call)
    return record("calls.call.conflicts_found", call, by=by, new=new, gone=gone)


@step
def find_again(
    call: Call, *, reviewers: Iterable[Reviewer] | None = None, files: Iterable[Application] | None = None
) -> tuple[int, int]:
    """Keep what is found between some reviewers and files, or all; a file in conflict is taken away at once.

    Returns how many were new, and how many are gone.
    """
    hold(call)
    some = list(queries.working(call) if reviewers is None else reviewers)
    papers = list(queries.files_in_evaluation(call) if files is None else files)
    found = queries.on_record(call, some, papers)
    there = {
        (each.reviewer_id, each.application_id, each.kind): each
        for each in Conflict.objects.filter(reviewer__in=some, application__in=papers, kind__in=queries.ON_RECORD)
    }
    gone = [each.pk for key, each in there.items() if found.get(key) != each.detail]
    new = {key: detail for key, detail in found.items() if key not in there or there[key].detail != detail}
    Conflict.objects.filter(pk__in=gone).delete()
    Conflict.objects.bulk_create(
        Conflict(reviewer_id=reviewer, application_id=file, kind=kind, detail=detail)
        for (reviewer, file, kind), detail in new.items()
    )
    for assignment in _in_conflict(some):
        move(assignment, "recuse", by=FINDER)
        outbox.take_back(notices.opinion_keys(assignment.application_id, assignment.reviewer.person_id))
    return len(new), len(gone)


@step
def hold(call: Call) -> None:
    """Take the reviewers and files of a call for the length of this transaction: who assigns and who declares wait."""
    Call.objects.select_for_update().get(pk=call.pk)


def _in_conflict(reviewers: Iterable[Reviewer]) -> list[Assignment]:
    """What is assigned against a conflict."""
    given = Assignment.objects.filter(reviewer__in=reviewers, state__in=[states.OPEN, states.DONE])
    stands = Conflict.objects.filter(reviewer__in=reviewers).values_list("reviewer_id", "application_id")
    pairs = set(stands)
    return [each for each in given.select_related("reviewer") if (each.reviewer_id, each.application_id) in pairs]


@step
def declare(reviewer: Reviewer, application: Application, kind: str, detail: str) -> None:
    """Keep what a reviewer says of themselves and a candidate; the file is taken away at once."""
    if refusal := rules.declared(kind, detail):
        raise refusal
    Conflict.objects.update_or_create(
        reviewer=reviewer, application=application, kind=kind, defaults={"detail": detail}
    )
    given = Assignment.objects.filter(Q(state=states.OPEN) | Q(state=states.DONE))
    for assignment in given.filter(reviewer=reviewer, application=application):
        move(assignment, "recuse", by=reviewer.person)
    outbox.take_back(notices.opinion_keys(application.pk, reviewer.person_id))
