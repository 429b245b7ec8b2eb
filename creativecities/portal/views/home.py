"""Home: the map, live numbers, what the network is, ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from creativecities.core import days, pages
from creativecities.core.access import page
from creativecities.network.models import Objective
from creativecities.portal import queries
from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries import vocabulary


@page("public", cache=True)
def home(request: HttpRequest) -> HttpResponse:
    """The whole network at a glance. Three statements."""
    today = days.today()
    day = pages.as_of(request.GET, today=today)
    filters = Filters(day=day or today, is_today=day is None)
    found = queries.find(filters)
    counts = found.counts(("field", "region", "country", "year"))
    context = {
        "map": queries.map_of(found, root=reverse("portal:city", args=["x"]).removesuffix("x/")),
        "total": found.total,
        "countries": queries.counted_countries(counts["country"]),
        "fields": vocabulary.ways("field", counts["field"]),
        "regions": vocabulary.ways("region", counts["region"]),
        "years": vocabulary.ways("year", counts["year"]),
        "objectives": Objective.objects.visible_to(request.user),
        "filters": filters,
        "first_year": vocabulary.FIRST_YEAR,
        "cities": found.page(limit=9, sort="newest"),
        "newest_year": max((count.value for count in counts["year"]), default=""),
    }
    return render(request, "portal/home.html", context)
