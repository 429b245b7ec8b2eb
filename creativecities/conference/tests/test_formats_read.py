"""Schedule files as others write them, and files that mean harm or are broken: clear answers, and nothing lost."""

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from django.utils import translation

from creativecities.conference.formats import frab, frab_json, ical
from creativecities.conference.tests.programmes import ZONE, full_session, programme, session

pytestmark = pytest.mark.apart

FILES = Path(__file__).parent / "schedules"
HEAD = (
    "<schedule><conference><title>T</title><start>2027-05-04</start><end>2027-05-05</end></conference>"
    '<day date="2027-05-04"><room name="R">'
)
TAIL = "</room></day></schedule>"
EVENT = (
    '<event id="{id}" guid="{guid}"><date>{date}</date><duration>{duration}</duration>'
    "<title>{title}</title>{more}</event>"
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def event(number=1, **said):
    facts = {"id": number, "guid": session(number).guid, "title": f"Session {number}", "more": "", "duration": "0:30"}
    facts["date"] = "2027-05-04T10:00:00+02:00"
    return EVENT.format(**facts | said)


def xml(*events):
    return (HEAD + "\n".join(events) + TAIL).encode()


def reasons(reading):
    return [fault.reason for fault in reading.faults]


def test_a_file_without_identifiers_and_instants_is_read_by_hour_and_day():
    """In the shape of a large European meeting: numbers alone, hours by the day, markup inside the texts."""
    reading = frab.read((FILES / "numbers_and_hours.xml").read_bytes(), zone="Europe/Brussels")
    [welcome, night] = reading.programme.sessions
    assert (welcome.number, welcome.start.isoformat()) == (101, "2027-02-06T09:30:00+01:00")
    assert night.start.isoformat() == "2027-02-07T01:15:00+01:00", "after midnight, on the day it began"
    assert welcome.abstract == "Welcome to Testville.\n\nBring a friend & a coat."
    assert [speaker.name for speaker in welcome.speakers] == ["Ama Testperson", "Ben Testperson"]
    assert welcome.attachments[0].url == "https://example.org/slides/101.pdf"
    assert reasons(reading) == [
        "2 sessions have no identifier of their own; they are known by their number or by title and hour."
    ]
    again = frab.read((FILES / "numbers_and_hours.xml").read_bytes(), zone="Europe/Brussels")
    assert [each.guid for each in again.programme.sessions] == [welcome.guid, night.guid]


def test_a_json_file_with_codes_of_speakers_and_paths_for_addresses_is_read():
    reading = frab_json.read((FILES / "codes_and_paths.json").read_bytes(), zone="UTC")
    assert reading.faults == []
    [one] = reading.programme.sessions
    assert one.start.isoformat() == "2027-05-04T09:00:00+02:00"
    assert one.title == "Crafts in the harbour", "of several languages the English one"
    assert one.attachments[0].url == "https://example.org/files/7.pdf"
    assert [room.capacity for room in reading.programme.rooms] == [120]
    assert one.speakers[0].name == "Ama Testperson"


def test_a_calendar_of_an_office_program_is_read_and_what_it_cannot_say_is_told():
    reading = ical.read((FILES / "office.ics").read_bytes(), zone=ZONE)
    found = {each.title: each for each in reading.programme.sessions}
    assert found["Opening, with music"].start.isoformat() == "2027-05-04T10:00:00+02:00", "a zone as Windows names it"
    assert found["Ночь"].room == "Большой зал", "a line may break in the midst of a letter"
    assert found["Weekly"].duration == dt.timedelta(minutes=90)
    told = {(fault.line, fault.reason) for fault in reading.faults}
    assert (25, "It repeats; only the first time is read.") in told
    assert (32, "It has no day and hour, no end, or lines that cannot be read.") in told
    assert (37, "It is called off, and is read as not being there.") in told
    assert "Nowhere/Land" in " ".join(reasons(reading))


def test_a_broken_line_of_a_calendar_event_costs_no_more_than_that_line():
    event = "UID:x\nSUMMARY:T\nDTSTART:20270504T100000Z\nDURATION:PT1H\nURL:https://[\nCATEGORIES:talk,b"
    reading = ical.read(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR".encode(), zone=ZONE)
    [one] = reading.programme.sessions
    assert (one.title, one.url, one.kind) == ("T", "", "talk")


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (LAUGHS.encode() + xml(event(title="&b;")), "declares a document type or entities"),
        (OUTSIDE.encode() + xml(event(title="&x;")), "declares a document type or entities"),
        (b'<!DOCTYPE s SYSTEM "http://example.org/s.dtd"><schedule/>', "declares a document type or entities"),
        (xml(event(title="&nothing;")), "no XML that can be read"),
        (xml(event())[:-30], "no XML that can be read"),
        (b"", "no XML that can be read"),
        (b"<html><body>Not found</body></html>", "This is not a schedule"),
        (b"<schedule><version>1</version></schedule>", "This is not a schedule"),
        (b"<a>" * 100, "more parts than a programme has"),
        (b"<a>" + b"<b/>" * 300_000 + b"</a>", "more parts than a programme has"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_xml_that_is_no_programme_is_refused_with_its_reason(content, reason):
    reading = frab.read(content, zone=ZONE)
    assert reading.programme is None
    [told] = reasons(reading)
    assert reason in told


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[" * 100_000, "more parts than a programme has"),
        (b'{"schedule": ' + b"9" * 5000 + b"}", "more parts than a programme has"),
        (b'{"schedule":\n {"conference": nothing}}', "no JSON that can be read"),
        (b"[1, 2]", "This is not a schedule"),
        (b'{"schedule": {"conference": []}}', "This is not a schedule"),
    ],
)
def test_json_that_is_no_programme_is_refused_with_its_reason(content, reason):
    reading = frab_json.read(content, zone=ZONE)
    assert reading.programme is None
    [told] = reasons(reading)
    assert reason in told


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 99, b"DTSTART:20270504", b"BEGIN:VEVENT\nEND:VEVENT"])
def test_what_is_no_calendar_is_refused_with_its_reason(content):
    reading = ical.read(content, zone=ZONE)
    assert reading.programme is None
    assert "This is not a calendar" in reasons(reading)[-1]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"title": " "}, "It has no title."),
        ({"date": "soon"}, "“soon” is not a day and an hour."),
        ({"date": "9999-12-31T23:59:59Z"}, "is not a day and an hour."),
        ({"date": "0001-01-01T00:00:00+14:00"}, "is not a day and an hour."),
        ({"duration": "an hour"}, "“an hour” is not a duration, such as 1:30."),
        ({"duration": "0:00"}, "is not a duration"),
        ({"duration": "999:59"}, "is not a duration"),
    ],
)
def test_an_event_that_cannot_be_read_is_told_with_its_line_and_the_others_are_kept(said, reason):
    reading = frab.read(xml(event(1), event(2, **said), event(3)), zone=ZONE)
    assert [each.number for each in reading.programme.sessions] == [1, 3]
    [fault] = reading.faults
    assert reason in fault.reason
    assert (fault.line, fault.is_left_out) == (2, True)
    assert reading.unsure == {session(2).guid}, "it is in the file: nobody takes it for cancelled"


def test_an_identifier_that_several_events_bear_is_nobody_s_own():
    """As in a published calendar in which one stood on nearly every event: each is known by its title and hour."""
    shared = [event(number, guid=session(1).guid, id=1) for number in (1, 2, 3)]
    one, two = (frab.read(xml(*order), zone=ZONE).programme.sessions for order in (shared, shared[::-1]))
    assert [each.title for each in one] == ["Session 1", "Session 2", "Session 3"]
    assert {each.guid for each in one} == {each.guid for each in two}
    assert len({each.guid for each in one}) == 3


def test_an_event_that_is_in_the_file_twice_is_read_once():
    reading = frab.read(xml(event(), event()), zone=ZONE)
    assert len(reading.programme.sessions) == 1
    assert reasons(reading)[-1] == "It is in the file twice, and was read once."


def test_ten_thousand_events_are_refused_in_words():
    many = [event(number) for number in range(10_000)]
    told = "This file has 10000 sessions; at most 2000 are read at once."
    assert reasons(frab.read(xml(*many), zone=ZONE)) == [told]
    rooms = {"R": [{"guid": session(number).guid, "title": "T"} for number in range(10_000)]}
    document = {"schedule": {"conference": {"title": "T", "days": [{"date": "2027-05-04", "rooms": rooms}]}}}
    assert reasons(frab_json.read(json.dumps(document).encode(), zone=ZONE)) == [told]
    lines = "BEGIN:VEVENT\nSUMMARY:T\nDTSTART:20270504T100000Z\nEND:VEVENT\n" * 10_000
    assert reasons(ical.read(f"BEGIN:VCALENDAR\n{lines}END:VCALENDAR".encode(), zone=ZONE)) == [told]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-5", "koi8-r", "windows-1251"])
def test_a_file_is_read_in_the_encoding_it_declares(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n' + xml(event(title="Ночь")).decode()
    reading = frab.read(text.encode(encoding), zone=ZONE)
    assert reading.faults == []
    assert reading.programme.sessions[0].title == "Ночь"


@pytest.mark.parametrize("declared", ["", *(f'<?xml version="1.0" encoding="{name}"?>' for name in ("utf-8", "zip"))])
def test_a_wrong_encoding_is_told_with_its_line_and_the_file_is_read_all_the_same(declared):
    content = declared.encode() + xml(event(), event(2, title="Été")).decode().encode("latin-1")
    reading = frab.read(content, zone=ZONE)
    assert [each.title for each in reading.programme.sessions] == ["Session 1", "Été"]
    [fault] = reading.faults
    assert fault.line == 2
    assert "Windows-1252" in fault.reason


def test_texts_are_made_legible_and_never_hold_markup_that_works():
    content = xml(event(title="&lt;b&gt;Bold&lt;/b&gt; \u202egnip &lt;night&gt;"))
    [one] = frab.read(content, zone=ZONE).programme.sessions
    assert one.title == "Bold gnip <night>"


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud800", "\\u202e"])
def test_what_no_database_and_no_eye_can_hold_is_nowhere_in_what_was_read(odd):
    text = json.dumps(frab_json.write(programme(session(1), full_session())))
    for word in ("Session 1", "Great hall", "Europe/Berlin", "https://example.org/paper", "The paper", '"01:30"'):
        assert word in text
        text = text.replace(word, f"{word[:-1]}{odd}{word[-1]}")
    reading = frab_json.read(text.encode(), zone=ZONE)
    assert len(reading.faults) > 1
    said = json.dumps([asdict(reading.programme), [asdict(fault) for fault in reading.faults]], default=str)
    assert odd not in said


def test_only_addresses_of_the_web_are_taken_in():
    links = "<links><link href='data:x'>x</link><link href='https://example.org/a b'>y</link></links>"
    content = xml(event(more=f"<url>javascript:alert(1)</url>{links}"))
    [one] = frab.read(content, zone=ZONE).programme.sessions
    assert (one.url, one.links) == ("", ())


def test_a_very_long_text_is_cut_and_told():
    reading = frab.read(xml(event(title="Т" * 999)), zone=ZONE)
    assert len(reading.programme.sessions[0].title) == 300
    assert reasons(reading) == ["A text of it has 999 characters; the first 300 are read."]


def test_an_hour_the_clock_skips_is_told():
    """In Berlin on 28 March 2027 there is no half past two."""
    reading = frab.read(xml(event(date="2027-03-28T02:30:00")), zone=ZONE)
    assert reading.programme.sessions[0].start.isoformat() == "2027-03-28T03:30:00+02:00"
    assert reasons(reading) == ["The clock of the place skips this hour; it was read as one hour later."]


def test_a_zone_nobody_knows_is_told_and_the_edition_s_holds():
    named = b"<time_zone_name>Moon/Sea</time_zone_name>"
    reading = frab.read(xml(event()).replace(b"<start>2027-05-04</start>", named), zone=ZONE)
    assert reading.programme.zone == ZONE
    assert reasons(reading) == ["The time zone “Moon/Sea” is not known; hours are read by the clock of Europe/Berlin."]


def test_a_file_without_days_takes_those_of_its_sessions():
    text = xml(event()).decode().replace("<start>2027-05-04</start><end>2027-05-05</end>", "")
    found = frab.read(text.encode(), zone=ZONE).programme
    assert (found.start, found.end) == (dt.date(2027, 5, 4), dt.date(2027, 5, 5))


def test_json_tells_the_line_of_an_event():
    document = json.dumps(frab_json.write(programme(session(1), full_session())), indent=1)
    broken = document.replace('"duration": "01:30"', '"duration": "long"')
    reading = frab_json.read(broken.encode(), zone=ZONE)
    lines = broken.splitlines()
    assert [f'"guid": "{fault.guid}",' == lines[fault.line - 1].strip() for fault in reading.faults] == [True, True]
