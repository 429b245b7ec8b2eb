"""Regular duties of the exchange."""

from creativecities.core import jobs
from creativecities.core.actor import Robot
from creativecities.exchange.actions import needs as acts
from creativecities.exchange.queries import needs

CALENDAR = Robot("Calendar")


@jobs.every_minute
def end_past_needs() -> int:
    """End needs and offers whose last day has gone by."""
    if past := needs.past():
        acts.end_past_needs(past, by=CALENDAR)
    return len(past)
