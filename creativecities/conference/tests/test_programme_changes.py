"""Two programmes compared: what is new, cancelled, moved, renamed, spoken by others."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from creativecities.conference.compute.programme_changes import changes, counts, wordings
from creativecities.conference.tests.programmes import AMA, NADA, at, full_session, programme, session

pytestmark = pytest.mark.apart


def found(before, after):
    return [(row.kind, row.session.number) for row in changes(before, after)]


def test_nothing_differs_between_a_programme_and_itself():
    same = programme(session(1), full_session())
    assert found(same, replace(same, version="3")) == []


def test_first_release_is_all_new():
    assert found(None, programme(session(1), session(2))) == [("new", 1), ("new", 2)]


def test_new_and_cancelled_stand_in_the_order_of_the_programme():
    before = programme(session(1), session(2, start=at(5, 9)))
    after = programme(session(1), session(3, start=at(4, 16)))
    assert found(before, after) == [("new", 3), ("cancelled", 2)]


@pytest.mark.parametrize(
    ("kind", "facts", "wording"),
    [
        ("moved", {"start": at(5, 9)}, ("May 4, 2027, 10:00–11:30", "May 5, 2027, 09:00–10:30")),
        ("moved", {"duration": dt.timedelta(hours=1)}, ("May 4, 2027, 10:00–11:30", "May 4, 2027, 10:00–11:00")),
        ("room", {"room": "Small hall"}, ("Great hall", "Small hall")),
        ("room", {"room": ""}, ("Great hall", "no room yet")),
        ("renamed", {"title": "Otherwise"}, ("Session 1", "Otherwise")),
        ("speakers", {"speakers": (AMA, NADA)}, ("nobody yet", "Ama Testperson, ندى الاختبار")),
        ("details", {"abstract": "More"}, ("", "")),
        ("details", {"do_not_record": True}, ("", "")),
    ],
)
def test_each_kind_of_change_is_told_with_both_wordings(kind, facts, wording):
    [row] = changes(programme(session(1)), programme(session(1, **facts)))
    assert row.kind == kind
    with translation.override("en"):
        assert wordings(row, "Europe/Berlin") == wording


def test_one_session_may_change_in_several_ways_and_each_is_counted():
    before = programme(session(1), session(2))
    after = programme(session(1, start=at(6, 9), room="Small hall"), session(2, start=at(6, 9)))
    assert counts(changes(before, after)) == {"moved": 2, "room": 1}


def test_the_same_instant_in_another_zone_is_no_change():
    elsewhere = session(1, start=at(4, 17, zone="Asia/Tokyo"))
    assert found(programme(session(1)), programme(elsewhere)) == []


def test_hours_are_told_by_the_clock_of_the_place():
    [row] = changes(programme(session(1)), programme(session(1, start=at(4, 12))))
    with translation.override("en"):
        assert wordings(row, "Asia/Tokyo")[0] == "May 4, 2027, 17:00–18:30"


def test_a_cancelled_session_says_when_and_where_it_was():
    [row] = changes(programme(session(1)), programme())
    with translation.override("fr"):
        assert wordings(row, "Europe/Berlin") == ("4 mai 2027, 10:00–11:30, Great hall", "")


def test_a_session_in_the_night_the_clock_is_put_forward_lasts_as_long_as_it_lasts():
    """On 28 March 2027 the hour from two to three does not exist in Berlin."""
    night = session(1, start=dt.datetime(2027, 3, 28, 1, 30, tzinfo=at(4, 10).tzinfo), duration=dt.timedelta(hours=1))
    assert night.end.isoformat() == "2027-03-28T03:30:00+02:00"


def test_after_midnight_a_session_still_belongs_to_the_evening():
    one = programme()
    assert one.day_of(session(1, start=at(5, 3, 59))) == dt.date(2027, 5, 4)
    assert one.day_of(session(1, start=at(5, 4))) == dt.date(2027, 5, 5)
