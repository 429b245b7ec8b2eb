"""My desk: what is due, my cities, my mandates, what happened."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core import access, days
from creativecities.core import desk as duties
from creativecities.core.access import page
from creativecities.network.models import Mandate
from creativecities.network.queries import mandates
from creativecities.network.views import saving
from creativecities.portal.queries import desk as queries
from creativecities.portal.queries import names


@page("signed-in")
def desk_page(request: HttpRequest) -> HttpResponse:
    """One thing to do next on top; then cities, mandates, events. Two statements, for a team three."""
    today = days.today()
    own = mandates.of(request.user)
    cities = _cities(own.held)
    is_secretariat = "secretariat" in access.roles(request.user)
    waiting = duties.due(request.user)
    context = {
        "next": waiting[0] if waiting else None,
        "later": waiting[1:],
        "cities": cities,
        "held": [_row(mandate, today) for mandate in own.held],
        "others": [_row(mandate, today) for mandate in own.others],
        "events": _events(request.user, [city["id"] for city in cities], show=bool(cities) or is_secretariat),
        "is_secretariat": is_secretariat,
        "may_talk": any(city["may_edit"] for city in cities),
    }
    return render(request, "portal/desk.html", context)


def _cities(held: list[Mandate]) -> list[dict[str, Any]]:
    """The cities of the mandates in force, each once, with whether the person may edit them."""
    found: dict[int, dict[str, Any]] = {}
    for mandate in held:
        if mandate.city is None:
            continue
        field = getattr(mandate, "in_field", None)
        new = {"id": mandate.city.pk, "city": mandate.city, "may_edit": False, "field": field}
        city = found.setdefault(mandate.city.pk, {**new, "of": names()["field"].get(field or "", "")})
        city["may_edit"] = city["may_edit"] or mandate.role in Mandate.TEAM_ROLES
    return list(found.values())


def _row(mandate: Mandate, today: dt.date) -> dict[str, Any]:
    return {
        "mandate": mandate,
        "body": mandate.body,
        "days_left": (mandate.end - today).days if mandate.end else None,
        "is_future": mandate.start > today,
    }


def _events(person: Any, cities: list[int], *, show: bool) -> list[dict[str, Any]]:
    if not show:
        return []
    return [{"at": event.at, "sentence": saving.sentence(event)} for event in queries.recent_events(person, cities)]
