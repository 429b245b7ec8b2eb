"""What does not go together in a programme, said with its reason: rooms, people and audiences."""

import datetime as dt
from typing import Any

import pytest

from creativecities.conference.compute.clashes import Around, Part, clashes

pytestmark = pytest.mark.apart
DAY = dt.datetime(2031, 5, 4, tzinfo=dt.UTC)
NAMES = {"a": "Ana", "b": "Berta", "i": "Ida"}


def part(slug: str, hour: float = 9, hours: float = 1, **facts: Any) -> Part:
    start = DAY + dt.timedelta(hours=hour)
    return Part(**{
        "slug": slug, "title": slug.title(), "kind": "thematic", "admits": "everybody", "starts_at": start,
        "ends_at": start + dt.timedelta(hours=hours), **facts,
    })  # fmt: skip


def reasons(*parts: Part, **known: Any) -> list[str]:
    around = Around(**{"names": NAMES, "rooms": {"hall": ("Hall", 60)}, **known})
    return [clash.reason for clash in clashes(parts, around)]


def test_two_sessions_in_one_room():
    assert reasons(part("one", room="hall"), part("two", 9.5, room="hall")) == [
        "“One” and “Two” are in Hall at one time."
    ]
    assert not reasons(part("one", room="hall"), part("two", 10, room="hall"))  # one ends as the other begins
    assert not reasons(part("one"), part("two"))  # no room yet


def test_more_seats_or_people_than_a_room_holds():
    assert reasons(part("one", room="hall", seats=80)) == ["“One” has 80 seats; Hall holds 60."]
    assert "70 people have signed up" in reasons(part("one", room="hall", seats=80, signed_up=70))[0]
    assert not reasons(part("one", room="hall", seats=60))


def test_somebody_speaks_in_two_places_at_one_time():
    assert reasons(part("one", speakers=("a",)), part("two", speakers=("a", "b"))) == [
        "Ana speaks in “One” and in “Two” at one time."
    ]


def test_an_interpreter_speaks_while_the_one_they_interpret_for_speaks_elsewhere():
    found = reasons(part("one", speakers=("i",)), part("two", speakers=("a",)), interpreters={"i": "a"})
    assert found == ["Ida speaks in “One” and interprets for Ana in “Two” at one time."]


def test_somebody_speaks_on_a_day_on_which_they_are_not_there():
    absent = {"days": {"a": frozenset({"2031-05-05"})}}
    assert reasons(part("one", speakers=("a",)), **absent) == ["Ana speaks in “One” and is not there on that day."]
    # Late in the evening in UTC it is the next day in Tokyo.
    assert not reasons(part("one", 20, speakers=("a",)), zone=dt.timezone(dt.timedelta(hours=9)), **absent)


def test_a_mayor_speaks_while_the_forum_is_on():
    forum = part("forum", admits="mayors", kind="mayors-forum")
    assert reasons(forum, part("two", speakers=("a", "b")), mayors=frozenset("a")) == [
        "Ana speaks in “Two” while “Forum” is on, which is for mayors."
    ]


def test_two_meetings_of_one_field_and_newcomers_in_two_places():
    music = part("music", admits="field", field="music")
    first = part("first-steps", admits="newcomers")
    assert reasons(music, part("more", admits="field", field="music")) == [
        "“More” and “Music” are for the same cities at one time."
    ]
    assert not reasons(music, part("film", admits="field", field="film"))
    assert not reasons(music, first)
    assert "Cities designated last belong in" in reasons(music, first, newcomer_fields=frozenset({"music"}))[0]


def test_nothing_stands_beside_a_plenary():
    assert "a plenary is for everybody" in reasons(part("one", kind="plenary"), part("two"))[0]


def test_what_has_no_hour_clashes_with_nothing():
    assert not reasons(part("one", starts_at=None, ends_at=None, speakers=("a",)), part("two", speakers=("a",)))
