"""What a person finds at their desk: mandates, cities, what is due, what happened."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from creativecities.core import days
from creativecities.core.desk import Due
from creativecities.core.models import Event
from creativecities.network import rules
from creativecities.network.models import Mandate, Portrait

SOON = dt.timedelta(days=90)
LATEST = 12


def mandates(person: Any) -> list[Mandate]:
    """All mandates a person holds or held, the present ones first; kept on the person for the length of a request."""
    if not hasattr(person, "_mandates"):
        own = Portrait.objects.filter(city=OuterRef("city"), is_current=True, by_hand=True)
        found = Mandate.objects.visible_to(person).filter(person_id=person.pk)
        found = found.select_related("city__country", "commission__country", "field")
        found = found.annotate(has_own_portrait=Exists(own)).order_by("-start", "role")
        today = days.today()
        person._mandates = sorted(found, key=lambda mandate: not is_held(mandate, today))
    kept: list[Mandate] = person._mandates
    return kept


def is_held(mandate: Mandate, day: dt.date) -> bool:
    """In force on a day."""
    return mandate.start <= day and (mandate.end is None or mandate.end > day)


def recent_events(person: Any, cities: list[int]) -> QuerySet[Event]:
    """The latest events of some cities, or without a city all that the person may read. One statement."""
    found = Event.objects.visible_to(person)
    return (found.filter(rules.events_of(cities)) if cities else found)[:LATEST]


def what_is_due(person: Any) -> Iterable[Due]:
    """What the network waits for: a handover before a mandate ends, a portrait in the city's own words, a contact."""
    today = days.today()
    held = [mandate for mandate in mandates(person) if is_held(mandate, today)]
    yield from (_ending(mandate, mandate.end) for mandate in held if mandate.end and mandate.end <= today + SOON)
    teams = {m.city_id: m for m in held if m.city_id and m.role in Mandate.TEAM_ROLES}
    for mandate in teams.values():
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
