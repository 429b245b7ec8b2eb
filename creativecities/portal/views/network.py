"""Who works with whom, on any day: the graph, what can be counted on it, and the ties behind each number."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core import downloads, pages
from creativecities.core.access import page
from creativecities.exchange.compute import ties
from creativecities.exchange.compute.health import Health
from creativecities.exchange.queries.ties import health as health_on
from creativecities.portal import formats
from creativecities.portal.compute.filters import Filters
from creativecities.portal.compute.pager import Pager
from creativecities.portal.queries import health as words
from creativecities.portal.queries import vocabulary
from creativecities.portal.views import places


@page("public", cache=True)
def network(request: HttpRequest) -> HttpResponse:
    """Map, figures and ties. Four statements, whatever the size of the network."""
    filters, chosen = places.asked(request), words.asked(request.GET)
    health = health_on(filters.day)
    found = ties.narrowed(health.ties, chosen)
    pager = Pager.of(len(found), page=pages.page_number(request.GET), size=pages.page_size(request.GET, default=30))
    context = {
        "filters": filters,
        "health": health,
        **_figures(health, filters, chosen),
        "found": len(found),
        "rows": words.countries_of(found[pager.offset : pager.offset + pager.size]),
        "pager": pager,
        "chips": words.chips(chosen, request.GET, health),
        "first_year": vocabulary.FIRST_YEAR,
        "data_root": request.path.rstrip("/"),
    }
    return render(request, "portal/network.html", context)


def _figures(health: Health, filters: Filters, chosen: Mapping[str, str]) -> dict[str, Any]:
    heads, regions = words.regions(health, filters)
    return {
        **words.drawing(health, filters),
        "heads": heads,
        "regions": regions,
        "economies": words.bars(health, "development", filters),
        "fields": words.bars(health, "fields", filters),
        "states": words.bars(health, "state", filters),
        "groups": words.groups(health, filters),
        "busiest": words.busiest(health, filters),
        "growth": words.growth(health, filters),
        "bridges": words.bridges(health, filters),
        "isolated": words.isolated(health, chosen),
        "isolated_of": [words.label_of(facet, value, health) for facet, value in words.of_members(chosen).items()],
        "two_fields": words.address(filters, fields="two"),
    }


@page("public", cache=True)
def network_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The ties as CSV; as JSON (paged) with the figures."""
    filters, chosen = places.asked(request), words.asked(request.GET)
    health = health_on(filters.day)
    rows = [formats.tie(tie) for tie in ties.narrowed(health.ties, chosen)]
    if kind == "csv":
        return downloads.as_csv(rows, tuple(formats.TIE_COLUMNS), name=f"network-{filters.day.isoformat()}")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    return downloads.as_json(
        {
            "as_of": filters.day.isoformat(),
            **formats.network(health),
            "count": len(rows),
            "page": number,
            "page_size": size,
            "results": rows[(number - 1) * size : number * size],
        }
    )
