"""Needs and offers of all cities: the list, the same as data, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from creativecities.core import downloads, pages
from creativecities.core.access import get_visible, page
from creativecities.exchange.models import Need
from creativecities.exchange.queries import needs, topics
from creativecities.network import rules as network
from creativecities.portal import formats
from creativecities.portal.compute.pager import Pager
from creativecities.portal.forms import NeedFilter
from creativecities.portal.queries.known import names


def _chosen(query: QueryDict) -> dict[str, str]:
    return {name: value[:50] for name in needs.FILTERS if (value := query.get(name, "").strip())}


@page("public", cache=True)
def exchange(request: HttpRequest) -> HttpResponse:
    """Open needs and offers, the newest first. Four statements, whatever their number."""
    chosen = _chosen(request.GET)
    found = needs.opened(chosen)
    pager = Pager.of(found.count(), page=pages.page_number(request.GET), size=pages.page_size(request.GET, most=100))
    known = names()
    choices = {"topic": {one.slug: one.name for one in topics.offered()}, "field": known["field"]}
    context = {
        "rows": [_row(need) for need in needs.with_all(found)[pager.offset : pager.offset + pager.size]],
        "pager": pager,
        "chosen": chosen,
        "form": NeedFilter(request.GET, choices={**choices, "region": known["region"]}),
    }
    return render(request, "portal/exchange.html", context)


@page("public", cache=True)
def exchange_data(request: HttpRequest) -> HttpResponse:
    """The same list and filters as JSON."""
    found = needs.opened(_chosen(request.GET))
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    rows = needs.with_all(found)[(number - 1) * size : number * size]
    results = [formats.need(each) for each in rows]
    return downloads.as_json({"count": found.count(), "page": number, "page_size": size, "results": results})


@page("public", cache=True)
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """One need or offer. Four statements, two more for who has signed in."""
    one = get_visible(Need, request.user, pk=pk)
    context: dict[str, Any] = {"one": one, **_row(one), "is_mine": False}
    if request.user.is_authenticated:
        context["is_mine"] = network.team_cities(request.user).filter(city=one.city_id).exists()
    return render(request, "portal/need.html", context)


def _row(one: Need) -> dict[str, Any]:
    known, every = names(), topics.every()
    return {
        "need": one,
        "country": known["country"].get(one.city.country_id, ""),
        "topics": [every[place.topic_id] for place in one.places.all() if place.topic_id in every],
        "fields": [(field.pk, known["field"].get(field.pk, field.pk)) for field in one.fields.all()],
    }
