"""An edition in numbers: each figure leads to its rows, and editions are compared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.conference.formats import figures as formats
from creativecities.conference.models import Figures
from creativecities.conference.queries import figures as queries
from creativecities.conference.queries.outcomes import said
from creativecities.core import downloads, pages
from creativecities.core.access import get_visible, page


def _filter(request: HttpRequest) -> queries.Filter:
    return queries.Filter(**{name: request.GET.get(name, "")[:60] for name in ("region", "field", "role", "times")})


def _figures_of(request: HttpRequest, slug: str) -> Figures:
    return get_visible(Figures, request.user, related=("edition",), edition__slug=slug)


@page("public", cache=True)
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of an edition, the cities they are made of, and the other editions. Three statements."""
    found = _figures_of(request, slug)
    context = {
        "edition": found.edition, "edition_title": said(found.edition.settings["about"]["title"]),
        "shown": queries.shown(found, _filter(request)), "editions": queries.compared(request.user),
    }  # fmt: skip
    return render(request, "conference/figures.html", context)


@page("public", cache=True)
def figures_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The rows as CSV or JSON, with the same filters."""
    kept = queries.shown(_figures_of(request, slug), _filter(request)).kept
    if kind == "csv":
        return downloads.as_csv(formats.rows(kept), formats.COLUMNS, name=f"figures-{slug}")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    rows = formats.rows(kept[(number - 1) * size : number * size])
    return downloads.as_json({"count": len(kept), "page": number, "page_size": size, "results": rows})
