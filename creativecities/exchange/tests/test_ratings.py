"""A city's team rates topics, and what was rated before stays known."""

import datetime as dt
from typing import Any

import pytest

from creativecities.accounts.tests import people
from creativecities.core import days, freshness
from creativecities.core.refusal import Refusal
from creativecities.exchange.actions import ratings
from creativecities.exchange.models import Rating, Topic
from creativecities.exchange.tests.factories import topic
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
ADDRESS = "/cities/vila-nova/exchange/topics/"


@pytest.fixture
def city() -> City:
    topic("tourism", position=1)
    topic("food", position=2)
    return member(name="Vila Nova")


@pytest.fixture
def editor(client: Any, city: City) -> Any:
    return team.sign_in(client, team.member(city, "Ana Exemplo"))


def sent(city: City, **values: Any) -> dict[str, Any]:
    city.refresh_from_db()
    named = {f"{kind}-{slug}": "" for kind in ("challenge", "expertise") for slug in ("tourism", "food")}
    return {**named, "opened": city.version, **{name.replace("_", "-"): value for name, value in values.items()}}


def test_a_team_rates_what_it_can_and_leaves_the_rest_open(editor: Any, city: City):
    answer = editor.post(ADDRESS, sent(city, challenge_tourism="4", expertise_food="5"), follow=True)
    assert "Saved." in answer.content.decode()
    rows = Rating.objects.on(days.today()).values_list("kind", "topic", "value", "person_name")
    assert set(rows) == {("challenge", "tourism", 4, "Ana Exemplo"), ("expertise", "food", 5, "Ana Exemplo")}
    assert '<option value="4" selected>' in editor.get(ADDRESS).content.decode()


def test_what_was_rated_before_stays_with_its_days(editor: Any, city: City):
    editor.post(ADDRESS, sent(city, challenge_tourism="4"))
    earlier = days.today() - dt.timedelta(days=30)
    Rating.objects.update(start=earlier)
    editor.post(ADDRESS, sent(city, challenge_tourism="2"))
    editor.post(ADDRESS, sent(city, challenge_tourism="3"))  # of one day the last word counts
    rows = list(Rating.objects.order_by("start").values_list("value", "start", "end"))
    assert rows == [(4, earlier, days.today()), (3, days.today(), None)]
    assert Rating.objects.on(earlier).get().value == 4
    editor.post(ADDRESS, sent(city))
    assert not Rating.objects.on(days.today()).exists()


def test_two_who_rate_at_once_are_shown_what_differs(editor: Any, city: City):
    mine = sent(city, challenge_tourism="4")
    colleague = team.member(city, "Bruno Exemplo", role="alternative-contact")
    ratings.rate(city, values={"challenge-tourism": 1}, opened=mine["opened"], by=colleague)
    answer = editor.post(ADDRESS, mine)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Bruno Exemplo" in text
    assert '<option value="4" selected>' in text
    assert editor.post(ADDRESS, sent(city, challenge_tourism="4")).status_code == 302
    assert Rating.objects.get().value == 4


def test_the_history_of_the_city_calls_a_rating_by_its_topic(editor: Any, city: City):
    Topic.objects.filter(slug="tourism").update(name_fr="Un tourisme utile")
    freshness.forget()
    editor.post(ADDRESS, sent(city, challenge_tourism="4"))
    text = editor.get("/fr/cities/vila-nova/history/").content.decode()
    assert "Un tourisme utile: Défi" in text
    assert "challenge-tourism" not in text


@pytest.mark.parametrize("value", ["6", "0", "-1", "x", "4.5"])
def test_other_numbers_are_refused(editor: Any, city: City, value: str):
    assert editor.post(ADDRESS, sent(city, challenge_tourism=value)).status_code == 422
    assert not Rating.objects.exists()


def test_nobody_else_rates(new_client: Any, city: City):
    for someone in (team.member(member(name="Vila Alheia")), team.officer(), people.person()):
        assert team.sign_in(new_client(), someone).get(ADDRESS).status_code == 404
        with pytest.raises(Refusal):
            ratings.rate(city, values={"challenge-tourism": 4}, opened=city.version, by=someone)
    assert new_client().get(ADDRESS).status_code == 302


def test_a_city_that_left_rates_no_more(editor: Any, city: City):
    Membership.objects.filter(city=city).update(end="2025-01-01")
    answer = editor.post(ADDRESS, sent(city, challenge_tourism="4"))
    assert answer.status_code == 409
    assert "it is no longer" in answer.content.decode()


def test_the_database_holds_the_bounds(city: City):
    from django.db import IntegrityError, transaction

    wrong = [{"value": 6}, {"value": 0}, {"kind": "mood"}, {"end": "2026-01-01"}]
    for columns in wrong:
        values: dict[str, Any] = {"kind": "challenge", "value": 3, "start": "2026-01-01", **columns}
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(city=city, topic_id="tourism", **values)
