"""The Secretariat plans: rooms, sessions, who speaks, what is moved where. Two editors see each other."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from creativecities.conference import states
from creativecities.conference.actions import programme as acts
from creativecities.conference.models import Edition, Session
from creativecities.conference.queries import programme as queries
from creativecities.conference.tests import kit
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PLAN = "/secretariat/conference/2031/programme/"


@pytest.fixture
def one() -> Edition:
    return kit.edition()


@pytest.fixture
def desk(client: Any, one: Edition) -> Any:
    return team.sign_in(client, team.officer())


def wall(of: Edition, hour: str = "10:00", day: int = 0) -> str:
    assert of.starts_on
    return f"{of.starts_on + dt.timedelta(days=day)}T{hour}"


def typed(of: Edition, **more: Any) -> dict[str, Any]:
    return {
        "opened": 0, "title_en": "Lamps", "title_fr": "Lampes", "kind": "thematic", "starts_at": wall(of),
        "ends_at": wall(of, "11:30"), "language": "en", "interpretation": ["fr"], "admits": "everybody", **more,
    }  # fmt: skip


def moved(session: Session, at: str, room: str = "", version: int | None = None) -> dict[str, str]:
    return {"session": f"{session.slug}.{version or session.version}", "room": room, "starts_at": at}


def test_a_room_and_a_session_are_planned_and_stand_in_the_grid(desk: Any, one: Edition):
    assert "There is no room yet" in desk.get(PLAN).content.decode()
    assert desk.post(f"{PLAN}rooms/new/", {"opened": 0, "name_en": "Great hall", "capacity": 300}).status_code == 302
    room = one.rooms.get()
    assert (room.key, room.name, room.capacity) == ("great-hall", {"en": "Great hall"}, 300)
    assert desk.post(f"{PLAN}sessions/new/", typed(one, room=room.pk)).status_code == 302
    made = one.sessions.get()
    assert (made.slug, made.title, made.room) == ("lamps", {"en": "Lamps", "fr": "Lampes"}, room)
    assert made.ends_at
    assert made.starts_at
    assert made.ends_at - made.starts_at == dt.timedelta(minutes=90)
    text = desk.get(PLAN).content.decode()
    assert 'class="block rows-3' in text
    assert "10:00–11:30" in text
    assert 'data-room="great-hall"' in text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title_en": "\u202e \u200b"}, "Nothing can be read here|This field is required"),
        ({"ends_at": ""}, "Say both when it begins and when it ends"),
        ({"ends_at": "2020-01-01T09:00"}, "The end must be after the beginning"),
        ({"admits": "field"}, "Say for the cities of which field it is"),
        ({"seats": 0}, "greater than or equal to 1"),
        ({"kind": "dance"}, "valid choice"),
        ({"room": "999"}, "valid choice"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(desk: Any, one: Edition, wrong: dict[str, Any], why: str):
    answer = desk.post(f"{PLAN}sessions/new/", typed(one, **wrong))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert any(each in text for each in why.split("|"))
    assert "Lampes" in text
    assert not Session.objects.exists()


def test_an_hour_that_the_clock_of_the_place_skips_is_refused(desk: Any):
    other = kit.edition("2032", number=32, zone="Europe/Lisbon", starts_on="2027-03-26", last_day="2027-03-29")
    answer = desk.post("/secretariat/conference/2032/programme/sessions/new/", {
        **typed(Edition.objects.get(pk=other.pk)), "starts_at": "2027-03-28T01:30", "ends_at": "2027-03-28T03:00",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "The clock of that zone skips this hour" in answer.content.decode()


def test_a_session_keeps_its_length_where_the_clock_is_put_forward(desk: Any):
    other = kit.edition("2032", number=32, zone="Europe/Lisbon", starts_on="2027-03-26", last_day="2027-03-29")
    other.refresh_from_db()
    late = kit.session(other, day=0, hour=22, minutes=180)
    plan = "/secretariat/conference/2032/programme/"
    assert desk.post(f"{plan}move/", moved(late, "2027-03-27T23:30")).status_code == 302
    late.refresh_from_db()
    assert late.starts_at
    assert late.ends_at
    assert late.ends_at - late.starts_at == dt.timedelta(hours=3)
    assert "23:30–03:30" in desk.get(plan).content.decode()  # the clock shows an hour more than has passed


def test_a_session_is_moved_by_the_form_that_dragging_sends_too(desk: Any, one: Edition):
    kit.room(one, "hall")
    session = kit.session(one)
    answer = desk.post(f"{PLAN}move/", moved(session, wall(one, "14:30", 1), "hall"))
    assert answer.url == f"{PLAN}#s-opening"
    session.refresh_from_db()
    assert session.room
    assert session.room.key == "hall"
    assert "14:30–15:30" in desk.get(PLAN).content.decode()
    event = Event.objects.filter(kind="conference.session.edited").get()
    assert event.facts["after"]["starts_at"] == wall(one, "14:30", 1).replace("T", " ")


def test_who_moves_on_top_of_an_older_version_is_told(desk: Any, one: Edition):
    session = kit.session(one)
    desk.post(f"{PLAN}move/", moved(session, wall(one, "14:00")))
    answer = desk.post(f"{PLAN}move/", moved(session, wall(one, "16:00")))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Olga Petrova changed “Opening” after you had opened this page" in text
    assert 'value="opening.2" selected' in text
    assert desk.post(f"{PLAN}move/", moved(session, wall(one, "16:00"), version=2)).status_code == 302
    for forged in ("opening.99", "opening.x", "opening", "nothing.1", ""):
        answer = desk.post(f"{PLAN}move/", {"session": forged, "starts_at": wall(one)})
        assert answer.status_code in (400, 422)


def test_two_who_edit_see_each_other(desk: Any, new_client: Any, one: Edition):
    session = kit.session(one)
    other = team.sign_in(new_client(), team.officer("Bruno Exemplo"))
    page = f"{PLAN}sessions/opening/"
    assert other.post(page, typed(one, opened=1)).status_code == 302
    answer = desk.post(page, typed(one, opened=1, title_en="Lanterns"))
    assert answer.status_code == 409
    assert "Bruno Exemplo" in answer.content.decode()
    session.refresh_from_db()
    assert session.title["en"] == "Lamps"
    assert desk.post(page, typed(one, opened=2, title_en="Lanterns")).status_code == 302
    assert desk.post(page, typed(one, opened=99)).status_code == 400


def test_a_session_is_dropped_and_put_back(desk: Any, one: Edition):
    kit.session(one)
    drop = f"{PLAN}sessions/opening/drop/"
    assert desk.post(drop).status_code == 302
    assert "Dropped" in desk.get(PLAN).content.decode()
    assert desk.post(drop).status_code == 409
    assert desk.post(drop, {"again": "1"}).status_code == 302
    assert Session.objects.get().state == states.PLANNED


def test_who_is_confirmed_speaks_and_the_regions_of_speakers_are_counted(desk: Any, one: Edition):
    kit.session(one)
    sent = kit.delegation(one, team.city())
    ana, guest = kit.delegate(sent), kit.delegate(sent, "interpreter", "Carla Exemplo")
    speakers = f"{PLAN}sessions/opening/speakers/"
    assert desk.post(speakers, {"delegate": ana.code}).status_code == 302
    assert desk.post(speakers, {"delegate": ana.code}).status_code == 409
    assert desk.post(speakers, {"delegate": guest.code}).status_code == 422
    text = desk.get(f"{PLAN}sessions/opening/").content.decode()
    assert "Ana Exemplo" in text
    assert "Carla Exemplo" not in text
    share = next(each for each in queries.balance(queries.plan(one)) if each.speakers)
    assert (share.speakers, share.cities) == (1, 1)
    assert "Ana" not in str(list(Event.objects.values_list("kind", "subject_name", "facts")))
    assert desk.post(f"{speakers}{ana.code}/remove/").status_code == 302
    assert desk.post(f"{speakers}{ana.code}/remove/").status_code == 409


def test_who_does_not_come_or_comes_to_another_edition_does_not_speak(one: Edition):
    session, officer = kit.session(one), team.officer()
    away = kit.delegate(kit.delegation(one, team.city(), states.DECLINED))
    elsewhere = kit.delegate(kit.delegation(kit.edition("2032", number=32), team.city("Nara")))
    waiting = kit.delegate(kit.delegation(one, team.city("Otaru")), state=states.WAITING, number=None)
    for someone in (away, elsewhere, waiting):
        with pytest.raises(Refusal, match="confirmed by name"):
            acts.name_speaker(session, someone, by=officer)


def test_the_programme_is_planned_by_the_secretariat_alone(new_client: Any, one: Edition):
    session = kit.session(one)
    pages = [PLAN, f"{PLAN}rooms/new/", f"{PLAN}sessions/new/", f"{PLAN}sessions/opening/"]
    stranger = team.sign_in(new_client(), team.member(team.city("Nara")))
    for path in pages:
        assert new_client().get(path).status_code == 302
        assert stranger.get(path).status_code == 404
    with pytest.raises(Refusal, match="run by the Secretariat"):
        acts.drop_session(session, by=team.member(team.city("Otaru")))


def test_a_cancelled_edition_and_one_without_days_are_not_planned(desk: Any, one: Edition):
    Edition.objects.update(state=states.CANCELLED)
    assert "This edition is cancelled" in desk.get(PLAN).content.decode()
    assert desk.post(f"{PLAN}sessions/new/", typed(one)).status_code == 409
    Edition.objects.update(state=states.DRAFT, starts_on=None, last_day=None)
    assert "The days of this edition are not known yet" in desk.get(PLAN).content.decode()
    assert desk.post(f"{PLAN}rooms/new/", {"opened": 0, "name_en": "Hall"}).status_code == 409


@pytest.mark.parametrize("number", [1, 3])
def test_the_plan_costs_the_same_whatever_is_planned(
    desk: Any, one: Edition, number: int, django_assert_num_queries: Any
):
    for at in range(number):
        sent = kit.delegation(one, team.city(f"Kobe {at}"))
        session = kit.session(one, f"s-{at}", room=kit.room(one, f"r-{at}"))
        acts.name_speaker(session, kit.delegate(sent), by=team.officer())
    page = reverse("conference:plan", args=["2031"])
    desk.get(page)
    with django_assert_num_queries(13):
        assert desk.get(page).status_code == 200
