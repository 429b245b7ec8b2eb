"""The released programme for other programs: schedule.xml, schedule.json and a calendar to subscribe to.

Files that name who speaks are not kept: whoever wishes to be named no more is missing from the next one.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from creativecities.conference.compute.programmes import Programme
from creativecities.conference.formats import schedules
from creativecities.conference.models import Release
from creativecities.conference.queries import releases
from creativecities.core.access import page


@page("public")
def schedule_xml(request: HttpRequest, slug: str) -> HttpResponse:
    """As frab, pretalx and their like read it."""
    return schedules.as_xml(_named(request, slug))


@page("public")
def schedule_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON."""
    return schedules.as_json(_named(request, slug))


@page("public", cache=True)
def schedule_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Every session as a date."""
    release = _released(request, slug)
    return schedules.as_calendar(_programme(release, names={}), release)


def _released(request: HttpRequest, slug: str) -> Release:
    release = releases.newest(request.user, slug)
    if release is None:
        raise Http404
    return release


def _named(request: HttpRequest, slug: str) -> Programme:
    """The newest release with the names of those who agree now. Two statements between writes."""
    release = _released(request, slug)
    return _programme(release, releases.names(release.listing["sessions"]))


def _programme(release: Release, names: dict[str, str]) -> Programme:
    """A release in the reader's language."""
    title = str(releases.title_of(release.edition))
    return schedules.of_release(release, title, get_language() or "en", names)
