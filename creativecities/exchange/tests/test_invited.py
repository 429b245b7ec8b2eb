"""Answers to invitations: places that nobody gets twice, a waiting list, and what becomes of a yes."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from creativecities.core import days
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, jobs, states
from creativecities.exchange.actions import invitations as acts
from creativecities.exchange.models import Initiative, Invitation, Invitee, Partner
from creativecities.exchange.queries.written import written
from creativecities.exchange.tests.factories import initiative
from creativecities.exchange.tests.feast import FORM, accept, decline, letter, sent, speaker, state, taken
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db


def test_a_city_that_has_left_neither_invites_nor_is_invited(host: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, *guests, places=3)
    Membership.objects.filter(city=guests[0]).update(end="2025-01-01")
    with pytest.raises(Refusal) as refused:
        accept(one, guests[0])
    assert refused.value.code == "not-a-member"
    Membership.objects.filter(city=feast.lead).update(end="2025-01-01")
    assert host.post(FORM, letter(seen="x")).status_code == 409
    with pytest.raises(Refusal) as refused:
        accept(one, guests[1])
    assert refused.value.code == "other-left"
    decline(one, guests[1])
    assert state(one, guests[1]) == states.DECLINED


def test_who_comes_too_late_for_a_place_can_wait_and_moves_up_in_the_order_of_answers(
    new_client: Any, feast: Initiative, guests: list[City]
):
    one = sent(feast, *guests[:3])
    accept(one, guests[0])
    visitor = team.sign_in(new_client(), speaker(guests[1]))
    page = f"/exchange/invitations/{one.pk}/"
    late = visitor.post(page, {"city": guests[1].slug, "answer": "accept", "word": "We would cook."})
    assert late.status_code == 409
    assert "waiting list" in late.content.decode()
    assert "We would cook." in late.content.decode()
    assert state(one, guests[1]) == states.ASKED
    visitor.post(page, {"city": guests[1].slug, "answer": "wait", "word": "We would cook."})
    accept(one, guests[2], waits=True)
    assert [state(one, city) for city in guests[:3]] == [states.ACCEPTED, states.WAITING_LIST, states.WAITING_LIST]
    decline(one, guests[0])
    assert [state(one, city) for city in guests[:3]] == [states.DECLINED, states.ACCEPTED, states.WAITING_LIST]
    assert taken(one) == 1
    assert Mail.objects.filter(kind="exchange.invitation.moved_up", to_person_id=speaker(guests[1]).pk).count() == 1
    part = feast.parts.get(state=states.CONFIRMED)
    assert (part.city, part.person_name) == (guests[1], speaker(guests[1]).name)
    assert feast.parts.get(city=guests[0]).state == states.DECLINED


def test_nobody_moves_up_once_it_has_begun(feast: Initiative, guests: list[City]):
    one = sent(feast, *guests[:2])
    accept(one, guests[0])
    accept(one, guests[1], waits=True)
    Invitation.objects.update(starts_on=days.today(), answer_by=days.today())
    decline(one, guests[0])
    assert (taken(one), state(one, guests[1])) == (0, states.WAITING_LIST)


def test_a_city_that_has_left_does_not_move_up(feast: Initiative, guests: list[City]):
    one = sent(feast, *guests[:3])
    for city in guests[:3]:
        accept(one, city, waits=True)
    Membership.objects.filter(city=guests[1]).update(end="2025-01-01")
    decline(one, guests[0])
    assert (taken(one), state(one, guests[2])) == (1, states.ACCEPTED)


def test_nobody_skips_the_waiting_list_when_a_place_falls_free_while_nobody_can_come(
    feast: Initiative, guests: list[City]
):
    lead = speaker(feast.lead)
    one = sent(feast, *guests[:3])
    accept(one, guests[0])
    accept(one, guests[1], waits=True)
    actions.retire(feast, by=lead)
    decline(one, guests[0])
    assert (taken(one), jobs.fill_places()) == (0, 0)
    feast.refresh_from_db()
    actions.publish(feast, by=lead)
    accept(one, guests[2], waits=True)
    assert [state(one, city) for city in guests[1:3]] == [states.ACCEPTED, states.WAITING_LIST]
    assert taken(one) == 1


@pytest.mark.parametrize("place", [0, 1])
def test_a_city_that_waits_and_says_yes_takes_no_place_before_those_that_wait_longer(
    feast: Initiative, guests: list[City], place: int
):
    one = sent(feast, *guests[:3])
    for city in guests[:2]:
        Invitation.objects.update(taken=1)
        accept(one, city, waits=True)
    Invitation.objects.update(taken=0)
    if place:
        with pytest.raises(Refusal) as refused:
            accept(one, guests[place])
        assert refused.value.code == "full"
    else:
        accept(one, guests[place])
        assert [state(one, city) for city in guests[:2]] == [states.ACCEPTED, states.WAITING_LIST]


def test_when_the_host_is_back_or_it_is_public_again_those_that_wait_move_up_by_themselves(
    feast: Initiative, guests: list[City]
):
    one = sent(feast, *guests[:3], places=1)
    accept(one, guests[0])
    accept(one, guests[1], waits=True)
    Membership.objects.filter(city=feast.lead).update(end="2025-01-01")
    decline(one, guests[0])
    assert (taken(one), jobs.fill_places()) == (0, 0)
    Membership.objects.filter(city=feast.lead).update(end=None)
    assert (jobs.fill_places(), jobs.fill_places()) == (1, 0)
    assert (taken(one), state(one, guests[1])) == (1, states.ACCEPTED)
    assert feast.parts.get(city=guests[1]).person_name == speaker(guests[1]).name
    assert Mail.objects.filter(kind="exchange.invitation.moved_up", to_person_id=speaker(guests[1]).pk).exists()


def test_a_second_yes_of_the_city_that_has_the_last_place_says_that_it_comes(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    accept(one, guests[0])
    with pytest.raises(Refusal) as refused:
        accept(one, guests[0])
    assert refused.value.code == "accepted-before"


def test_a_city_that_leads_it_by_now_is_no_guest_and_takes_no_place(feast: Initiative, guests: list[City]):
    one = sent(feast, *guests[:2])
    accept(one, guests[1])
    accept(one, guests[0], waits=True)
    Initiative.objects.filter(pk=feast.pk).update(lead=guests[0])
    decline(one, guests[1])
    assert (taken(one), jobs.fill_places()) == (0, 0)
    with pytest.raises(Refusal) as refused:
        accept(one, guests[0])
    assert refused.value.code == "own-initiative"


def test_a_late_yes_is_refused_kindly_and_a_yes_can_still_be_taken_back(
    new_client: Any, feast: Initiative, guests: list[City]
):
    one = sent(feast, *guests[:2], places=2)
    accept(one, guests[0])
    Invitation.objects.update(answer_by=days.today() - dt.timedelta(days=1))
    visitor = team.sign_in(new_client(), speaker(guests[1]))
    said = {"city": guests[1].slug, "answer": "accept", "word": "Sorry, we come."}
    late = visitor.post(f"/exchange/invitations/{one.pk}/", said)
    assert late.status_code == 409
    assert "turn to the team of Vila Festiva" in late.content.decode()
    assert "Sorry, we come." in late.content.decode()
    decline(one, guests[0])
    assert taken(one) == 0


def test_a_yes_can_be_given_again_after_a_no(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    decline(one, guests[0])
    accept(one, guests[0])
    assert (taken(one), feast.parts.get().state) == (1, states.CONFIRMED)
    with pytest.raises(Refusal):
        accept(one, guests[0])
    assert taken(one) == 1


def test_who_was_a_partner_before_stays_one(feast: Initiative, guests: list[City]):
    Partner.objects.create(initiative=feast, city=guests[0], lead=feast.lead, state=states.CONFIRMED)
    one = sent(feast, guests[0])
    accept(one, guests[0])
    decline(one, guests[0])
    assert feast.parts.get().state == states.CONFIRMED
    accept(one, guests[0])
    acts.withdraw(one, reason="Rain.", by=speaker(feast.lead))
    assert feast.parts.get().state == states.CONFIRMED


def test_who_came_by_an_invitation_takes_it_back_there(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    accept(one, guests[0])
    with pytest.raises(Refusal) as refused:
        actions.decline(feast.parts.get(), by=speaker(guests[0]))
    assert refused.value.code == "invited"
    assert taken(one) == 1


def test_the_host_edits_on_while_guests_accept(feast: Initiative, guests: list[City]):
    host = speaker(feast.lead)
    one = sent(feast, guests[0])
    values = written(feast)
    accept(one, guests[0])
    actions.save_initiative(feast, values={**values, "title": "Feast of both rivers"}, opened=1, by=host)
    assert feast.parts.get().state == states.CONFIRMED


def test_a_withdrawal_says_why_to_all_and_takes_back_what_it_brought(
    host: Any, new_client: Any, feast: Initiative, guests: list[City]
):
    one = sent(feast, *guests[:3], places=3)
    accept(one, guests[0])
    accept(one, guests[1])
    decline(one, guests[1])
    page = f"/exchange/invitations/{one.pk}/withdraw/"
    assert "3 cities are invited." in host.get(page).content.decode()
    assert host.post(page, {"reason": " "}).status_code == 422
    assert host.post(page, {"reason": "The river is over its banks."}).status_code == 302
    assert host.post(page, {"reason": "Again."}).status_code == 409
    told = Mail.objects.filter(kind="exchange.invitation.withdrawn")
    assert {mail.to_person_id for mail in told} == {speaker(city).pk for city in guests[:3]}
    assert not any("river is over" in mail.body for mail in told)
    assert [(part.city, part.state) for part in feast.parts.all()] == [(guests[1], states.DECLINED)]
    visitor = team.sign_in(new_client(), speaker(guests[2]))
    text = visitor.get(f"/exchange/invitations/{one.pk}/").content.decode()
    assert "The river is over its banks." in text
    said = {"city": guests[2].slug, "answer": "accept"}
    assert visitor.post(f"/exchange/invitations/{one.pk}/", said).status_code == 409


def test_what_is_over_stays_part_of_the_record(host: Any, feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    accept(one, guests[0])
    past = days.today() - dt.timedelta(days=1)
    Invitation.objects.update(starts_on=past, ends_on=past, answer_by=past)
    assert host.post(f"/exchange/invitations/{one.pk}/withdraw/", {"reason": "Rain."}).status_code == 409
    with pytest.raises(Refusal) as refused:
        decline(one, guests[0])
    assert refused.value.code == "over"
    assert feast.parts.get().state == states.CONFIRMED


def test_what_the_database_refuses_for_another_reason_is_not_called_sent_already(feast: Initiative):
    values = {
        "text": "Cook with us.", "language": "en", "pays": "stay", "places": 2, "starts_on": days.today(),
        "ends_on": days.today() - dt.timedelta(days=1), "answer_by": days.today() - dt.timedelta(days=1),
    }  # fmt: skip
    whom = {"fields": ["gastronomy"], "regions": [], "cities": []}
    with pytest.raises(IntegrityError):
        acts.invite(feast, values=values, whom=whom, seen="x", once=uuid.uuid4(), by=speaker(feast.lead))


def test_the_database_holds_the_places(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(taken=F("places") + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.create(invitation=one, city=guests[0], host=feast.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.create(invitation=one, city=feast.lead, host=feast.lead)


@pytest.mark.django_db(transaction=True)
def test_of_two_cities_that_accept_the_last_place_at_once_one_gets_it():
    feast = initiative("Feast of the river", lead=member(name="Vila Festiva"))
    cities = [member(), member()]
    for city in cities:
        team.member(city)
    one = sent(feast, *cities)
    start, outcomes = threading.Barrier(2), []

    def run(city: City) -> None:
        start.wait()
        try:
            accept(one, city)
            outcomes.append("comes")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(city,)) for city in cities]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["comes", "full"]
    assert (taken(one), Partner.objects.count()) == (1, 1)
