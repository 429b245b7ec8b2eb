"""Files are given to reviewers: by a plan that is shown before it is applied as shown, or by hand."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import conflicts
from creativecities.calls.models import Application, Assignment, Call, Proposal, Review, Reviewer
from creativecities.calls.notices import reviewers as notices
from creativecities.calls.queries import planning
from creativecities.calls.rules import reviewers as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal

OPEN_PROPOSALS = (states.WAITING, states.READY)


@action(quiet=True)
def propose(call: Call, *, keeps: bool, by: Person) -> Proposal:
    """Have a plan worked out, in the background; an earlier one that was not applied is dropped."""
    from creativecities.calls.jobs import work_out  # which calls this module

    if refusal := rules.manage(by, call):
        raise refusal
    conflicts.hold(call)
    for earlier in Proposal.objects.filter(call=call, state__in=OPEN_PROPOSALS):
        move(earlier, "drop", by=by)
    conflicts.find_again(call)
    proposal = Proposal.objects.create(call=call, keeps=keeps, person_id=by.pk, person_name=by.name)
    record("calls.proposal.asked", proposal, by=by, keeps=keeps)
    transaction.on_commit(lambda: work_out.enqueue(proposal.pk))
    return proposal


@action(quiet=True)
def show_plan(proposal: Proposal, plan: Mapping[str, Any], basis: str, *, by: Actor) -> Event:
    """Keep a plan that was worked out, to be read; nobody waits for the reckoning."""
    event = move(proposal, "work_out", by=by)
    Proposal.objects.filter(pk=proposal.pk).update(plan=plan, basis=basis)
    return event


@action(quiet=True)
def drop(proposal: Proposal, *, by: Person) -> Event:
    """Leave everything as it is."""
    if refusal := rules.manage(by, proposal.call):
        raise refusal
    return move(proposal, "drop", by=by)


@action(quiet=True)
def apply(proposal: Proposal, *, by: Person) -> Event:
    """Give and take files as the plan says that was shown. Raises Refusal when what it rests on has changed since."""
    call = proposal.call
    if refusal := rules.manage(by, call):
        raise refusal
    conflicts.find_again(call)
    event = move(proposal, "apply", by=by)
    list(Assignment.objects.select_for_update().filter(reviewer__call=call))  # who begins a review meanwhile waits
    found = planning.basis(call)
    if found.fingerprint != proposal.basis:
        raise Refusal(
            _("Files or reviewers have changed since this plan was worked out."),
            remedy=_("Have a new one worked out."), code="changed-since",
        )  # fmt: skip
    gone = {tuple(pair) for pair in proposal.plan["removed"]}
    taken = [each.pk for each in found.assignments if (each.application_id, each.reviewer_id) in gone]
    Assignment.objects.filter(pk__in=taken).delete()
    Assignment.objects.bulk_create(
        Assignment(application_id=each["file"], reviewer_id=each["reviewer"], reasons=each["reasons"])
        for each in proposal.plan["added"]
    )
    new = {each["reviewer"] for each in proposal.plan["added"]}
    for reviewer in Reviewer.objects.filter(pk__in=new).select_related("person", "call"):
        notices.given(reviewer, event)
    return event


@action(quiet=True)
def assign(reviewer: Reviewer, application: Application, *, by: Person) -> Assignment:
    """Give a file to a reviewer by hand, also again. Raises Refusal when a conflict stands against it."""
    conflicts.find_again(reviewer.call, reviewers=[reviewer], files=[application])
    if refusal := rules.assign(by, reviewer, application):
        raise refusal
    given, is_new = Assignment.objects.get_or_create(
        reviewer=reviewer, application=application, defaults={"reasons": {"by_hand": True}}
    )
    if not is_new and given.state != states.RECUSED:
        raise Refusal(_("This reviewer has this file already."), code="assigned-already")
    event = record("calls.assignment.given", given, by=by) if is_new else _give_again(given, by=by)
    if given.state == states.OPEN:
        notices.given(reviewer, event)
    return given


@step
def _give_again(given: Assignment, *, by: Person) -> Event:
    """What went back is with the reviewer once more; a review that was handed in counts as it was."""
    is_handed_in = Review.objects.filter(assignment=given, handed_in_at__isnull=False, returned_at=None).exists()
    return move(given, "count_again" if is_handed_in else "give_again", by=by)


@action(quiet=True)
def take_away(assignment: Assignment, *, by: Person) -> Event:
    """Take a file from a reviewer who has not begun; what somebody has written is never thrown away."""
    if refusal := rules.manage(by, assignment.reviewer.call):
        raise refusal
    conflicts.hold(assignment.reviewer.call)
    _refuse_begun(assignment)
    event = record("calls.assignment.taken_away", assignment, by=by)
    assignment.delete()
    return event


@step
def _refuse_begun(assignment: Assignment) -> None:
    still = Assignment.objects.select_for_update().filter(pk=assignment.pk, state=states.OPEN).first()
    if still is None or Review.objects.filter(assignment=assignment).exists():
        raise Refusal(
            _("This review has begun; it is not taken away."),
            remedy=_("The reviewer can give the file back."), code="begun",
        )  # fmt: skip
