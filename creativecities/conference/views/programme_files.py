"""The released programme for other programs: schedule.xml, schedule.json and a calendar to subscribe to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from creativecities.conference.compute.programmes import Programme
from creativecities.conference.formats import schedules
from creativecities.conference.models import Release
from creativecities.conference.queries import releases
from creativecities.core.access import page


@page("public", cache=True)
def schedule_xml(request: HttpRequest, slug: str) -> HttpResponse:
    """As frab, pretalx and their like read it."""
    return schedules.as_xml(_programme(_released(request, slug)))


@page("public", cache=True)
def schedule_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON."""
    return schedules.as_json(_programme(_released(request, slug)))


@page("public", cache=True)
def schedule_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Every session as a date."""
    release = _released(request, slug)
    return schedules.as_calendar(_programme(release), release)


def _released(request: HttpRequest, slug: str) -> Release:
    release = releases.newest(request.user, slug)
    if release is None:
        raise Http404
    return release


def _programme(release: Release) -> Programme:
    """The newest release in the reader's language, with the names of those who agreed. One statement."""
    title, names = str(releases.title_of(release.edition)), releases.names(release.listing["sessions"])
    return schedules.of_release(release, title, get_language() or "en", names)
