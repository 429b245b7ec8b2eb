"""Pages of prose: what the network and this site are."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core import days
from creativecities.core.access import page
from creativecities.network.models import AreaOfAction, Goal, Objective
from creativecities.portal import queries
from creativecities.portal.compute.filters import Filters

PREPARED_ON = dt.date(2026, 11, 21)
KNOWN_ISSUES: list[str] = []


def _numbers() -> dict[str, int]:
    """How many cities, countries and fields there are today. One statement."""
    counts = queries.facets(Filters(day=days.today()), names=("field", "country"))
    return {
        "cities": counts["total"][0].number,
        "countries": queries.counted_countries(counts["country"]),
        "fields": len(counts["field"]),
    }


def _plain(
    name: str, context: Callable[[HttpRequest], dict[str, Any]] = lambda _request: {}
) -> Callable[..., HttpResponse]:
    @page("public", cache=True)
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, f"portal/pages/{name}.html", context(request))

    view.__doc__ = f"The page “{name.replace('_', ' ')}”."
    return view


def _objectives(request: HttpRequest) -> dict[str, Any]:
    return {
        "objectives": Objective.objects.visible_to(request.user),
        "areas": AreaOfAction.objects.visible_to(request.user),
        "sdgs": [{"code": goal.number, "name": goal.name} for goal in Goal.objects.visible_to(request.user)],
    }


def _with_numbers(request: HttpRequest) -> dict[str, Any]:
    return {"network": _numbers()}


def _accessibility(request: HttpRequest) -> dict[str, Any]:
    return {"known_issues": KNOWN_ISSUES, "prepared_on": PREPARED_ON}


about = _plain("about", _with_numbers)
faq = _plain("faq", _with_numbers)
objectives = _plain("objectives", _objectives)
how_to_join = _plain("how_to_join")
partners = _plain("partners")
contact = _plain("contact")
privacy = _plain("privacy")
terms = _plain("terms")
imprint = _plain("imprint")
accessibility = _plain("accessibility", _accessibility)
