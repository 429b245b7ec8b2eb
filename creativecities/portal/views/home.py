"""Home: the map, live numbers, what the network is, ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from creativecities.core.access import page
from creativecities.network.models import Objective
from creativecities.portal import queries
from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries import vocabulary


@page("public", cache=True)
def home(request: HttpRequest) -> HttpResponse:
    """The whole network at a glance. Three statements."""
    filters = Filters(day=timezone.localdate())
    counts = queries.facets(filters, names=("field", "region", "country", "year"))
    context = {
        "map": queries.map_of(filters, root=reverse("portal:city", args=["x"]).removesuffix("x/")),
        "total": counts["total"][0].number,
        "countries": queries.counted_countries(counts["country"]),
        "fields": vocabulary.ways("field", counts["field"]),
        "regions": vocabulary.ways("region", counts["region"]),
        "years": vocabulary.ways("year", counts["year"]),
        "objectives": Objective.objects.visible_to(request.user),
        "cities": queries.rows(Filters(day=filters.day, sort="newest"), limit=9),
        "newest_year": max((count.value for count in counts["year"]), default=""),
    }
    return render(request, "portal/home.html", context)
