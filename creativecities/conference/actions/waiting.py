"""The waiting list: a place that falls free is offered, accepted by one word, or passes on when its hour has come."""

import datetime as dt

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import badges, delegations, places
from creativecities.conference.models import Delegate
from creativecities.conference.notices import waiting as notices
from creativecities.conference.rules import registration as rules
from creativecities.core.action import action, move
from creativecities.core.actor import Actor
from creativecities.core.models import Event


@action(quiet=True)
def offer(delegate: Delegate, *, by: Actor) -> Event:
    """Hold a place for somebody who waits, and ask their team. Raises Refusal when it has gone meanwhile."""
    sent = delegate.delegation
    delegations.hold(sent)
    number = places.take(sent, delegate.role)
    hours = int(sent.edition.settings["delegations"]["answer_hours"])
    until = timezone.now() + dt.timedelta(hours=hours)
    event = move(delegate, "offer", by=by, columns={"number": number, "offered_until": until})
    notices.offered(delegate, event)
    return event


@action(quiet=True)
def accept(delegate: Delegate, *, by: Person) -> Event:
    """Take a place that is offered: they come, by name, and get a badge."""
    sent = delegate.delegation
    delegations.hold(sent)
    delegate.refresh_from_db(fields=["state", "offered_until"])
    if refusal := rules.accept(by, delegate):
        raise refusal
    event = move(delegate, "confirm", by=by, columns={"offered_until": None})
    badges.issue(delegate)
    if sent.state == states.NOMINATED and not sent.delegates.filter(state=states.NOMINATED).exists():
        move(sent, "confirm", by=by)
    return event


@action(quiet=True)
def lapse(delegate: Delegate, *, by: Actor) -> Event:
    """Let an offer go that nobody answered: they wait again, behind the others, and the team is told."""
    sent = delegate.delegation
    delegations.hold(sent)
    again = {"number": None, "offered_until": None, "registered_at": timezone.now()}
    event = move(delegate, "lapse", by=by, columns=again)
    places.give_back(sent)
    notices.lapsed(delegate, event)
    return event
