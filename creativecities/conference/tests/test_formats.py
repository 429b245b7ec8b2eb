"""A programme written as schedule.xml, schedule.json and iCalendar, and read back."""

import datetime as dt
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from creativecities.conference.compute.programme_changes import changes
from creativecities.conference.compute.programmes import Room, Speaker
from creativecities.conference.formats import frab, frab_json, ical
from creativecities.conference.tests.programmes import ZONE, at, full_session, programme, session
from creativecities.core.calendars import as_calendar

pytestmark = pytest.mark.apart

ONE = programme(
    session(1, slug="testville_2027-1-session-1", url="https://example.org/1"), full_session(),
    session(9, slug="testville_2027-9-session-9", url="https://example.org/9", start=at(5, 2), room="Small hall"),
)  # fmt: skip


def written_json(one=ONE):
    return json.dumps(frab_json.write(one)).encode()


def written_ical(one=ONE):
    return as_calendar(ical.entries(one, changed_at=at(1, 9)), name=one.title).content


@pytest.mark.parametrize(("write", "read"), [(frab.write, frab.read), (written_json, frab_json.read)])
def test_a_programme_comes_back_as_it_was(write, read):
    reading = read(write(ONE), zone="UTC")
    assert reading.faults == []
    found = reading.programme
    assert found is not None
    assert sorted(found.sessions, key=lambda each: each.number) == list(ONE.sessions)
    assert (found.title, found.acronym, found.start, found.end) == (ONE.title, ONE.acronym, ONE.start, ONE.end)
    assert (found.zone, found.version, found.url) == (ONE.zone, ONE.version, ONE.url)
    assert [room.name for room in found.rooms] == ["Great hall", "Small hall"]
    assert found.rooms[0].guid == ONE.rooms[0].guid


def test_json_keeps_what_fits_in_a_room():
    [great, _small] = frab_json.read(written_json(), zone="UTC").programme.rooms
    assert great == ONE.rooms[0]


def test_a_calendar_keeps_who_when_where_and_the_identifier():
    reading = ical.read(written_ical(), zone=ZONE)
    assert reading.faults == []
    differing = {(row.session.number, row.kind) for row in changes(ONE, reading.programme)}
    assert differing == {(0, "speakers"), (0, "details")}, "it says what is said of a session in other words only"
    assert reading.programme.title == ONE.title


def test_a_version_that_did_not_change_is_the_same_file():
    assert [write() == write() for write in (lambda: frab.write(ONE), written_json, written_ical)] == [True] * 3


def test_what_the_public_schema_of_the_xml_asks_for():
    """Its facts (see docs/schedules.md), of sessions that lack almost everything."""
    bare = [session(0), session(0, guid=session(2).guid), session(0, guid=session(3).guid, title="الليل", room="")]
    root = ElementTree.fromstring(frab.write(programme(*bare, acronym="x", url="")))
    assert [part.tag for part in root][:4] == ["generator", "version", "conference", "day"]
    assert root.find("generator").attrib == {"name": "Creative Cities"}
    assert re.fullmatch("[a-z0-9_-]{4,}", root.findtext("conference/acronym"))
    assert [day.get("index") for day in root.iter("day")] == ["1", "2", "3", "4"]
    assert all(dt.datetime.fromisoformat(day.get(name)).tzinfo for day in root.iter("day") for name in ("start", "end"))
    events = list(root.iter("event"))
    asked = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"}
    for event in events:
        assert asked <= {part.tag for part in event}
        assert re.fullmatch("[a-z0-9_]{4,}-[a-z0-9_-]{4,}", event.findtext("slug"))
        assert re.fullmatch("[0-9]{2}:[0-9]{2}", event.findtext("duration"))
        assert event.findtext("recording/optout") == "false"
        assert event.find("url") is None, "an address that is there must be one"
    for name in ("id", "guid"):
        assert len({event.get(name) for event in events}) == 3
    assert len({event.findtext("slug") for event in events}) == 3
    assert all(int(event.get("id")) > 0 for event in events)


def test_what_the_public_schema_of_the_json_asks_for():
    document = frab_json.write(ONE)
    assert set(document) == {"$schema", "generator", "schedule"}
    about = document["schedule"]["conference"]
    assert {"title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"} <= set(about)
    assert re.fullmatch("[a-z0-9_-][a-z0-9_]{3,}", about["acronym"])
    asked = (
        "abstract date duration guid id language links persons room slug start subtitle title track type url"
    ).split()
    for day in about["days"]:
        assert {"date", "day_end", "day_start", "index", "rooms"} == set(day)
        for event in (event for events in day["rooms"].values() for event in events):
            assert set(asked) <= set(event)
            assert set(event) <= {*asked, "description", "do_not_record", "attachments"}
            assert all({"guid", "name"} <= set(person) and "id" not in person for person in event["persons"])


def test_days_change_in_the_night_and_by_the_clock_of_the_place():
    root = ElementTree.fromstring(frab.write(ONE))
    first = root.find("day")
    assert (first.get("start"), first.get("end")) == ("2027-05-04T04:00:00+02:00", "2027-05-05T04:00:00+02:00")
    assert {event.get("id") for event in first.iter("event")} == {"1", "7", "9"}, "two in the morning is still that day"


def test_an_edition_over_the_end_of_summer_time_says_each_offset():
    autumn = programme(
        session(1, start=dt.datetime(2027, 10, 30, 10, tzinfo=at(4, 10).tzinfo)),
        session(2, start=dt.datetime(2027, 10, 31, 10, tzinfo=at(4, 10).tzinfo)),
        start=dt.date(2027, 10, 30), end=dt.date(2027, 11, 1),
    )  # fmt: skip
    root = ElementTree.fromstring(frab.write(autumn))
    assert [date.text[-6:] for date in root.iter("date")] == ["+02:00", "+01:00"]
    found = frab.read(frab.write(autumn), zone="UTC").programme
    assert [each.start for each in found.sessions] == [each.start for each in autumn.sessions]


def test_no_address_of_a_person_leaves_and_none_comes_in():
    text = frab.write(ONE).decode().replace(">Ama Testperson<", ">Ama Testperson &lt;ama@example.org&gt;<")
    assert "example.org&gt;" in text
    reading = frab.read(text.encode(), zone=ZONE)
    names = {speaker.name for each in reading.programme.sessions for speaker in each.speakers}
    assert names == {"Ama Testperson", "ندى الاختبار"}


def test_a_speaker_without_identifier_gets_the_same_one_each_time_by_number_and_not_by_name():
    text = re.sub(r'<person guid="[^"]+0001">', '<person id="17">', frab.write(ONE).decode())
    renamed = text.replace("Ama Testperson", "Ama T. Other")
    readings = [frab.read(each.encode(), zone=ZONE) for each in (text, text, renamed)]
    found = [next(s.speakers[0] for s in reading.programme.sessions if s.speakers) for reading in readings]
    assert found[0] == found[1]
    assert found[2] == Speaker(found[0].guid, "Ama T. Other")


def test_a_room_without_sessions_is_not_forgotten():
    found = frab.read(frab.write(replace(ONE, rooms=(*ONE.rooms, Room("Garden")))), zone="UTC").programme
    assert "Garden" in [room.name for room in found.rooms]


def test_days_that_are_no_conference_fill_no_file():
    found = frab.read(frab.write(ONE).replace(b"<end>2027-05-07", b"<end>2899-05-07"), zone="UTC").programme
    assert len(frab.write(found)) < 20_000
    assert len(frab.read(frab.write(found), zone="UTC").programme.sessions) == 3
