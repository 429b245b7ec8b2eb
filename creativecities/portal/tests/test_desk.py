"""My desk, for those with and without a mandate."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts.tests import people
from creativecities.core import desk
from creativecities.core.desk import Due
from creativecities.network.actions import mandates, portraits
from creativecities.network.models import Portrait
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


def at_desk(client, someone) -> str:
    answer = team.sign_in(client, someone).get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_is_asked_to_sign_in(client):
    answer = client.get("/fr/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/fr/desk/")


def test_it_is_only_read(client):
    assert team.sign_in(client, people.person()).post("/desk/").status_code == 405


def test_it_is_nobody_elses(client):
    team.sign_in(client, people.person())
    assert "private" in client.get("/desk/").headers["Cache-Control"]


def test_without_a_mandate_it_says_how_one_begins(client):
    text = at_desk(client, people.person())
    assert "You have no mandate at present" in text
    assert "One thing to do next" not in text
    assert "/secretariat/" not in text


def test_a_focal_point_finds_city_mandate_and_what_to_do(client):
    city = team.city()
    team.portrait(city)
    text = at_desk(client, team.member(city))
    for words in ("One thing to do next", "Write the portrait of Kobe in your own words", "Focal point", "no end set"):
        assert words in text
    for address in ("/cities/kobe/", "/cities/kobe/edit/", "/cities/kobe/history/", "/cities/kobe/edit/portrait/"):
        assert f'href="{address}"' in text


def test_a_mayor_may_look_but_not_edit(client):
    text = at_desk(client, team.member(team.city(), role="mayor"))
    assert 'href="/cities/kobe/"' in text
    assert "/cities/kobe/edit/" not in text


def test_another_citys_person_sees_nothing_of_it(client):
    team.city("Kobe")
    text = at_desk(client, team.member(team.city("Nagoya")))
    assert "Nagoya" in text
    assert "Kobe" not in text


def test_when_all_is_done_it_says_so(client):
    city = team.city(office_email="office@example.org")
    Portrait.objects.create(city=city, text="Ours.", confidence="city", by_hand=True)
    assert "Nothing waits for you" in at_desk(client, team.member(city))


def test_a_mandate_that_ends_soon_comes_first_with_its_day(client):
    end = timezone.localdate() + dt.timedelta(days=9)
    city = team.city()
    text = at_desk(client, team.member(city, end=end))
    first = text.split("After that")[0]
    assert "Prepare the handover of your mandate: Focal point" in first
    assert "9 days left" in text


def test_an_ended_mandate_is_past_and_gives_nothing(client):
    past = {"start": dt.date(2015, 1, 1), "end": dt.date(2020, 1, 1)}
    text = at_desk(client, team.member(team.city(), **past))
    assert "You have no mandate at present" in text
    assert "Past and future mandates" in text
    assert "/cities/kobe/edit/" not in text


def test_a_future_mandate_is_not_yet_in_force(client):
    start = timezone.localdate() + dt.timedelta(days=3)
    text = at_desk(client, team.member(team.city(), start=start))
    assert "not yet in force" in text
    assert "/cities/kobe/edit/" not in text


def test_the_secretariat_finds_its_own_desk(client):
    assert 'href="/secretariat/"' in at_desk(client, team.officer())


@pytest.mark.parametrize("prefix", ["/fr", "/es", "/ar", "/ru", "/zh"])
def test_every_language_has_the_desk(client, prefix):
    answer = team.sign_in(client, team.member(team.city())).get(f"{prefix}/desk/")
    assert answer.status_code == 200
    assert f'href="{prefix}/cities/kobe/edit/"' in answer.content.decode()


@pytest.mark.parametrize("cities", [1, 3])
def test_nine_statements_whatever_there_is(client, cities):
    someone = people.person()
    for number in range(cities):
        city = team.city(f"Vila{number}")
        someone.mandates.create(role="alternative-contact", city=city, start=dt.date(2020, 1, 1))
    team.sign_in(client, someone).get("/desk/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/desk/")
    assert len([each for each in captured if "core_generation" not in each["sql"]]) == 9


def test_what_is_due_is_in_the_order_of_its_days(monkeypatch):
    soon, later = timezone.now(), timezone.now() + dt.timedelta(days=3)
    monkeypatch.setattr(desk, "_sources", [])
    desk.register_due(lambda person: [Due("some day", "/a/"), Due("later", "/b/", later)])
    desk.register_due(lambda person: [Due("soon", "/c/", soon)])
    assert [each.title for each in desk.due(None)] == ["soon", "later", "some day"]


def test_what_happened_is_told_in_the_readers_language(client):
    city = team.city()
    portrait = team.portrait(city)
    someone = team.member(city, "Ana Exemplo")
    mandates.open_mandate(
        person=people.person(), role="mayor", city=city, start=dt.date(2026, 1, 1), by=team.officer("Olga Petrova")
    )
    values = {**portrait.texts, "text": f"{team.WORDS} Visitors are lent a chair."}
    portraits.save_portrait(city, language="en", values=values, opened=portrait.number, by=someone)
    team.sign_in(client, someone)
    text = client.get("/fr/desk/").content.decode()
    assert "Maire" in text
    assert "Anglais" in text
    assert "Mayor" not in text
