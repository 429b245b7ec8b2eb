"""A city's page: a view of what is recorded about it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from creativecities.core import days, pages
from creativecities.core.access import page
from creativecities.exchange.queries import found as exchange
from creativecities.portal import queries
from creativecities.portal.queries import profile


@page("public", cache=True)
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """One city as it is, or as it was on a day. Four statements."""
    today = days.today()
    day = pages.as_of(request.GET, today=today) or today
    row = queries.row(slug, day)
    if row is None:
        return _moved(request, slug)
    context = profile.context(row, day=day, is_today=day == today, person=request.user)
    context["initiatives"] = exchange.of_city(row.city_id, day=day, most=7)
    return render(request, "portal/city.html", context)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    """An address under a former or other name leads to the city's own."""
    present = queries.slug_of_name(slug)
    if present is None or present == slug:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse("portal:city", args=[present]) + (f"?{query}" if query else ""))
