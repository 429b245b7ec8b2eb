"""A programme as dates for calendar programs (RFC 5545), and back from them.

Of a session a calendar holds when, where, what it is called and says; speakers and attachments it does not.
"""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.conference.compute.programme_changes import in_order
from creativecities.conference.compute.programmes import Fault, Programme
from creativecities.conference.formats.layout import hours
from creativecities.conference.formats.reading import About, Limits, Raw, Reading, UnreadableError, decoded
from creativecities.conference.formats.sessions import on_one_line, read_programme
from creativecities.core.calendars import Entry

NO_CALENDAR = gettext_lazy("This is not a calendar: it does not begin with BEGIN:VCALENDAR.")
BROKEN = gettext_lazy("It has no day and hour, no end, or lines that cannot be read.")
BEGINS, ENDS = "BEGIN:VEVENT", "END:VEVENT"


def entries(programme: Programme, *, changed_at: dt.datetime | None = None) -> list[Entry]:
    """What a calendar shows of each session; written by `core.calendars.as_calendar`."""
    return [
        Entry(
            session.guid, session.title, session.start, session.end, place=session.room, changed_at=changed_at,
            url=session.url, text="\n\n".join(part for part in (session.subtitle, session.abstract) if part),
        )
        for session in sorted(programme.sessions, key=in_order)
    ]  # fmt: skip


def read(content: bytes, *, zone: str, limits: Limits | None = None) -> Reading:
    """A programme from an iCalendar file, with whatever is wrong with it. `zone` is that of hours without one."""
    limits = limits or Limits()
    numbered = _unfolded(content)
    try:
        text, faults = decoded(b"\n".join(line for _number, line in numbered), limits)
    except UnreadableError as error:
        return Reading(None, [Fault(error.line, "", str(error))])
    lines = [(number, line) for (number, _raw), line in zip(numbered, text.split("\n"), strict=False)]
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for _number, line in lines[:50]):
        return Reading(None, [*faults, Fault(1, "", str(NO_CALENDAR))])
    about = About(title=_said(lines, "X-WR-CALNAME"), zone=_said(lines, "X-WR-TIMEZONE"))
    blocks = list(_blocks(lines))
    if len(blocks) > limits.sessions:
        return read_programme(about, [Raw()] * len(blocks), zone=zone, limits=limits)
    events = [event for number, block in blocks if (event := _event(number, block, faults))]
    reading = read_programme(about, events, zone=zone, limits=limits)
    return Reading(reading.programme, sorted([*faults, *reading.faults], key=lambda fault: fault.line))


def _unfolded(content: bytes) -> list[tuple[int, bytes]]:
    """Lines with their number; one that begins with a blank goes on the one before, even in the midst of a letter."""
    rows: list[tuple[int, list[bytes]]] = []
    for number, line in enumerate(content.replace(b"\r\n", b"\n").split(b"\n"), 1):
        if rows and line[:1] in (b" ", b"\t"):
            rows[-1][1].append(line[1:])
        else:
            rows.append((number, [line]))
    return [(number, b"".join(parts)) for number, parts in rows]


def _blocks(lines: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """The lines of each event, with the number of its first; one that is not closed ends where the next begins."""
    begun, block = 0, list[str]()
    for number, line in [*lines, (0, BEGINS)]:
        word = line.strip().upper()
        if word == BEGINS:
            if block:
                yield begun, [*block, ENDS]
            begun, block = number, [BEGINS]
        elif block:
            block.append(line)
            if word == ENDS:
                yield begun, block
                block = []


def _said(lines: list[tuple[int, str]], name: str) -> str:
    found = next((line for _number, line in lines if line.upper().startswith(name)), "")
    return re.sub(r"\\([,;\\])", r"\1", found.partition(":")[2]).strip()


def _event(number: int, block: list[str], faults: list[Fault]) -> Raw | None:
    """One event; what a programme cannot hold of it is told."""
    from icalendar import Event  # a tenth of a second that no worker's start waits for

    try:
        with warnings.catch_warnings(action="ignore"):  # guesses at zones, of which the result is looked at below
            event = Event.from_ical("\r\n".join(block) + "\r\n")
            start, length, zone = _times(event)
    except Exception:  # the library raises many kinds; all mean that this event cannot be read
        faults.append(
            Fault(
                number, on_one_line(_said([(0, line) for line in block], "SUMMARY"))[:80], str(BROKEN), is_left_out=True
            )
        )
        return None
    uid, again = _word(event, "UID"), event.get("RECURRENCE-ID")
    raw = Raw(number, {
        "guid": f"{uid} {again.to_ical().decode()}" if again else _own(uid), "title": _word(event, "SUMMARY"),
        "date": start, "duration": length, "room": _word(event, "LOCATION"), "url": _word(event, "URL"),
        "description": _word(event, "DESCRIPTION"), "type": _word(event, "CATEGORIES"),
    })  # fmt: skip
    called = on_one_line(raw.called)
    if zone:
        told = _("The time zone “%(zone)s” is not known; its hours are read by the clock of the place.")
        faults.append(Fault(number, called, told % {"zone": on_one_line(zone)[:60]}))
    if "RRULE" in event or "RDATE" in event:
        faults.append(Fault(number, called, _("It repeats; only the first time is read.")))
    if _word(event, "STATUS").upper() == "CANCELLED":
        faults.append(Fault(number, called, _("It is called off, and is read as not being there.")))
        return None
    return raw


def _times(event: Any) -> tuple[str, str, str]:
    """Start and length as other formats write them, and the zone of the hours if it is not known."""
    start, end = event["DTSTART"], event.get("DTEND")
    length = end.dt - start.dt if end else event["DURATION"].dt
    is_lost = isinstance(start.dt, dt.datetime) and start.dt.tzinfo is None
    return start.dt.isoformat(), hours(length), str(start.params.get("TZID", "")) if is_lost else ""


def _word(event: Any, name: str) -> str:
    """A text of the event; of several with the same name the first."""
    value = event.get(name, "")
    first = value[0] if isinstance(value, list) and value else value
    if name == "CATEGORIES" and first:
        return str(first.to_ical().decode().partition(",")[0])  # of several kinds the first
    return str(first)


def _own(uid: str) -> str:
    """`…@host` is how a calendar writes an identifier that is one elsewhere too."""
    before = uid.partition("@")[0]
    return before if len(before) == 36 else uid
