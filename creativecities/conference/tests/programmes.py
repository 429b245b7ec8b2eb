"""An invented programme for tests of formats and comparisons."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from creativecities.conference.compute.programmes import Link, Programme, Room, Session, Speaker

ZONE = "Europe/Berlin"
AMA = Speaker("0f3b9a3e-5f0c-4a35-9d0e-0d6d3a1c0001", "Ama Testperson")
NADA = Speaker("0f3b9a3e-5f0c-4a35-9d0e-0d6d3a1c0002", "ندى الاختبار")


def at(day: int, hour: int, minute: int = 0, zone: str = ZONE) -> dt.datetime:
    """A moment in the days of the edition, by the clock of the place."""
    return dt.datetime(2027, 5, day, hour, minute, tzinfo=ZoneInfo(zone))


def session(number: int, **facts: Any) -> Session:
    """A session of an hour and a half in the great hall, on the first morning."""
    given = {
        "guid": f"7d9c2b1a-0000-4000-8000-{number:012}",
        "number": number,
        "title": f"Session {number}",
        "start": at(4, 10),
        "duration": dt.timedelta(minutes=90),
        "room": "Great hall",
    }
    return Session(**given | facts)


def programme(*sessions: Session, **facts: Any) -> Programme:
    """Four days in a city that does not exist."""
    rooms = (Room("Great hall", "7d9c2b1a-0000-4000-9000-000000000001", 400), Room("Small hall"))
    given = Programme(
        "Conference of Testville", "testville_2027", dt.date(2027, 5, 4), dt.date(2027, 5, 8), ZONE,
        version="2", url="https://example.org/conference/testville-2027/", rooms=rooms, sessions=sessions,
    )  # fmt: skip
    return replace(given, **facts)


def full_session() -> Session:
    """A session of which everything is known, in two scripts and with signs that XML and iCalendar escape."""
    return session(
        7,
        title="Music & <night>; “Ночь”, الليل",
        slug="testville_2027-7-music-night",
        subtitle="After dark",
        abstract="First line\nsecond line, with a comma; and more",
        description="What a city does at night.",
        language="fr",
        kind="thematic",
        track="Music",
        start=at(4, 23, 30),
        url="https://example.org/conference/testville-2027/sessions/7/",
        speakers=(AMA, NADA),
        links=(Link("https://example.org/paper", "The paper"),),
        attachments=(Link("https://example.org/slides.pdf", "Slides"),),
        do_not_record=True,
    )
