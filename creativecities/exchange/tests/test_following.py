"""What two cities do moves what was suggested to them, and the next pass knows of it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from creativecities.accounts.models import Person
from creativecities.accounts.tests.people import ROBOT
from creativecities.core import freshness
from creativecities.core.models import Event
from creativecities.exchange import states
from creativecities.exchange.actions import confirm, decline, publish, save_initiative
from creativecities.exchange.actions import replies as acts
from creativecities.exchange.actions import suggestions as notes
from creativecities.exchange.models import Need, Reply, Suggestion
from creativecities.exchange.queries import matching
from creativecities.exchange.queries.written import written
from creativecities.exchange.tests.factories import initiative, need, reply
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
WORDS = {"why": "We have built three.", "brings": "An engineer.", "when": "In May", "language": "en"}


@pytest.fixture
def near() -> City:
    return member(name="Vila Nova", is_listed=True)


@pytest.fixture
def far() -> City:
    return member(name="Vila Longe", is_listed=True)


@pytest.fixture
def posted(near: City) -> Need:
    return need(near)


@pytest.fixture
def asker(near: City) -> Person:
    return team.member(near, "Ana Exemplo")


@pytest.fixture
def replier(far: City) -> Person:
    return team.member(far, "Bruno Exemplo")


def kept() -> dict[str, str]:
    """Where each suggestion stands, by the city to which it was made."""
    return dict(Suggestion.objects.values_list("city__name", "state"))


def suggested(city: City) -> list[int]:
    freshness.forget()  # in a test nothing is ever committed
    return matching.suggested(True)[city.pk]


def test_a_reply_brings_both_in_contact_and_the_next_pass_knows(near: City, far: City, posted: Need, replier: Person):
    assert far.pk in suggested(near)
    acts.send_reply(posted, far, **WORDS, by=replier)
    assert kept() == {"Vila Nova": states.CONTACTED, "Vila Longe": states.CONTACTED}
    assert far.pk not in suggested(near)
    assert near.pk not in suggested(far)
    assert {city.key: city.in_contact for city in matching.network().cities} == {near.pk: 1, far.pk: 1}
    assert not Suggestion.objects.exclude(person_name="", person_id=None).exists()
    assert Event.objects.filter(kind="exchange.suggestion.contacted").count() == 2


def test_what_a_team_had_put_aside_is_in_contact_when_it_writes_after_all(far: City, posted: Need, replier: Person):
    notes.answer(far, posted.city, "dismiss", reason="Too far", by=replier)
    acts.send_reply(posted, far, **WORDS, by=replier)
    assert Suggestion.objects.get(city=far).state == states.CONTACTED
    assert Suggestion.objects.get(city=far).reason == ""


def test_an_accepted_reply_is_an_accepted_suggestion_of_both(near: City, far: City, posted: Need, asker: Person):
    acts.accept(reply(posted, far), by=asker)
    assert kept() == {"Vila Nova": states.ACCEPTED, "Vila Longe": states.ACCEPTED}
    assert far.pk not in suggested(near)


def test_a_declined_one_says_so_to_the_one_and_keeps_the_reason_of_the_other(far: City, posted: Need, asker: Person):
    team.member(far)
    one = acts.send_reply(posted, far, **WORDS, by=far.mandates.get().person)
    acts.decline_reply(one, reason="We found one nearer. " * 20, by=asker)
    assert kept() == {"Vila Nova": states.DISMISSED, "Vila Longe": states.REFUSED}
    reasons = dict(Suggestion.objects.values_list("city__name", "reason"))
    assert reasons["Vila Longe"] == ""
    assert reasons["Vila Nova"].startswith("We found one nearer.")
    assert len(reasons["Vila Nova"]) == 200


def test_as_long_as_another_reply_waits_both_stay_in_contact(
    near: City, far: City, posted: Need, asker: Person, replier: Person
):
    first = acts.send_reply(posted, far, **WORDS, by=replier)
    second = acts.send_reply(need(near, title="A ferry"), far, **WORDS, by=replier)
    acts.decline_reply(first, reason="No", by=asker)
    assert set(kept().values()) == {states.CONTACTED}
    acts.accept(second, by=asker)
    third = acts.send_reply(need(near, title="A boat"), far, **WORDS, by=replier)
    acts.decline_reply(third, reason="No", by=asker)
    assert set(kept().values()) == {states.ACCEPTED}


def test_a_reply_that_lapses_leaves_both_free_again(near: City, far: City, posted: Need, replier: Person):
    one = acts.send_reply(posted, far, **WORDS, by=replier)
    acts.lapse([one], by=ROBOT)
    assert set(kept().values()) == {states.SUGGESTED}
    assert far.pk in suggested(near)
    assert Event.objects.filter(kind="exchange.suggestion.lapsed", actor_name=ROBOT.name).count() == 2


class TestTakingPart:
    def test_who_is_asked_is_in_contact_and_who_confirms_works_with_the_lead(
        self, near: City, far: City, asker: Person, replier: Person
    ):
        one = initiative(lead=near, partners=(far,), partner_state=states.ASKED, state=states.DRAFT)
        assert kept() == {}
        publish(one, by=asker)
        assert set(kept().values()) == {states.CONTACTED}
        confirm(one.parts.get(), by=replier)
        assert set(kept().values()) == {states.ACCEPTED}

    def test_who_declines_may_be_suggested_another_time(self, near: City, far: City, asker: Person, replier: Person):
        one = initiative(lead=near, partners=(far,), partner_state=states.ASKED, state=states.DRAFT)
        publish(one, by=asker)
        decline(one.parts.get(), by=replier)
        assert kept() == {"Vila Nova": states.REFUSED, "Vila Longe": states.SUGGESTED}

    def test_who_declines_what_a_source_had_named_leaves_no_trace(self, near: City, far: City, replier: Person):
        decline(initiative(lead=near, partners=(far,)).parts.get(), by=replier)
        assert kept() == {}

    def test_who_is_let_go_is_free_again(self, near: City, far: City, asker: Person):
        one = initiative(lead=near, partners=(far,), partner_state=states.ASKED, state=states.DRAFT)
        publish(one, by=asker)
        save_initiative(one, values={**written(one), "partners": []}, opened=one.version, by=asker)
        assert set(kept().values()) == {states.SUGGESTED}


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Do all of it in threads that start together; returns what went wrong."""
    start, wrong = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong


@pytest.mark.django_db(transaction=True)
def test_two_that_write_to_each_other_at_once_do_not_wait_for_each_other(
    near: City, far: City, asker: Person, replier: Person
):
    mine, theirs = need(near), need(far)
    assert not at_once(
        lambda: acts.send_reply(mine, far, **WORDS, by=replier),
        lambda: acts.send_reply(theirs, near, **WORDS, by=asker),
    )
    assert kept() == {"Vila Nova": states.CONTACTED, "Vila Longe": states.CONTACTED}


@pytest.mark.django_db(transaction=True)
def test_of_two_replies_declined_at_once_the_later_ends_the_contact(
    near: City, far: City, asker: Person, replier: Person
):
    for title in ("A bridge", "A ferry"):
        acts.send_reply(need(near, title=title), far, **WORDS, by=replier)
    one, other = Reply.objects.all()
    assert not at_once(
        lambda: acts.decline_reply(one, reason="No", by=asker), lambda: acts.decline_reply(other, reason="No", by=asker)
    )
    assert kept() == {"Vila Nova": states.DISMISSED, "Vila Longe": states.REFUSED}
