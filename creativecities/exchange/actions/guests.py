"""What an invitation makes of a city that accepts it: a confirmed partner, for as long as its yes stands."""

from creativecities.accounts.models import Person
from creativecities.core.action import move, record, step
from creativecities.core.actor import Actor
from creativecities.exchange import states
from creativecities.exchange.actions.suggestions import follow
from creativecities.exchange.models import Invitation, Invitee, Partner


@step
def come(invitee: Invitee, *, by: Actor) -> None:
    """Let a city that has accepted be a confirmed partner, in the name of the person who accepted.

    It comes by the invitation alone where nobody had named or asked it before, and where it does not own the thing.
    """
    one = invitee.invitation.initiative
    part, is_new = Partner.objects.get_or_create(initiative=one, city=invitee.city, defaults={"lead": one.lead})
    if part.state == states.CONFIRMED:
        return
    is_guest = is_new or (part.state == states.DECLINED and not part.owns)
    event = move(part, "confirm", by=by, city=invitee.city.name, initiative=one.title)
    Partner.objects.filter(pk=part.pk).update(
        at=event.at,
        invitation=invitee.invitation if is_guest else None,
        person_id=invitee.person_id,
        person_name=invitee.person_name,
    )
    follow("agree", one.lead, invitee.city, by=by)


@step
def stay_away(invitee: Invitee, *, by: Person) -> None:
    """Take back the part of a city that has come by an invitation, and only by that."""
    one = invitee.invitation.initiative
    for part in invitee.invitation.parts.filter(city=invitee.city, state=states.CONFIRMED):
        event = move(part, "decline", by=by, city=invitee.city.name, initiative=one.title)
        Partner.objects.filter(pk=part.pk).update(at=event.at, person_id=by.pk, person_name=by.name)
        follow("stay_away", one.lead, invitee.city, by=by)


@step
def send_away(invitation: Invitation, *, by: Person) -> None:
    """Let go all that have come by an invitation that no longer stands; who has taken its yes back has said no."""
    for part in invitation.parts.filter(state=states.CONFIRMED).select_related("city", "lead", "initiative"):
        record("exchange.partner.let_go", part, by=by, city=part.city.name, initiative=part.initiative.title)
        part.delete()
        follow("let_go", part.lead, part.city, by=by)
