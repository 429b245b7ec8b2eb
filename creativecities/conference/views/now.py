"""What is on now, what comes next, and what is announced: for a screen in the hall and for every pocket."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from creativecities.conference.compute import listing, now
from creativecities.conference.models import Edition
from creativecities.conference.queries import doors, releases
from creativecities.conference.queries.labels import labels
from creativecities.conference.views.programme import root_of
from creativecities.core.access import get_visible, page


@page("public")
def now_and_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the newest release; the page looks again by itself. Three statements."""
    release = releases.newest(request.user, slug)
    edition = release.edition if release else get_visible(Edition, request.user, slug=slug)
    context: dict[str, Any] = {
        "edition": edition, "title": releases.title_of(edition), "told": doors.told(edition), "at": timezone.now(),
        "release": release,
    }  # fmt: skip
    if release is not None:
        on, coming = now.around(release.listing["sessions"], context["at"])
        drawn = {"labels": labels(), "zone": release.listing["zone"], "root": root_of(slug)}
        context |= {"on": listing.days(on, **drawn), "coming": listing.days(coming, **drawn)}
    template = "conference/_now.html" if request.htmx else "conference/now.html"  # type: ignore[attr-defined]
    return render(request, template, context)
