"""Calendar files: read back by the library other programs use, folded and escaped."""

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar

from creativecities.core.calendars import Entry, as_calendar

LONG = "Festival of paper, lamps; and chairs\nBEGIN:VEVENT مهرجان " * 8


def test_a_calendar_reads_back_what_was_put_in():
    deadline = dt.datetime(2027, 3, 4, 0, 0, tzinfo=ZoneInfo("Europe/Paris"))
    entries = [
        Entry("call-1", LONG, dt.date(2027, 5, 1), dt.date(2027, 5, 3), url="https://example.org/x/", text=LONG),
        Entry("call-2", "Deadline", deadline),
    ]
    response = as_calendar(entries, name="Calls")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    days, instant = Calendar.from_ical(response.content).walk("VEVENT")
    assert (days["summary"], days["description"]) == (LONG, LONG)
    assert (days["dtstart"].dt, days["dtend"].dt) == (dt.date(2027, 5, 1), dt.date(2027, 5, 3))
    assert instant["dtstart"].dt == deadline
    assert b"DTSTART:20270303T230000Z" in response.content
    assert days["uid"].startswith("call-1@")
