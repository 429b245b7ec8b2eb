"""Dates for calendar programs (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone


@dataclass(frozen=True)
class Entry:
    """One entry: a day or an instant, and until when; `end` is the first moment after it.

    `uid` is the same each time, so that a calendar that subscribes moves the entry instead of adding another. With
    `changed_at` the file stays the same, byte for byte, until something changes.
    """

    uid: str
    title: str
    start: dt.date
    end: dt.date | None = None
    url: str = ""
    text: str = ""
    place: str = ""
    changed_at: dt.datetime | None = None
    is_off: bool = False
    sequence: int = 0
    """Grows when an entry is sent anew by mail: a program takes the higher one."""


def as_calendar(entries: Iterable[Entry], *, name: str) -> HttpResponse:
    """A calendar file that can be subscribed to."""
    return HttpResponse(calendar_file(entries, name=name), content_type="text/calendar; charset=utf-8")


def calendar_file(entries: Iterable[Entry], *, name: str) -> bytes:
    """The file itself. Instants are given in UTC."""
    from icalendar import Calendar, Event  # a tenth of a second that no worker's start waits for

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE['name']}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    host = settings.SITE["url"].split("//")[-1]
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.uid}@{host}")
        event.add("dtstamp", entry.changed_at or timezone.now())
        event.add("summary", entry.title)
        event.add("dtstart", _moment(entry.start))
        if entry.end:
            event.add("dtend", _moment(entry.end))
        if entry.is_off:
            event.add("status", "CANCELLED")
        if entry.url:
            event.add("url", entry.url)
        if entry.text:
            event.add("description", entry.text)
        if entry.place:
            event.add("location", entry.place)
        if entry.sequence:
            event.add("sequence", entry.sequence)
        calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def _moment(at: dt.date) -> dt.date:
    return at.astimezone(dt.UTC) if isinstance(at, dt.datetime) else at
