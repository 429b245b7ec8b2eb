"""Background work of the conference, and its regular duties."""

from django_tasks import task

from creativecities.conference import states
from creativecities.conference.actions import delegates
from creativecities.conference.models import Timetable
from creativecities.conference.queries import delegations
from creativecities.core import jobs
from creativecities.core.actor import Robot

CALENDAR = Robot("Calendar")


@jobs.every_minute
def tell_of_offices() -> int:
    """Tell teams whose mayor or deputy mayor will not hold that office on the day."""
    due = delegations.who_lose_office()
    if due:
        delegates.tell_of_office(due, by=CALENDAR)
    return len(due)


PLANNER = Robot("Timetable")


@task()
def work_out_meetings(pk: int) -> bool:
    """Work out who meets whom, from what is on record now; says whether it was still asked for."""
    from creativecities.conference.actions import meetings  # which enqueues this
    from creativecities.conference.compute import placing
    from creativecities.conference.queries import meeting_plans as plans

    asked = Timetable.objects.filter(pk=pk, state=states.WAITING).select_related("edition").first()
    if asked is None:
        return False
    found = plans.basis(asked.edition, plans.suggestions(asked.edition))
    plan = plans.as_kept(placing.best(found.task), found.times)
    meetings.show(asked, plan, found.fingerprint, by=PLANNER)
    return True
