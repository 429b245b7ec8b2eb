"""Two people who open the same form hear of each other; nobody else does, and nothing is kept of it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from creativecities.core import jobs, presence
from creativecities.core.models import Event, Presence

pytestmark = pytest.mark.django_db
PLACE = "a form/1"


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(presence._rules, "a form", lambda person, place: True)


@pytest.fixture
def ana(db: None) -> Any:
    return get_user_model().objects.create(email="ana@example.org", name="Ana Novak")


@pytest.fixture
def ben(db: None) -> Any:
    return get_user_model().objects.create(email="ben@example.org", name="Ben Okri")


def later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    now = timezone.now() + dt.timedelta(**by)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_each_hears_of_the_other_and_since_when(ana: Any, ben: Any, monkeypatch: pytest.MonkeyPatch):
    assert presence.come(PLACE, ana) == []
    later(monkeypatch, minutes=4)
    assert presence.come(PLACE, ben) == [presence.Other("Ana Novak", 4)]
    assert presence.come(PLACE, ana) == [presence.Other("Ben Okri", 1)]
    assert presence.come("another form", ben) == []
    assert Presence.objects.filter(place=PLACE).count() == 2
    assert not Event.objects.exists()


def test_who_comes_back_each_minute_is_there_as_long(ana: Any, ben: Any, monkeypatch: pytest.MonkeyPatch):
    for _quarter in range(3):
        presence.come(PLACE, ana)
        later(monkeypatch, minutes=14)
    assert presence.come(PLACE, ben) == [presence.Other("Ana Novak", 42)]


def test_who_has_gone_is_no_longer_said(ana: Any, ben: Any, monkeypatch: pytest.MonkeyPatch):
    presence.come(PLACE, ana)
    later(monkeypatch, minutes=15)
    assert presence.come(PLACE, ben) == []
    assert presence.come(PLACE, ana) == [presence.Other("Ben Okri", 1)]
    assert presence.come(PLACE, ben) == [presence.Other("Ana Novak", 1)]


def test_rows_are_swept_and_those_of_one_person_can_go(ana: Any, ben: Any, monkeypatch: pytest.MonkeyPatch):
    presence.come(PLACE, ana)
    presence.come(PLACE, ben)
    presence.forget(ana.pk)
    assert list(Presence.objects.values_list("person_id", flat=True)) == [ben.pk]
    jobs.forget()
    assert Presence.objects.exists()
    later(monkeypatch, days=1)
    jobs.forget()
    assert not Presence.objects.exists()


def sign_in(client: Any, person: Any) -> Any:
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_says_it_in_the_readers_language(client: Any, ana: Any, ben: Any):
    presence.come(PLACE, ana)
    sign_in(client, ben)
    answer = client.post(reverse("same_form"), {"ticket": presence.ticket(PLACE, ben)})
    assert answer.status_code == 200
    assert "Ana Novak opened this form 1 minute ago." in answer.text
    arabic = client.post("/ar/same-form/", {"ticket": presence.ticket(PLACE, ben)})
    assert "Ana Novak" in arabic.text
    assert "opened" not in arabic.text


def test_without_the_ticket_of_the_form_nobody_hears_anything(
    client: Any, ana: Any, ben: Any, monkeypatch: pytest.MonkeyPatch
):
    place = reverse("same_form")
    mine = presence.ticket(PLACE, ben)
    assert client.post(place, {"ticket": mine}).status_code == 302
    sign_in(client, ben)
    for forged in ("", "x", presence.ticket(PLACE, ana), signing.dumps([PLACE, ben.pk]), f"{mine}x"):
        assert client.post(place, {"ticket": forged}).status_code == 404
    assert client.get(place).status_code == 405
    assert not Presence.objects.exists()
    monkeypatch.setattr(presence, "A_FORM_IS_OPEN_AT_MOST", dt.timedelta(0))
    assert client.post(place, {"ticket": mine}).status_code == 404


def test_who_may_no_longer_be_there_hears_nothing_and_is_not_noted(
    client: Any, ana: Any, ben: Any, monkeypatch: pytest.MonkeyPatch
):
    presence.come(PLACE, ana)
    sign_in(client, ben)
    monkeypatch.setitem(presence._rules, "a form", lambda person, place: (person, place) != (ben, PLACE))
    for place in (PLACE, "nobody's form/1"):
        assert client.post(reverse("same_form"), {"ticket": presence.ticket(place, ben)}).status_code == 404
    assert not Presence.objects.filter(person_id=ben.pk).exists()
