"""Regular duties of the exchange."""

from creativecities.core import jobs
from creativecities.core.actor import Robot
from creativecities.exchange.actions import invitations as invitation_acts
from creativecities.exchange.actions import needs as acts
from creativecities.exchange.actions import replies as reply_acts
from creativecities.exchange.actions import wanted as wanted_acts
from creativecities.exchange.queries import invitations, needs, replies, wanted

CALENDAR = Robot("Calendar")


@jobs.every_minute
def end_past_needs() -> int:
    """End needs and offers whose last day has gone by."""
    if past := needs.past():
        acts.end_past_needs(past, by=CALENDAR)
    return len(past)


@jobs.every_minute
def let_replies_lapse() -> int:
    """End replies to which nothing has happened for 90 days."""
    if untouched := replies.untouched():
        reply_acts.lapse(untouched, by=CALENDAR)
    return len(untouched)


@jobs.every_minute
def ask_whether_it_worked() -> int:
    """Ask both sides half a year after a reply was accepted."""
    if due := replies.to_ask():
        reply_acts.ask_whether_it_worked(due, by=CALENDAR)
    return len(due)


@jobs.every_minute
def remind_of_last_days() -> int:
    """Tell teams that their initiative looks for partners only a few days more."""
    if due := wanted.to_remind():
        wanted_acts.remind(due, by=CALENDAR)
    return len(due)


@jobs.every_minute
def fill_places() -> int:
    """Let waiting cities come to places that fell free while an invitation could not be accepted."""
    if due := invitations.to_fill():
        invitation_acts.fill_places(due, by=CALENDAR)
    return len(due)
