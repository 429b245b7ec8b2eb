"""A person's mandates, what waits for their holder, and who speaks for a city."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.desk import Due
from creativecities.network.models import City, FirstStep, Mandate, Membership, NationalCommission, Portrait
from creativecities.network.models.people import in_force


@dataclass(frozen=True, slots=True)
class Mandates:
    """What a person holds today, and what they held or will hold; the newest first."""

    held: list[Mandate]
    others: list[Mandate]

    @property
    def teams(self) -> dict[int, Mandate]:
        """By city for which the person speaks, the mandate by which they do."""
        return {each.city_id: each for each in self.held if each.city_id and each.role in Mandate.TEAM_ROLES}


def of(person: Any) -> Mandates:
    """The mandates of a person. One statement, kept on the person for the length of a request."""
    if not hasattr(person, "_mandates"):
        own = Portrait.objects.filter(city=OuterRef("city"), is_current=True, by_hand=True)
        found = Mandate.objects.visible_to(person).filter(person_id=person.pk).order_by("-start", "role")
        found = found.select_related("city__country", "commission__country", "field")
        now = Membership.objects.filter(in_force(days.today()), city=OuterRef("city")).values("field_id")[:1]
        steps = FirstStep.objects.filter(city=OuterRef("city"), done_on__isnull=True).values("due_on")[:1]
        is_held = ExpressionWrapper(in_force(days.today()), output_field=BooleanField())
        found = found.annotate(has_own_portrait=Exists(own), is_held=is_held, in_field=Subquery(now))
        rows: list[Any] = list(found.annotate(next_step=Subquery(steps)))
        person._mandates = Mandates([row for row in rows if row.is_held], [row for row in rows if not row.is_held])
    kept: Mandates = person._mandates
    return kept


def teams_of(cities: "Iterable[City] | QuerySet[Any, Any]") -> list[Mandate]:
    """The mandates of those who speak for these cities today, with their people. One statement."""
    held = Mandate.objects.on(days.today()).filter(city__in=cities, role__in=Mandate.TEAM_ROLES, person__is_active=True)
    return list(held.select_related("person").order_by("person_id", "pk"))


def speakers(*cities: City) -> list[Person]:
    """Those who speak for any of these cities today, each once. One statement."""
    return list({mandate.person_id: mandate.person for mandate in teams_of(cities)}.values())


def secretariat() -> list[Person]:
    """Those who work for the Secretariat today, each once. One statement."""
    held = Mandate.objects.on(days.today()).filter(role=Mandate.Role.SECRETARIAT, person__is_active=True)
    return list({each.person_id: each.person for each in held.select_related("person").order_by("person_id")}.values())


def officers_of(commission: NationalCommission) -> list[Person]:
    """Those who work for a National Commission today, each once. One statement."""
    held = Mandate.objects.on(days.today()).filter(commission=commission, person__is_active=True)
    return list({each.person_id: each.person for each in held.select_related("person").order_by("person_id")}.values())


def holds_any(person_id: int) -> bool:
    """Whether a person has any mandate today. One statement."""
    return Mandate.objects.on(days.today()).filter(person_id=person_id).exists()


def due_for(person: Any) -> Iterable[Due]:
    """A handover before a mandate ends, a portrait in the city's own words, a contact."""
    mandates, last = of(person), days.today() + Mandate.ENDS_SOON
    yield from (_ending(mandate, mandate.end) for mandate in mandates.held if mandate.end and mandate.end <= last)
    for mandate in mandates.teams.values():
        yield from _of_city(mandate)


def _ending(mandate: Mandate, end: dt.date) -> Due:
    return Due(
        title=_("Prepare the handover of your mandate: %(role)s") % {"role": mandate.get_role_display()},
        url=reverse("portal:desk") + "#mandates",
        due_at=timezone.make_aware(dt.datetime.combine(end, dt.time.min)),
        detail=_("It ends on %(day)s. Tell the Secretariat who follows you, so that nothing is lost.")
        % {"day": date_format(end, "DATE_FORMAT")},
    )


def _of_city(mandate: Mandate) -> Iterable[Due]:
    city = mandate.city
    if city is None:
        return
    if next_step := getattr(mandate, "next_step", None):
        yield Due(
            title=_("First steps in the network: %(city)s") % {"city": city.name},
            url=reverse("network:first_steps", args=[city.slug]),
            due_at=days.last_instant(next_step),
            detail=_("What helps a new member to find its place, step by step."),
        )
    if not getattr(mandate, "has_own_portrait", True):
        yield Due(
            title=_("Write the portrait of %(city)s in your own words") % {"city": city.name},
            url=reverse("network:edit_portrait", args=[city.slug]),
            detail=_("The text shown now was written for this site. It takes about ten minutes."),
        )
    if not (city.office_email or city.website):
        yield Due(
            title=_("Say how %(city)s can be reached") % {"city": city.name},
            url=reverse("network:edit_contact", args=[city.slug]),
            detail=_("An office address or a website: other cities look for it first."),
        )
