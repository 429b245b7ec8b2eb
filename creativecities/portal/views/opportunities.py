"""Opportunities of all cities: the list, the same as data, as a feed and for calendar programs."""

from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.core import atom, calendars, downloads, pages
from creativecities.core.access import get_visible, page
from creativecities.exchange.queries import calendar as dates
from creativecities.exchange.queries import openings
from creativecities.network.models import CreativeField
from creativecities.portal.compute.pager import Pager
from creativecities.portal.forms import OpportunityFilter
from creativecities.portal.queries import opportunities as words


@page("public", cache=True)
def opportunities(request: HttpRequest) -> HttpResponse:
    """Open calls and residencies, the earliest deadline first. No statement between writes."""
    chosen = openings.chosen(request.GET)
    found = openings.opened(chosen)
    pager = Pager.of(len(found), page=pages.page_number(request.GET), size=pages.page_size(request.GET, most=100))
    context = {
        "rows": [words.row(each) for each in found[pager.offset : pager.offset + pager.size]],
        "pager": pager,
        "chosen": chosen,
        "form": OpportunityFilter(request.GET, choices=words.choices()),
        "data_root": reverse("portal:opportunities").rstrip("/"),
    }
    return render(request, "portal/opportunities.html", context)


@page("public", cache=True)
def opportunities_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list and filters as CSV or JSON (paged)."""
    rows = [words.record(each) for each in openings.opened(openings.chosen(request.GET))]
    if kind == "csv":
        return downloads.as_csv(rows, tuple(words.COLUMNS), name="opportunities")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    shown = rows[(number - 1) * size : number * size]
    return downloads.as_json({"count": len(rows), "page": number, "page_size": size, "results": shown})


@page("public", cache=True)
def feed(request: HttpRequest) -> HttpResponse:
    """The same list and filters as an Atom feed, in the language of the address."""
    found = openings.opened(openings.chosen(request.GET))
    return atom.as_feed(request, _("Opportunities"), reverse("portal:opportunities"), map(words.entry, found))


@page("public", cache=True)
def calendar(request: HttpRequest) -> HttpResponse:
    """Their last days for calendar programs, with the same filters."""
    found = openings.opened(openings.chosen(request.GET))
    return calendars.as_calendar(map(words.deadline, found), name=_("Opportunities"))


@page("public", cache=True)
def field_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is public of the calendar of a field: its festivals and events, and the last days of its opportunities."""
    field = get_visible(CreativeField, request.user, slug=slug)
    found = chain(
        map(words.festival, dates.coming(field.pk)), map(words.deadline, openings.opened({"field": field.pk}))
    )
    return calendars.as_calendar(found, name=field.name)
