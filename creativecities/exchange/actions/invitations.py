"""Invitations: sent to cities whose number was seen before, answered, and withdrawn."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.actions import guests
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.exchange.notices import invitations as notices
from creativecities.exchange.queries import invitations
from creativecities.exchange.rules import invitations as rules


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
        if not Invitation.objects.filter(once=once).exists():
            raise
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

    When all places are taken it goes on the waiting list if it `waits`; otherwise a Refusal offers that. A place that
    fell free while nobody could come belongs to those that wait.
    """
    invitee = _hold(invitee)
    if refusal := rules.accept(by, invitee):
        raise refusal
    moved_up = _fill(invitee.invitation, by=by)
    if invitee.pk in moved_up:
        return moved_up[invitee.pk]
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
        _fill(invitee.invitation, by=by)
    return event


@action
def fill_places(due: Iterable[Invitation], *, by: Actor) -> None:
    """Let cities move up to places that fell free while nobody could come: it was not public, or its host not in."""
    for invitation in due:
        _fill(_locked(invitation.pk), by=by)


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
def _fill(invitation: Invitation, *, by: Actor) -> dict[int, Event]:
    """Give the free places to those that have waited longest, as long as they can still come; by line, what happened.

    Without those that could not come: a city that has left, and one that leads it by now.
    """
    moved: dict[int, Event] = {}
    if rules.stands(invitation) or invitation.starts_on <= days.today():
        return moved
    for invitee in invitations.waiting(invitation):
        if not _take_place(invitation):
            break
        invitee.invitation = invitation
        event = moved[invitee.pk] = move(invitee, "move_up", by=by)
        Invitee.objects.filter(pk=invitee.pk).update(at=event.at)
        guests.come(invitee, by=by)
        notices.moved_up(invitee, event)
    return moved
