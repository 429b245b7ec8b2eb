"""The list of participants: names only as far as each has agreed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.conference.models import Edition
from creativecities.conference.queries import editions, needs, participants
from creativecities.core import downloads
from creativecities.core.access import get_visible, page
from creativecities.network.views.paging import cut


@page("public")
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, by city."""
    edition, found = _found(request, slug)
    rows, pager = cut(request, found, size=100)
    context = {"edition": edition, "shown": editions.shown(edition), "rows": rows, "pager": pager, "query": ""}
    context["were_deleted"] = needs.are_over(edition)
    return render(request, "conference/participants.html", context)


@page("public")
def listed_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Exactly what the page shows this reader, as CSV or JSON."""
    _edition, found = _found(request, slug)
    rows = [participants.as_row(each) for each in found]
    if kind == "csv":
        response = downloads.as_csv(rows, participants.COLUMNS, name=f"participants-{slug}")
    else:
        response = downloads.as_json({"count": len(rows), "results": rows})
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, slug: str) -> tuple[Edition, Any]:
    edition = get_visible(Edition, request.user, slug=slug)
    return edition, participants.shown_to(request.user, edition)
