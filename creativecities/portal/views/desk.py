"""My desk: what is due, my cities, my mandates, what happened."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from creativecities.core import access, days, events
from creativecities.core import desk as duties
from creativecities.core.access import page
from creativecities.network.models import Mandate
from creativecities.portal.queries import desk as queries

_TEAM = _("edits the city’s page, confirms, replies and nominates")
ALLOWS = {
    "mayor": _("submits, votes and signs for the city; is named in public while in office"),
    "deputy-mayor": _("stands in for the mayor"),
    "mayors-representative": _("edits the city’s page, submits, votes and signs for the city"),
    "focal-point": _("edits the city’s page, confirms, replies and nominates; submits, votes and co-signs"),
    "alternative-contact": _TEAM,
    "coordinator": _("leads the cities of a field, for a term of two years"),
    "deputy-coordinator": _("stands in for the coordinator of a field"),
    "commission-officer": _("reads the files of the country and endorses"),
    "expert": _("reads and scores what is assigned"),
    "secretariat": _("runs calls, rounds and editions, and opens mandates; decides nothing in a city’s name"),
    "head-of-the-network": _("decides on designations"),
}


@page("signed-in")
def desk_page(request: HttpRequest) -> HttpResponse:
    """One thing to do next on top; then cities, mandates, events. Two statements beside those of the session."""
    today = days.today()
    mandates = queries.mandates(request.user)
    held = [mandate for mandate in mandates if queries.is_held(mandate, today)]
    cities = _cities(held)
    is_secretariat = "secretariat" in access.roles(request.user)
    waiting = duties.due(request.user)
    context = {
        "next": waiting[0] if waiting else None,
        "later": waiting[1:],
        "cities": cities,
        "held": [_row(mandate, today) for mandate in held],
        "others": [_row(mandate, today) for mandate in mandates if mandate not in held],
        "events": _events(request.user, [city["id"] for city in cities], show=bool(cities) or is_secretariat),
        "is_secretariat": is_secretariat,
    }
    return render(request, "portal/desk.html", context)


def _cities(held: list[Mandate]) -> list[dict[str, Any]]:
    """The cities of the mandates in force, each once, with whether the person may edit them."""
    found: dict[int, dict[str, Any]] = {}
    for mandate in held:
        if mandate.city is None:
            continue
        city = found.setdefault(mandate.city.pk, {"id": mandate.city.pk, "city": mandate.city, "may_edit": False})
        city["may_edit"] = city["may_edit"] or mandate.role in Mandate.TEAM_ROLES
    return list(found.values())


def _row(mandate: Mandate, today: dt.date) -> dict[str, Any]:
    return {
        "mandate": mandate,
        "body": mandate.body,
        "allows": ALLOWS.get(mandate.role, ""),
        "days_left": (mandate.end - today).days if mandate.end else None,
        "is_future": mandate.start > today,
    }


def _events(person: Any, cities: list[int], *, show: bool) -> list[dict[str, Any]]:
    if not show:
        return []
    return [
        {
            "at": event.at,
            "sentence": events.sentence(
                event.kind, actor=event.actor_name, subject=event.subject_name, facts=event.facts
            ),
        }
        for event in queries.recent_events(person, cities)
    ]
