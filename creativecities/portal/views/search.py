"""One search over everything that can be found here, as a page and as data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core import downloads, pages
from creativecities.core.access import page
from creativecities.portal.compute.pager import Pager
from creativecities.portal.queries import search as queries

MOST = 50


@page("public", cache=True)
def search(request: HttpRequest) -> HttpResponse:
    """What is found, by kind, field, region, country, year and language. At most five statements."""
    question = queries.read(request.GET)
    number, size = pages.page_number(request.GET), pages.page_size(request.GET, most=MOST)
    found = queries.find(question, request.user, limit=size, offset=(number - 1) * size)
    context = {
        "query": question.words,
        "chosen": question.chosen,
        "found": found,
        "results": [queries.shown(result) for result in found.results],
        "facets": queries.facets(question, found, request.GET),
        "chips": queries.chips(question, request.GET),
        "pager": Pager.of(found.count, page=number, size=size),
    }
    template = "portal/search.html#results" if getattr(request, "htmx", False) else "portal/search.html"
    return render(request, template, context)


@page("public", cache=True)
def search_data(request: HttpRequest) -> HttpResponse:
    """The same as JSON, paged."""
    question = queries.read(request.GET)
    number, size = pages.page_number(request.GET), pages.page_size(request.GET, most=MOST)
    found = queries.find(question, request.user, limit=size, offset=(number - 1) * size)
    return downloads.as_json(
        {
            "count": found.count,
            "page": number,
            "page_size": size,
            "has_all_words": found.has_all_words,
            "has_meaning": found.has_meaning,
            "similar": list(found.similar),
            "facets": found.counts,
            "results": [queries.as_record(result) for result in found.results],
        }
    )
