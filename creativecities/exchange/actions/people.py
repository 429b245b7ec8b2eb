"""What the exchange forgets when somebody deletes their account."""

from creativecities.accounts.actions import TOMBSTONE
from creativecities.accounts.models import Person
from creativecities.core import outbox
from creativecities.core.action import step
from creativecities.core.actor import Actor
from creativecities.exchange.models import (
    Announcement,
    FollowUp,
    InitiativeVersion,
    Invitation,
    Invitee,
    Message,
    Need,
    Opening,
    Partner,
    Rating,
    Reply,
    Suggestion,
    Translation,
    Wanted,
)
from creativecities.exchange.notices import messages as notices


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Take their name from what they wrote, answered and announced in a city's name; that itself stays the city's."""
    for said in Message.objects.filter(person_id=person.pk):  # their mails say who writes
        outbox.forget_name(notices.keys(said), said.person_name, tombstone=TOMBSTONE)
    for model in (
        Announcement, FollowUp, InitiativeVersion, Invitation, Invitee, Message,
        Need, Opening, Partner, Rating, Reply, Suggestion, Translation, Wanted,
    ):  # fmt: skip
        model._default_manager.filter(person_id=person.pk).update(person_name="")
