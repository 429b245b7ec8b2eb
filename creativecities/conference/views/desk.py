"""The Secretariat's desk of the conference: all editions, and what is done for one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.conference.queries import editions as queries
from creativecities.conference.queries import parts
from creativecities.core.access import page


@page("secretariat")
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, drafts among them."""
    return render(request, "conference/desk.html", {"rows": queries.of_all(request.user)})


@page("secretariat")
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition, and the pages from which it is run."""
    found, lines = parts.read(request.user, slug, parts.desk())
    return render(request, "conference/desk_edition.html", {"shown": queries.shown(found), "lines": lines})
