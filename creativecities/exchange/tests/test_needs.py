"""Needs and offers: posted by a city's team, open for their time, ended once."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from creativecities.accounts.tests import people
from creativecities.core import days
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import jobs, states
from creativecities.exchange.actions import needs as acts
from creativecities.exchange.models import Need
from creativecities.exchange.tests.factories import need, topic
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
ADDRESS = "/cities/vila-nova/exchange/post/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def city() -> City:
    for slug in ("tourism", "food", "work", "war"):
        topic(slug)
    return member(name="Vila Nova")


@pytest.fixture
def editor(client: Any, city: City) -> Any:
    return team.sign_in(client, team.member(city, "Ana Exemplo"))


def sent(**values: Any) -> dict[str, Any]:
    return {
        "kind": "need", "title": "A bridge", "text": "We look for one.", "language": "pt",
        "topics": ["food", "tourism"], "fields_": ["design"],
        "closes_on": (days.today() + 30 * DAY).isoformat(), **values,
    }  # fmt: skip


def test_a_team_posts_and_everybody_reads_it(editor: Any, new_client: Any):
    answer = editor.post(ADDRESS, sent(), follow=True)
    assert "Posted" in answer.content.decode()
    one = Need.objects.get()
    assert [place.topic_id for place in one.places.all()] == ["food", "tourism"]
    assert (one.opened_on, one.person_name) == (days.today(), "Ana Exemplo")
    assert "A bridge" in new_client().get(f"/exchange/{one.pk}/").content.decode()
    assert Event.objects.get(kind="exchange.need.posted").facts["city"] == "Vila Nova"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"topics": ["food", "tourism", "work", "war"]}, "At most three topics"),
        ({"topics": []}, "required"),
        ({"topics": ["nothing-like-it"]}, "not one of the available"),
        ({"title": "\u200b\u200d\u2060"}, "required"),
        ({"title": "… !"}, "Nothing can be read here"),
        ({"text": "x" * 100_000}, "at most 4000 characters"),
        ({"closes_on": "2020-01-01"}, "between today and a year"),
        ({"closes_on": "9999-12-31"}, "between today and a year"),
        ({"kind": "wish"}, "not one of the available"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(editor: Any, values: dict[str, Any], said: str):
    answer = editor.post(ADDRESS, sent(**values))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "We look for one." in text or values.get("text", "")[:50] in text
    assert not Need.objects.exists()


def test_markup_is_text_and_what_is_unseen_is_gone(editor: Any, new_client: Any):
    editor.post(ADDRESS, sent(title="A \u202ebridge\u200b <b>", text="<script>alert(1)</script>\r\nNext."))
    one = Need.objects.get()
    assert (one.title, one.text) == ("A bridge <b>", "<script>alert(1)</script>\nNext.")
    assert "<script>alert" not in new_client().get(f"/exchange/{one.pk}/").content.decode()


def test_the_same_twice_is_one(editor: Any):
    assert editor.post(ADDRESS, sent()).status_code == 302
    again = editor.post(ADDRESS, sent())
    assert again.status_code == 409
    assert "has posted this already" in again.content.decode()
    assert Need.objects.count() == 1


def test_nobody_else_posts_or_ends(new_client: Any, city: City):
    one = need(city)
    for someone in (team.member(member(name="Vila Alheia")), team.officer(), people.person()):
        visitor = team.sign_in(new_client(), someone)
        assert visitor.get(ADDRESS).status_code == 404
        assert visitor.get(f"/exchange/{one.pk}/end/").status_code == 404
        assert visitor.post(f"/exchange/{one.pk}/end/", {"verb": "close"}).status_code == 404
        with pytest.raises(Refusal):
            acts.withdraw_need(one, by=someone)
    assert new_client().get(f"/exchange/{one.pk}/end/").status_code == 302


@pytest.mark.parametrize(("verb", "state"), [("close", states.CLOSED), ("withdraw", states.WITHDRAWN)])
def test_a_team_ends_it_once(editor: Any, new_client: Any, city: City, verb: str, state: str):
    one = need(city)
    assert editor.get(f"/exchange/{one.pk}/end/").status_code == 200
    assert editor.post(f"/exchange/{one.pk}/end/", {"verb": verb}).status_code == 302
    one.refresh_from_db()
    assert one.state == state
    assert editor.post(f"/exchange/{one.pk}/end/", {"verb": verb}).status_code == 409
    assert new_client().get(f"/exchange/{one.pk}/").status_code == 404
    assert editor.get(f"/exchange/{one.pk}/").status_code == 200
    assert str(gettext_lazy("Nothing posted yet")) not in editor.get("/cities/vila-nova/exchange/").content.decode()


def test_a_city_that_left_posts_no_more(editor: Any, city: City):
    Membership.objects.filter(city=city).update(end="2025-01-01")
    assert "it is no longer" in editor.get(ADDRESS).content.decode()
    assert editor.post(ADDRESS, sent()).status_code == 409


def test_what_is_past_its_last_day_ends_by_itself(city: City, new_client: Any):
    today = days.today()
    last = need(city, title="Last day", opened_on=today - DAY, closes_on=today)
    over = need(city, title="Over", opened_on=today - 2 * DAY, closes_on=today - DAY)
    left = need(member(name="Vila Longe"), title="Left")
    Membership.objects.filter(city=left.city).update(end="2025-01-01")
    assert [new_client().get(f"/exchange/{one.pk}/").status_code for one in (last, over, left)] == [200, 404, 404]
    assert jobs.end_past_needs() == 2
    assert jobs.end_past_needs() == 0
    found = dict(Need.objects.values_list("title", "state"))
    assert found == {"Last day": states.OPEN, "Over": states.EXPIRED, "Left": states.WITHDRAWN}
    assert Event.objects.filter(actor_name="Calendar").count() == 2


def test_whoever_posted_is_forgotten_and_the_need_stays(editor: Any, city: City):
    from creativecities.accounts import actions as accounts

    editor.post(ADDRESS, sent())
    someone = city.mandates.get().person
    accounts.erase(someone, by=someone)
    assert Need.objects.get().person_name == ""
