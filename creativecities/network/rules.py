"""Who may do what now: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import rules as accounts
from creativecities.accounts.models import Invitation
from creativecities.core import access, days, presence
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal
from creativecities.network.models import (
    City,
    CityName,
    CreativeField,
    Mandate,
    Membership,
    Picture,
)
from creativecities.network.models.people import MandateQuerySet, in_force

UNCHANGED = _("Nothing was changed: what you sent is what was there.")


def roles_of(person: Any) -> frozenset[str]:
    """The roles of the mandates a person holds today, and `city-team` for those who may edit a city."""
    today = days.today()
    held = set(Mandate.objects.filter(person_id=person.pk).on(today).values_list("role", flat=True))
    if held & set(Mandate.TEAM_ROLES):
        held.add("city-team")
    return frozenset(held)


def mandates_visible_to(person: Any) -> Q:
    """Mayors in office are public; members see focal points, a team all of its city; the rest is for oneself.

    The Secretariat sees everything.
    """
    today = days.today()
    query = Q(role="mayor") & in_force(today)
    if not person.is_authenticated:
        return query
    held = access.roles(person)
    if "secretariat" in held:
        return Q()
    if held:
        contacts = Q(role__in=("focal-point", "alternative-contact"))
        query |= (contacts | Q(city__in=team_cities(person))) & in_force(today)
    return query | Q(person_id=person.pk)


def is_secretariat(person: Any) -> bool:
    """A robot that works for the Secretariat, or a person with its mandate today. Visitors have no `pk` either."""
    return isinstance(person, Robot) or "secretariat" in access.roles(person)


def may_edit(person: Any, city_id: int) -> bool:
    """Whether the edit button of a city leads somewhere for this person."""
    return is_secretariat(person) or team_cities(person).filter(city_id=city_id).exists()


def may_be_at(person: Any, place: str) -> bool:
    """Whether a person may still have the form of a city open: `network.city/<pk>/…`."""
    return may_edit(person, int(place.split("/")[1]))


def team_cities(person: Any) -> QuerySet[Mandate, Any]:
    """The ids of the cities in whose team the person is today, to be used inside another statement."""
    held = Mandate.objects.filter(person_id=person.pk, role__in=Mandate.TEAM_ROLES)
    return held.on(days.today()).values("city_id")


def member_cities() -> QuerySet[Membership, Any]:
    """The ids of the member cities of today, to be used inside another statement."""
    return Membership.objects.filter(in_force(days.today())).values("city_id")


def is_member(city: City) -> bool:
    """Whether a city is a member today, whatever day it may leave."""
    return member_cities().filter(city=city).exists()


def cities_editable_by(person: Any) -> Q:
    """A team edits its own city, the Secretariat every one."""
    return Q() if is_secretariat(person) else Q(pk__in=team_cities(person))


def edit_city(person: Any, city: City) -> Refusal | None:
    """The city's team of today and the Secretariat."""
    if is_secretariat(person) or team_cities(person).filter(city=city).exists():
        return None
    return Refusal(
        _("Only the team of this city and the Secretariat may change this page."),
        remedy=_("The Secretariat opens a mandate for you when the mayor’s office asks for it."),
        code="not-the-team",
        status=403,
    )


def rename_city(person: Any, city: City) -> Refusal | None:
    """The English name is the network's: only the Secretariat changes it."""
    if is_secretariat(person):
        return None
    return Refusal(
        _("The English name is changed by the Secretariat, so that lists and archives stay in step."),
        remedy=_("Write to the Secretariat with the decision by which the city was renamed."),
        code="secretariat-only",
        status=403,
    )


def remove_name(person: Any, name: CityName) -> Refusal | None:
    """Every name but the present English one can go; the files do not bring it back."""
    if refusal := edit_city(person, name.city):
        return refusal
    if name.kind != CityName.CURRENT:
        return None
    return Refusal(_("This is the present English name: it can be changed, not taken away."), code="present-name")


def build_on_version(opened: int, *, newest: int, fewest: int) -> Refusal | None:
    """A form names the version it was opened with; one that was never there is refused."""
    if fewest <= opened <= newest:
        return None
    return Refusal(
        _("This form names a version that does not exist."),
        remedy=_("What you typed is below, on top of the present version: look it over and save again."),
        code="forged-version",
        status=400,
    )


def state_rights(holds_rights: bool) -> Refusal | None:
    """A picture comes with the statement that its rights are held, or not at all."""
    if holds_rights:
        return None
    return Refusal(_("A picture is shown only with the statement that its rights are held."), code="picture-rights")


def take_down_picture(person: Any, picture: Picture) -> Refusal | None:
    """Only the Secretariat takes a picture down and puts it back."""
    if is_secretariat(person):
        return None
    return Refusal(_("Only the Secretariat takes pictures down."), code="secretariat-only", status=403)


def show_picture(person: Any, picture: Picture) -> Refusal | None:
    """A picture the team has withdrawn can be shown again by the team; one taken down only by the Secretariat."""
    if refusal := edit_city(person, picture.city):
        return refusal
    if picture.state == Picture.TAKEN_DOWN and not is_secretariat(person):
        return Refusal(
            _("The Secretariat has taken this picture down: %(reason)s") % {"reason": picture.reason},
            remedy=_("Answer the Secretariat, who can show it again."),
            code="taken-down",
            status=403,
        )
    return None


def files_visible_to(person: Any) -> Q:
    """Published files are everybody's; those who may edit a city also see its withdrawn pictures."""
    query = Q(is_public=True)
    if not access.roles(person):
        return query
    pictures = Picture.objects.all()
    if not is_secretariat(person):
        pictures = pictures.filter(city__in=team_cities(person))
    ids = pictures.values("file_id")
    return query | Q(pk__in=ids) | Q(derived_from__in=ids)


def events_of(cities: Any) -> Q:
    """The events about some cities (a queryset or list), their pictures and their mandates."""
    things = {
        "network.city": City.objects.filter(pk__in=cities).values(text=Cast("pk", CharField())),
        "network.picture": Picture.objects.filter(city__in=cities).values(text=Cast("pk", CharField())),
        "network.mandate": Mandate.objects.filter(city__in=cities).values(text=Cast("pk", CharField())),
    }
    query = Q(pk__in=())
    for label, ids in things.items():
        query |= Q(subject_label=label, subject_id__in=ids)
    return query


def events_visible_to(person: Any) -> Q:
    """The Secretariat reads the whole trail, a team that of its city."""
    if is_secretariat(person):
        return ~Q(pk__in=())
    return events_of(team_cities(person)) if "city-team" in access.roles(person) else Q(pk__in=())


def only_secretariat(person: Any) -> Refusal | None:
    """For what the Secretariat alone decides."""
    if is_secretariat(person):
        return None
    return Refusal(_("Only the Secretariat may do this."), code="not-secretariat", status=403)


def decide_on_reference_data(person: Any) -> Refusal | None:
    """Choose between what a person wrote and what the files say."""
    return only_secretariat(person)


def _not_before(start: dt.date, on: dt.date) -> Refusal | None:
    if on > start:
        return None
    words = {"start": date_format(start)}
    return Refusal(
        _("It began on %(start)s and cannot end before the day after.") % words, code="ends-before-it-begins"
    )


def open_membership(city: City) -> Membership | None:
    """The membership that has no end yet."""
    return Membership.objects.filter(city=city, end__isnull=True).first()


def receive(person: Any) -> Refusal | None:
    """The Secretariat or the head of the network lets cities join."""
    if is_secretariat(person) or "head-of-the-network" in access.roles(person):
        return None
    return Refusal(_("Only the head of the network and the Secretariat may do this."), code="not-head", status=403)


def admit(person: Any, city: City | None, start: dt.date) -> Refusal | None:
    """The Secretariat or the head of the network, for a city that is no member then."""
    if (refusal := receive(person)) or city is None:
        return refusal
    later = Q(end__isnull=True) | Q(end__gt=start)
    if Membership.objects.filter(later, city=city).exists():
        return Refusal(_("%(city)s is a member already.") % {"city": city.name}, code="already-member")
    return None


def change_field(person: Any, present: Membership | None, field: CreativeField, on: dt.date) -> Refusal | None:
    """The Secretariat or the head of the network, for a member, to another field."""
    if refusal := receive(person) or _is_member(present):
        return refusal
    if present is not None and present.field_id == field.pk:
        return Refusal(_("The city holds this field already."), code="same-field")
    return _not_before(present.start, on) if present else None


def end_membership(person: Any, present: Membership | None, on: dt.date, reason: str) -> Refusal | None:
    """The Secretariat, for a member, with a reason."""
    if refusal := only_secretariat(person) or _is_member(present):
        return refusal
    if not reason.strip():
        return Refusal(_("A membership ends only with a reason that can be read later."), code="no-reason")
    return _not_before(present.start, on) if present else None


def _is_member(present: Membership | None) -> Refusal | None:
    return None if present else Refusal(_("The city is not a member now."), code="not-member")


def open_mandate(person: Any, mandate: Mandate) -> Refusal | None:
    """The Secretariat; a city's team for alternative contacts of its own city."""
    return _may_hold(person, mandate) or seat_is_free(mandate)


def _may_hold(person: Any, mandate: Mandate) -> Refusal | None:
    if is_secretariat(person):
        return None
    of_team = mandate.role == Mandate.Role.ALTERNATIVE_CONTACT and mandate.city_id is not None
    if of_team and team_cities(person).filter(city=mandate.city_id).exists():
        return None
    return Refusal(
        _("Only the Secretariat opens and closes this mandate."),
        remedy=_("A city’s team decides on its alternative contacts; for all else write to the Secretariat."),
        code="not-secretariat",
        status=403,
    )


def seat_is_free(mandate: Mandate) -> Refusal | None:
    """The body fits the role, the dates are in order, and nobody holds the seat in that time."""
    if not mandate.fits_body():
        return Refusal(_("This role is not held for such a body."), code="wrong-body")
    if mandate.end is not None and (refusal := _not_before(mandate.start, mandate.end)):
        return refusal
    if mandate.role in Mandate.FIELD_ROLES and not _holds_field(mandate):
        return Refusal(_("The city is no member in this field on that day."), code="other-field")
    if _same_time(mandate).filter(person=mandate.person_id, city=mandate.city_id, field=mandate.field_id).exists():
        return Refusal(_("This person holds this mandate already."), code="held-already")
    seat = {"field": mandate.field_id} if mandate.role in Mandate.FIELD_ROLES else {"city": mandate.city_id}
    if mandate.role in (*Mandate.SINGLE_ROLES, *Mandate.FIELD_ROLES) and _same_time(mandate).filter(**seat).exists():
        return Refusal(
            _("Somebody holds this mandate in that time."),
            remedy=_("Hand it over, or end it first."),
            code="seat-taken",
        )
    return None


def _same_time(mandate: Mandate) -> MandateQuerySet:
    others = Mandate.objects.filter(Q(end__isnull=True) | Q(end__gt=mandate.start), role=mandate.role)
    others = others.filter(commission=mandate.commission_id)
    return others if mandate.end is None else others.filter(start__lt=mandate.end)


def _holds_field(mandate: Mandate) -> bool:
    members = Membership.objects.filter(city=mandate.city_id, field=mandate.field_id)
    return members.filter(in_force(mandate.start)).exists()


def close_mandate(person: Any, mandate: Mandate, on: dt.date) -> Refusal | None:
    """Who may open it may close it; the network is never left without a Secretariat."""
    if refusal := _may_hold(person, mandate):
        return refusal
    if mandate.end is not None and mandate.end <= on:
        return Refusal(_("This mandate ends by then already."), code="ended")
    if refusal := _not_before(mandate.start, on):
        return refusal
    if mandate.role == Mandate.Role.SECRETARIAT and not _others_of_secretariat(mandate, on):
        return last_officer()
    return None


def _others_of_secretariat(leaving: Mandate, on: dt.date) -> bool:
    """Whether another officer is there on that day and stays at least as long as this one would have."""
    others = Mandate.objects.on(on).filter(role="secretariat").exclude(person=leaving.person_id)
    until = Q(end__isnull=True) if leaving.end is None else Q(end__isnull=True) | Q(end__gte=leaving.end)
    return others.filter(until).exists()


def last_officer() -> Refusal:
    """Why the last officer stays."""
    return Refusal(
        _("This is the only officer of the Secretariat."),
        remedy=_("Open a mandate for somebody else first."),
        code="last-officer",
    )


def hand_over(person: Any, mandate: Mandate, to: Any, on: dt.date) -> Refusal | None:
    """Who may close it may hand it over, to somebody else."""
    if refusal := _may_hold(person, mandate):
        return refusal
    if to.pk == mandate.person_id:
        return Refusal(_("A mandate is handed over to somebody else."), code="same-person")
    if mandate.end is not None and mandate.end <= on:
        return Refusal(_("This mandate ends by then already."), code="ended")
    return _not_before(mandate.start, on)


def invite_to_city(person: Any, city: City, role: str, succeeds: Mandate | None) -> Refusal | None:
    """As opening the mandate; a taken seat needs the mandate that is to be handed over."""
    if role not in Mandate.CITY_ROLES:
        return Refusal(_("This role is not held for such a body."), code="wrong-body")
    wanted = Mandate(city=city, role=role, start=days.today())
    if refusal := _may_hold(person, wanted):
        return refusal
    if succeeds is None:
        return seat_is_free(wanted)
    if (succeeds.city_id, succeeds.role) != (city.pk, role):
        return Refusal(_("The mandate to hand over is another one."), code="other-mandate")
    return None


def invitation_stands(invitation: Invitation) -> bool:
    """Whether who sent it may still invite; what the Secretariat has sent stands, whoever works there now."""
    sender, payload, sent_on = invitation.invited_by, invitation.payload, invitation.created_at.date()
    officers = Mandate.objects.filter(role=Mandate.Role.SECRETARIAT, start__lte=sent_on)
    officers = officers.filter(Q(end__isnull=True) | Q(end__gte=sent_on))  # they may have left later that day
    if sender is None or officers.filter(person=sender).exists():
        return True
    wanted = Mandate(city_id=payload["city_id"], role=payload["role"], start=days.today())
    return _may_hold(sender, wanted) is None


def leave(person: Any) -> Refusal | None:
    """The last officer of the Secretariat cannot delete their account."""
    today = days.today()
    held = Mandate.objects.on(today).filter(person_id=person.pk, role="secretariat")
    return None if all(_others_of_secretariat(mandate, today) for mandate in held) else last_officer()


def needs_second_factor(person: Any) -> bool:
    """Officers of the Secretariat sign in with a second factor."""
    return "secretariat" in access.roles(person)


def register() -> None:
    """Tell the kernel the network's roles and audiences."""
    access.register_roles(roles_of)
    access.register_event_rule(events_visible_to)
    presence.register_places("network.city", may_be_at)
    access.register_audience("secretariat", is_secretariat)
    access.register_audience("city-team", lambda person: "city-team" in access.roles(person))
    access.register_audience("commission", lambda person: "commission-officer" in access.roles(person))
    access.register_audience("member", lambda person: bool(access.roles(person)))
    accounts.register_second_factor_rule(needs_second_factor)
    accounts.register_erasure_rule(leave)
