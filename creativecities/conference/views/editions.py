"""What everybody reads of editions: all of them with their sources and gaps, and one with its parts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from creativecities.conference.formats import editions as formats
from creativecities.conference.queries import editions as queries
from creativecities.conference.queries import parts
from creativecities.core import downloads, pages
from creativecities.core.access import page
from creativecities.core.calendars import as_calendar


@page("public", cache=True)
def editions(request: HttpRequest) -> HttpResponse:
    """The next edition, then every one with its source; a year without any is a gap. Two statements."""
    found = queries.of_all(request.user)
    context = {"next": queries.next_of(found), "rows": queries.with_gaps(found), "is_empty": not found}
    return render(request, "conference/editions.html", context)


@page("public", cache=True)
def editions_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV or JSON."""
    found = queries.of_all(request.user)
    if kind == "csv":
        return downloads.as_csv(map(formats.as_row, found), formats.COLUMNS, name="conference")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    rows = [formats.as_data(each) for each in found[(number - 1) * size : number * size]]
    return downloads.as_json({"count": len(found), "page": number, "page_size": size, "results": rows})


@page("public")
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of every edition for calendar programs."""
    return as_calendar(formats.entries(queries.of_all(request.user)), name=_("Annual conference"))


@page("public", cache=True)
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition: where and when, what it is about, what the source tells, and its parts. Two statements."""
    found, lines = parts.read(request.user, slug, parts.public(request.user))
    shown = queries.shown(found)
    texts = {name: shown.words(name) for name in ("summary", "practical")}
    return render(request, "conference/edition.html", {"shown": shown, "lines": lines, **texts})
