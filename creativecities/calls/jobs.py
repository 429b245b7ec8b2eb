"""Background work of calls."""

from django_tasks import task

from creativecities.calls import states
from creativecities.calls.models import Proposal
from creativecities.core.actor import Robot

PLANNER = Robot("Assignment")


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
