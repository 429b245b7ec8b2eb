"""Mandates: opened, closed, handed over, and offered by invitation."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Invitation, Person
from creativecities.core import days
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor, Robot
from creativecities.core.refusal import Refusal
from creativecities.network import notices, rules
from creativecities.network.models import City, CreativeField, Mandate, NationalCommission, Portrait
from creativecities.network.queries import handover, invitations

INVITATION = invitations.KIND
TERM_YEARS = 2
FASTER = _("Somebody was faster: this mandate has changed since you opened the page.")


@action
def open_mandate(
    *, person: Person, role: str, start: dt.date, end: dt.date | None = None, city: City | None = None,
    commission: NationalCommission | None = None, field: CreativeField | None = None, note: str = "", by: Actor,
) -> Mandate:  # fmt: skip
    """Give a person a role for a city, a commission, a field or the network; coordinators: two years by default."""
    if end is None and role in Mandate.FIELD_ROLES:
        end = days.years_later(start, TERM_YEARS)
    mandate = Mandate(
        person=person, role=role, city=city, commission=commission, field=field, start=start, end=end, note=note
    )  # fmt: skip
    _lock(mandate)
    if refusal := rules.open_mandate(by, mandate):
        raise refusal
    return _open(mandate, by=by)


@step
def seat(mandate: Mandate, *, by: Actor) -> Mandate:
    """Open a mandate that a larger act gives. Raises Refusal when somebody holds the seat."""
    _lock(mandate)
    if refusal := rules.seat_is_free(mandate):
        raise refusal
    return _open(mandate, by=by)


def _open(mandate: Mandate, *, by: Actor, **facts: Any) -> Mandate:
    mandate.save(force_insert=True)
    mandate.person.__dict__.pop("_roles", None)
    record("network.mandate.opened", mandate, by=by, **_facts(mandate), **facts)
    notices.mandate_opened(mandate)
    return mandate


def _facts(mandate: Mandate) -> dict[str, Any]:
    """Ids only: a name in an event could not be forgotten."""
    return {
        "role": mandate.role,
        "person_id": mandate.person_id,
        "city_id": mandate.city_id,
        "body": str(mandate.body or ""),
        "start": mandate.start.isoformat(),
        "end": mandate.end.isoformat() if mandate.end else None,
    }


def _lock(mandate: Mandate) -> None:
    """Two officers who open the same seat wait for each other."""
    for body in (mandate.city, mandate.commission, mandate.field):
        if body is not None:
            type(body)._default_manager.select_for_update().filter(pk=body.pk).first()


@action
def close_mandate(mandate: Mandate, *, on: dt.date, by: Actor) -> None:
    """End a mandate from a day on. What was done under it stays."""
    if mandate.role == Mandate.Role.SECRETARIAT:
        _hold_secretariat()
    if refusal := rules.close_mandate(by, mandate, on):
        raise refusal
    _close(mandate, on)
    record("network.mandate.closed", mandate, by=by, **_facts(mandate))
    notices.mandate_closed(mandate)


def _hold_secretariat() -> None:
    """Officers who leave at the same time wait for each other, so that each sees who is left."""
    list(Mandate.objects.select_for_update().filter(role=Mandate.Role.SECRETARIAT).order_by("pk"))


def _close(mandate: Mandate, on: dt.date) -> None:
    in_force = Q(end__isnull=True) | Q(end__gt=on)
    if not Mandate.objects.filter(in_force, pk=mandate.pk, start__lt=on).update(end=on):
        raise Refusal(FASTER, code="state-changed")
    mandate.end = on
    mandate.person.__dict__.pop("_roles", None)


@action
def hand_over(mandate: Mandate, *, to: Person, on: dt.date, by: Actor) -> Mandate:
    """Let another person follow in the same role from a day on; drafts, threads and duties pass to them."""
    if refusal := rules.hand_over(by, mandate, to, on):
        raise refusal
    return _follow(mandate, to, on, by=by)


def _follow(mandate: Mandate, to: Person, on: dt.date, *, by: Actor) -> Mandate:
    until = mandate.end
    passing = handover.passes_on(mandate)
    _lock(mandate)
    _close(mandate, on)
    following = Mandate(
        person=to, role=mandate.role, city=mandate.city, commission=mandate.commission, field=mandate.field,
        start=on, end=until,
    )  # fmt: skip
    following.save(force_insert=True)
    to.__dict__.pop("_roles", None)
    for act in handover.acts():
        act(mandate, following, by=by)
    record("network.mandate.handed_over", following, by=by, **_facts(following), from_person_id=mandate.person_id)
    notices.mandate_handed_over(mandate, following, passing)
    return following


@action(quiet=True)
def invite_focal_point(
    city: City, *, email: str, name: str, language: str, role: str = Mandate.Role.FOCAL_POINT,
    succeeds: Mandate | None = None, by: Actor,
) -> Invitation:  # fmt: skip
    """Invite somebody to a role for a city; the mandate begins on the day they accept.

    Where the seat is taken, `succeeds` names the mandate that passes to them then.
    """
    if refusal := rules.invite_to_city(by, city, role, succeeds):
        raise refusal
    with override(language):
        words = {"role": Mandate.Role(role).label, "city": city.name}
        purpose = gettext("%(role)s of %(city)s in the network of creative cities") % words
    payload = {"city_id": city.pk, "role": str(role), "succeeds_id": succeeds.pk if succeeds else None}
    invitation = accounts.invite(
        email=email, name=name, language=language, purpose=purpose, kind=INVITATION, payload=payload, by=by
    )
    record("network.city.team_invited", city, by=by, role=str(role), invitation_id=invitation.pk)
    return invitation


@action
def take_up(invitation: Invitation, person: Person, *, by: Actor) -> Mandate:
    """Open the mandate somebody was invited to; `rules.invitation_stands` was asked before."""
    payload, today = invitation.payload, days.today()
    city = City.objects.get(pk=payload["city_id"])
    mandate = Mandate(person=person, role=payload["role"], city=city, start=today)
    if payload.get("succeeds_id"):
        old = Mandate.objects.on(today).filter(pk=payload["succeeds_id"], start__lt=today).first()
        if old is not None:
            return _follow(old, person, today, by=by)
    _lock(mandate)
    if refusal := rules.seat_is_free(mandate):
        raise refusal
    return _open(mandate, by=by, invitation_id=invitation.pk)


@action
def forget_person(person: Person, *, by: Actor) -> None:
    """End the mandates of somebody who leaves, and take their name from what they wrote.

    Raises the rule's Refusal: what it said before may have changed while another officer left. A robot only repeats
    what was decided before.
    """
    _hold_secretariat()
    if not isinstance(by, Robot) and (refusal := rules.leave(person)):
        raise refusal
    today = days.today()
    in_force = Q(end__isnull=True) | Q(end__gt=today)
    held = Mandate.objects.filter(person=person)
    held.filter(in_force, start__lt=today).update(end=today)
    held.filter(in_force, start__gte=today).delete()
    held.update(note="")
    Portrait.objects.filter(author_id=person.pk).update(author_name="")
    record("network.mandate.holder_left", Mandate(pk=0, role=""), by=by, person_id=person.pk)
