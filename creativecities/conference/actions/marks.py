"""What somebody marks for their own programme, and the secret address at which their calendar program reads it."""

import secrets

from creativecities.accounts.models import Person
from creativecities.conference.models import CalendarKey, Favourite, Release, Session
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


@action(quiet=True)
def mark(session: Session, *, by: Person) -> Event:
    """Put a session into one's own programme."""
    _found, is_new = Favourite.objects.get_or_create(person=by, session=session)
    if not is_new:
        raise Refusal(network.UNCHANGED, code="unchanged")
    return record("conference.session.marked", session, by=by)


@action(quiet=True)
def unmark(session: Session, *, by: Person) -> Event:
    """Take a session out of it."""
    if not Favourite.objects.filter(person=by, session=session).delete()[0]:
        raise Refusal(network.UNCHANGED, code="unchanged")
    return record("conference.session.unmarked", session, by=by)


@action(quiet=True)
def make_calendar(*, by: Person) -> CalendarKey:
    """A secret address; the one before it, if there was one, leads nowhere any more."""
    made, _is_new = CalendarKey.objects.update_or_create(person=by, defaults={"key": secrets.token_urlsafe(32)})
    record("conference.calendarkey.made", made, by=by)
    return made


@action(quiet=True)
def revoke_calendar(*, by: Person) -> Event:
    """The secret address leads nowhere any more."""
    held = CalendarKey.objects.filter(person=by).first()
    if held is None:
        raise Refusal(network.UNCHANGED, code="unchanged")
    event = record("conference.calendarkey.revoked", held, by=by)
    held.delete()
    return event


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Nothing is left of what somebody marked, and releases do not name them."""
    Favourite.objects.filter(person=person).delete()
    CalendarKey.objects.filter(person=person).delete()
    Release.objects.filter(person_id=person.pk).update(person_name="")
