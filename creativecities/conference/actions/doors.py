"""The Secretariat makes doors, closes them, and gives them another address when one has got about."""

from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.models import Door, Edition, Session
from creativecities.conference.models.doors import new_address
from creativecities.conference.rules import doors as rules
from creativecities.conference.rules import editions
from creativecities.core.action import action, move, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal


@action(quiet=True)
def make(edition: Edition, *, name: str, session: Session | None = None, by: Person) -> Door:
    """Make a door of the house, or of a session; its name is there once."""
    if refusal := rules.make(by, edition, session):
        raise refusal
    door, is_new = Door.objects.get_or_create(edition=edition, name=name, defaults={"session": session})
    if not is_new:
        raise Refusal(_("There is a door of this name already."), code="name-there")
    record("conference.door.made", door, by=by)
    return door


@action(quiet=True)
def close(door: Door, *, by: Person) -> Event:
    """Give no list any more. What phones of this door have not sent yet is still taken."""
    if refusal := editions.run(by, door.edition):
        raise refusal
    return move(door, "close", by=by)


@action(quiet=True)
def open(door: Door, *, by: Person) -> Event:
    """Give the list again."""
    if refusal := editions.run(by, door.edition):
        raise refusal
    return move(door, "open", by=by)


@action(quiet=True)
def renew(door: Door, *, by: Person) -> Event:
    """Give the door another address: the old one opens nothing. A phone that opens the new one sends what it has."""
    if refusal := editions.run(by, door.edition):
        raise refusal
    door.code = new_address()
    door.save(update_fields=["code"])
    return record("conference.door.renewed", door, by=by)
