"""The fair as everybody sees it: the plan, the booths, and what each shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.conference import states
from creativecities.conference.compute.plan import plan
from creativecities.conference.compute.slots import meetings
from creativecities.conference.models import Booth, Edition
from creativecities.conference.queries import editions
from creativecities.conference.queries import fair as queries
from creativecities.conference.rules import fair as rules
from creativecities.core.access import get_visible, page


@page("public", cache=True)
def fair(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of the hall, and the same as a list."""
    edition = get_visible(Edition, request.user, slug=slug)
    found = queries.booths(edition, request.user)
    context = {
        "edition": edition,
        "title": editions.shown(edition).title,
        "state": edition.STATES[edition.state],
        "plan": plan(edition.settings),
        "stands": queries.hall(edition, found),
        "booths": [(each, queries.shown(each)) for each in found],
        "cities": queries.cities(edition, request.user),
        "has_meetings": bool(meetings(edition.settings).windows),
        "closed": rules.is_open(edition),
    }
    return render(request, "conference/fair.html", context)


@page("public", cache=True)
def booth(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One booth: who is there, where, and the record of what it shows."""
    found = get_visible(
        Booth, request.user, related=("edition", "city__country", "initiative__lead"),
        edition__slug=slug, code=code, state=states.CHOSEN,
    )  # fmt: skip
    one = queries.shown(found)
    context = {
        "booth": found,
        "edition": found.edition,
        "title": editions.shown(found.edition).title,
        "one": one,
        "cities": queries.cities_of(one) if one else [found.city],
    }
    return render(request, "conference/booth.html", context)
