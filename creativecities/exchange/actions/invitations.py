"""Invitations: sent to cities whose number was seen before, answered, and withdrawn."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.actions import guests
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.exchange.notices import invitations as notices
from creativecities.exchange.queries import invitations
from creativecities.exchange.rules import invitations as rules
from creativecities.network import rules as network


@action
def invite(
    one: Initiative, *, values: dict[str, Any], whom: dict[str, Any], seen: str, once: uuid.UUID, by: Person
) -> Invitation:
    """Invite the cities that fit `whom` to an initiative, and tell their teams.

    `seen` is the mark of the cities whose number the person saw. Raises Refusal when those have changed since, when
    nobody is reached, and when the same form was sent before. Nobody is invited to the same thing twice.
    """
    one = Initiative.objects.select_for_update(of=("self",)).select_related("lead").get(pk=one.pk)
    if refusal := rules.invite(by, one):
        raise refusal
    said = Invitation(initiative=one, host=one.lead, once=once, person_id=by.pk, person_name=by.name, **values)
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("This invitation has been sent already; it is not sent twice."), code="sent-before") from None
    found = invitations.reach(one, **whom)
    if refusal := rules.reaches(found.mark == seen, len(found.cities)):
        raise refusal
    Invitee.objects.bulk_create(
        [Invitee(invitation=said, city_id=city.pk, host_id=said.host_id) for city in found.cities]
    )
    record("exchange.invitation.sent", said, by=by, cities=len(found.cities))
    notices.invited(said)
    return said


@action
def accept(invitee: Invitee, *, word: str, by: Person, waits: bool = False) -> Event:
    """Say yes in a city's name: it comes, and is a confirmed partner from then on.

    When all places are taken it goes on the waiting list if it `waits`; otherwise a Refusal offers that.
    """
    invitee = _hold(invitee)
    if refusal := rules.accept(by, invitee):
        raise refusal
    comes = _take_place(invitee.invitation)
    if not comes and not waits:
        raise rules.full()
    event = _say(invitee, "accept" if comes else "wait", word=word, by=by)
    if comes:
        guests.come(invitee, by=by)
    return event


@action
def decline(invitee: Invitee, *, word: str, by: Person) -> Event:
    """Say no, or take back a yes; the place goes to the city that has waited longest."""
    invitee = _hold(invitee)
    if refusal := rules.decline(by, invitee):
        raise refusal
    came = invitee.state == states.ACCEPTED
    event = _say(invitee, "decline", word=word, by=by)
    if came:
        Invitation.objects.filter(pk=invitee.invitation_id).update(taken=F("taken") - 1)
        guests.stay_away(invitee, by=by)
        _move_up(invitee.invitation, by=by)
    return event


@action
def withdraw(invitation: Invitation, *, reason: str, by: Person) -> Event:
    """Take an invitation back, with a reason that all invited cities read; who came by it is no partner any more."""
    invitation = _locked(invitation.pk)
    if refusal := rules.withdraw(by, invitation):
        raise refusal
    event = move(invitation, "withdraw", by=by)
    Invitation.objects.filter(pk=invitation.pk).update(reason=reason, moved_at=event.at)
    guests.send_away(invitation, by=by)
    notices.withdrawn(invitation)
    return event


def _locked(pk: int) -> Invitation:
    """Whoever answers or withdraws holds the invitation for the length of the transaction: they go one by one."""
    return Invitation.objects.select_for_update(of=("self",)).select_related("initiative__lead", "host").get(pk=pk)


def _hold(invitee: Invitee) -> Invitee:
    invitation = _locked(invitee.invitation_id)
    now = Invitee.objects.select_related("city").get(pk=invitee.pk)
    now.invitation = invitation
    return now


def _take_place(invitation: Invitation) -> bool:
    free = Invitation.objects.filter(pk=invitation.pk, state=states.OPEN, taken__lt=F("places"))
    return bool(free.update(taken=F("taken") + 1))


def _say(invitee: Invitee, verb: str, *, word: str, by: Person) -> Event:
    event = move(invitee, verb, by=by)
    invitee.at, invitee.word, invitee.person_id, invitee.person_name = event.at, word, by.pk, by.name
    invitee.save(update_fields=["at", "word", "person_id", "person_name"])
    notices.answered(invitee, event)
    return event


@step
def _move_up(invitation: Invitation, *, by: Person) -> None:
    """Give the free place to the member city that has waited longest, as long as it can still come."""
    if rules.stands(invitation) or invitation.starts_on <= days.today():
        return
    waiting = invitation.invitees.filter(state=states.WAITING_LIST, city__in=network.member_cities())
    first = waiting.select_related("city").order_by("at", "pk").first()
    if first is None or not _take_place(invitation):
        return
    first.invitation = invitation
    event = move(first, "move_up", by=by)
    Invitee.objects.filter(pk=first.pk).update(at=event.at)
    guests.come(first, by=by)
    notices.moved_up(first, event)
