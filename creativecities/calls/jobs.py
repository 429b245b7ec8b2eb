"""Background work of calls, and their regular duties."""

import contextlib

from django_tasks import task

from creativecities.calls import states
from creativecities.calls.actions import checking
from creativecities.calls.actions import retention as retention_acts
from creativecities.calls.actions import telling as telling_acts
from creativecities.calls.models import Proposal
from creativecities.calls.queries import awaited, retention, telling
from creativecities.core import jobs
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal

PLANNER, CALENDAR, RETENTION = Robot("Assignment"), Robot("Calendar"), Robot("Retention")


@task()
def work_out(pk: int) -> bool:
    """Work out who reads what, from what is on record now; says whether the plan was still asked for."""
    from creativecities.calls.actions import assignments  # which enqueues this
    from creativecities.calls.compute import assigning, plans
    from creativecities.calls.queries import planning

    proposal = Proposal.objects.filter(pk=pk, state=states.WAITING).select_related("call").first()
    if proposal is None:
        return False
    found = planning.basis(proposal.call)
    task_ = planning.task(found, keeps=proposal.keeps)
    plan = plans.as_kept(task_, assigning.best(task_), found.before, assigning.greedy(task_))
    assignments.show_plan(proposal, plan, found.fingerprint, by=PLANNER)
    return True


@jobs.every_minute
def let_completions_lapse() -> int:
    """End completions whose time is over."""
    due = telling.overdue()
    for completion in due:
        with contextlib.suppress(Refusal):  # it came back in this moment
            checking.lapse(completion, by=CALENDAR)
    return len(due)


@jobs.every_minute
def tell_of_changes() -> int:
    """Tell the teams of open drafts that their call has changed. Not while it is changed, which would take the longer
    the more drafts there are.
    """
    due = list(telling.untold())
    for application, change in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            telling_acts.tell_of_change(application, change, by=CALENDAR)
    return len(due)


@jobs.every_minute
def remind_of_ends() -> int:
    """Remind teams of the deadline, and of the end of their time for completion."""
    due = telling.near()
    for end in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            telling_acts.remind(end, by=CALENDAR)
    return len(due)


@jobs.every_minute
def remind_commissions() -> int:
    """Remind National Commissions of files on which they have not said anything."""
    due = awaited.near()
    for end in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            telling_acts.remind_commission(end, by=CALENDAR)
    return len(due)


@jobs.every_minute
def keep_files_no_longer() -> int:
    """Tell teams that their file goes, and delete or anonymise those whose time is over."""
    for going in retention.to_announce():
        with contextlib.suppress(Refusal):  # another worker was faster
            retention_acts.announce(going, by=RETENTION)
    due = retention.to_forget()
    for going in due:
        was_handed_in = going.application.submitted_at is not None
        (retention_acts.anonymise if was_handed_in else retention_acts.delete)(going.application, by=RETENTION)
    return len(due)
