"""A release as programs exchange it: schedule.xml, schedule.json and a calendar."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from creativecities.conference.compute import released
from creativecities.conference.compute.programmes import Programme, Session, Speaker, stable_guid
from creativecities.conference.formats import frab, frab_json, ical
from creativecities.conference.models import Release
from creativecities.core import calendars, downloads


def of_release(release: Release, title: str, reader: str, names: Mapping[str, str]) -> Programme:
    """A release with the addresses of its sessions. `names` are of those who agreed; others go by their city."""
    edition = release.edition
    assert edition.starts_on is not None  # or nothing could be planned
    assert edition.last_day is not None
    root = settings.SITE["url"] + reverse("conference:programme", args=[edition.slug])
    one = released.programme(
        title, edition.slug, (edition.starts_on, edition.last_day), release.listing, reader,
        abstracts=release.abstracts, names=names, version=str(release.number), url=root,
    )  # fmt: skip
    return replace(one, sessions=tuple(_placed(session, root) for session in one.sessions))


def _placed(session: Session, root: str) -> Session:
    """With its address; whoever speaks has an identifier that tells nothing of theirs."""
    speakers = tuple(Speaker(stable_guid("speaker", each.guid), each.name) for each in session.speakers)
    return replace(session, url=f"{root}{session.slug}/", speakers=speakers)


def as_xml(programme: Programme) -> HttpResponse:
    """`schedule.xml`."""
    return HttpResponse(frab.write(programme), content_type="application/xml; charset=utf-8")


def as_json(programme: Programme) -> HttpResponse:
    """`schedule.json`."""
    return downloads.as_json(frab_json.write(programme))


def as_calendar(programme: Programme, release: Release) -> HttpResponse:
    """Dates for calendar programs, the same until the next release."""
    return calendars.as_calendar(ical.entries(programme, changed_at=release.released_at), name=programme.title)
