"""The waiting list: in the order of time, offered, accepted by one word, and passed on when the hour has come."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import jobs, states
from creativecities.conference.actions import delegates as people
from creativecities.conference.actions import delegations as acts
from creativecities.conference.actions import waiting
from creativecities.conference.models import Badge, Delegate, Delegation, Edition, Seats
from creativecities.conference.tests import kit
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import City, Membership
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
NOBODY: dict[str, Any] = {"person": None, "bound_to": None}


@pytest.fixture
def edition() -> Edition:
    return kit.edition(settings=kit.settings(seats=1))


@pytest.fixture
def three() -> list[tuple[City, Person]]:
    cities = [team.city(name) for name in ("Kobe", "Nara", "Gifu")]
    return [(city, team.member(city)) for city in cities]


def put(edition: Edition, who: tuple[City, Person], name: str = "Berta Exemplo", role: str = "expert") -> Delegate:
    city, by = who
    return acts.nominate(edition, city, role=role, values={**NOBODY, "name": name}, waits=True, by=by)


def now(delegate: Delegate) -> Delegate:
    return Delegate.objects.select_related("delegation__edition", "delegation__city").get(pk=delegate.pk)


def test_a_place_that_falls_free_is_offered_to_who_waits_longest(edition: Edition, three: list[Any]):
    first, second, third = (put(edition, who) for who in three)
    assert [each.state for each in (first, second, third)] == [states.NOMINATED, states.WAITING, states.WAITING]
    assert jobs.offer_places() == 0
    people.withdraw(now(first), along=False, by=three[0][1])
    city, by = three[0]
    with pytest.raises(Refusal) as refused:
        acts.nominate(edition, city, role="expert", values={**NOBODY, "name": "Carla"}, by=by)
    assert refused.value.code == "others-wait"
    assert (jobs.offer_places(), jobs.offer_places()) == (1, 0)
    assert (now(second).state, now(third).state) == (states.OFFERED, states.WAITING)
    letter = Mail.objects.get(kind="conference.delegation.offered")
    assert letter.to_person_id == three[1][1].pk
    assert now(second).code in letter.link
    assert "Berta" not in letter.body + letter.subject
    waiting.accept(now(second), by=three[1][1])
    assert (now(second).state, now(second).delegation.state) == (states.CONFIRMED, states.CONFIRMED)
    assert Badge.objects.get().delegate_id == second.pk
    assert Seats.objects.get().taken == 1


def test_an_offer_that_nobody_answers_passes_to_the_next_and_who_let_it_go_waits_behind(
    edition: Edition, three: list[Any]
):
    first, second, third = (put(edition, who) for who in three)
    people.withdraw(now(first), along=False, by=three[0][1])
    jobs.offer_places()
    Delegate.objects.filter(pk=second.pk).update(offered_until=timezone.now() - dt.timedelta(minutes=1))
    with pytest.raises(Refusal) as refused:
        waiting.accept(now(second), by=three[1][1])
    assert refused.value.code == "lapsed"
    assert jobs.offer_places() == 1
    assert (now(second).state, now(third).state) == (states.WAITING, states.OFFERED)
    assert now(second).registered_at > now(third).registered_at
    assert Mail.objects.filter(kind="conference.delegation.lapsed", to_person_id=three[1][1].pk).exists()
    assert (Seats.objects.get().taken, Delegation.objects.get(city=three[1][0]).taken) == (1, 0)


def test_within_a_quota_one_waits_for_ones_own_city_alone(three: list[Any]):
    edition = kit.edition(settings=kit.settings(quotas={"mayor": 1, "expert": 1}))
    first, second = put(edition, three[0]), put(edition, three[0], "Carla Exemplo")
    other = put(edition, three[1])
    assert [each.state for each in (first, second, other)] == [states.NOMINATED, states.WAITING, states.NOMINATED]
    people.withdraw(now(other), along=False, by=three[1][1])
    assert jobs.offer_places() == 0
    people.withdraw(now(first), along=False, by=three[0][1])
    assert jobs.offer_places() == 1
    assert now(second).number == 1


def test_who_waits_is_named_and_a_role_without_quota_has_no_list(edition: Edition, three: list[Any]):
    put(edition, three[0])
    with pytest.raises(Refusal) as refused:
        put(edition, three[1], "")
    assert refused.value.code == "no-name"
    edition.settings = kit.settings(quotas={"expert": 1})
    edition.save()
    with pytest.raises(Refusal) as refused:
        put(edition, three[1], "Carla", "mayor")
    assert refused.value.code == "no-quota"


def test_a_city_that_has_left_is_offered_nothing_and_one_that_is_offered_can_withdraw(
    edition: Edition, three: list[Any]
):
    first, second, third = (put(edition, who) for who in three)
    Membership.objects.filter(city=three[1][0]).update(end="2025-01-01")
    people.withdraw(now(first), along=False, by=three[0][1])
    jobs.offer_places()
    assert (now(second).state, now(third).state) == (states.WAITING, states.OFFERED)
    people.withdraw(now(third), along=False, by=three[2][1])
    assert (Seats.objects.get().taken, now(third).offered_until) == (0, None)


def test_in_the_browser_a_place_is_waited_for_and_accepted(
    edition: Edition, three: list[Any], client: Any, new_client: Any
):
    first = put(edition, three[1])
    kobe = team.sign_in(client, three[0][1])
    page = "/conference/2031/delegation/kobe/"
    full = kobe.post(f"{page}nominate/", {"role": "expert", "name": "Dora Exemplo"})
    assert full.status_code == 409
    assert "All places of this edition are taken" in full.content.decode()
    assert kobe.post(f"{page}nominate/", {"role": "expert", "name": "Dora Exemplo", "waits": "on"}).url == page
    assert "On the waiting list" in kobe.get(page).content.decode()
    people.withdraw(now(first), along=False, by=three[1][1])
    jobs.offer_places()
    one = Delegate.objects.get(name="Dora Exemplo")
    assert "Accept the place" in kobe.get(f"{page}{one.code}/").content.decode()
    assert "Accept the place" in kobe.get("/desk/").content.decode()
    stranger = team.sign_in(new_client(), three[1][1])
    assert stranger.post(f"{page}{one.code}/accept/").status_code == 404
    assert kobe.post(f"{page}{one.code}/accept/").url == page
    assert now(one).state == states.CONFIRMED
    assert kobe.post(f"{page}{one.code}/accept/").status_code == 409
