"""Background work of the conference, and its regular duties."""

from creativecities.conference.actions import delegates
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
