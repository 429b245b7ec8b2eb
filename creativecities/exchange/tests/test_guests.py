"""What becomes of a guest's part in an initiative when its yes, or the invitation, is taken back."""

import pytest

from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.actions import invitations as acts
from creativecities.exchange.actions import replies
from creativecities.exchange.actions import suggestions as notes
from creativecities.exchange.models import Initiative, Invitation, Partner, Suggestion
from creativecities.exchange.tests.factories import need, reply
from creativecities.exchange.tests.feast import accept, decline, sent, speaker
from creativecities.network.models import City

pytestmark = pytest.mark.django_db


def withdraw(one: Invitation) -> None:
    acts.withdraw(one, reason="Rain.", by=speaker(one.host))


def part_of(city: City) -> Partner:
    return Partner.objects.get(city=city)


def test_a_guest_that_came_to_own_it_by_a_reply_stays_when_the_invitation_is_withdrawn(
    feast: Initiative, guests: list[City]
):
    lead, posted = speaker(feast.lead), need(feast.lead)
    bridge = replies.accept(reply(posted, guests[1]), by=lead)
    actions.publish(bridge, by=lead)
    bridge.refresh_from_db()
    one = sent(bridge, guests[0], places=2)
    accept(one, guests[0])
    replies.accept(reply(posted, guests[0]), by=lead)
    decline(one, guests[0])
    assert (part_of(guests[0]).state, part_of(guests[0]).owns) == (states.CONFIRMED, True)
    accept(one, guests[0])
    withdraw(one)
    assert (part_of(guests[0]).state, part_of(guests[0]).owns) == (states.CONFIRMED, True)


def test_an_owner_that_had_left_and_comes_as_a_guest_does_not_go_with_the_invitation(
    feast: Initiative, guests: list[City]
):
    feast.parts.create(city=guests[0], lead=feast.lead, state=states.DECLINED, owns=True)
    one = sent(feast, guests[0])
    accept(one, guests[0])
    withdraw(one)
    assert part_of(guests[0]).state == states.CONFIRMED


def test_who_confirms_by_itself_after_taking_back_its_yes_is_no_guest_any_more(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    accept(one, guests[0])
    decline(one, guests[0])
    actions.confirm(part_of(guests[0]), by=speaker(guests[0]))
    withdraw(one)
    assert part_of(guests[0]).state == states.CONFIRMED
    actions.decline(part_of(guests[0]), by=speaker(guests[0]))
    assert part_of(guests[0]).state == states.DECLINED


def test_a_city_that_has_taken_its_yes_back_has_said_no_also_after_the_withdrawal(
    feast: Initiative, guests: list[City]
):
    one = sent(feast, guests[0])
    accept(one, guests[0])
    decline(one, guests[0])
    withdraw(one)
    assert part_of(guests[0]).state == states.DECLINED
    assert not Event.objects.filter(kind="exchange.partner.let_go").exists()


def test_who_was_asked_by_name_before_stays_when_the_invitation_is_withdrawn(feast: Initiative, guests: list[City]):
    feast.parts.create(city=guests[0], lead=feast.lead, state=states.ASKED)
    one = sent(feast, guests[0])
    accept(one, guests[0])
    withdraw(one)
    assert part_of(guests[0]).state == states.CONFIRMED


def test_an_answer_to_what_was_withdrawn_says_so(feast: Initiative, guests: list[City]):
    one = sent(feast, guests[0])
    withdraw(one)
    for answer in (accept, decline):
        with pytest.raises(Refusal) as refused:
            answer(one, guests[0])
        assert refused.value.code == "withdrawn"


def stands(one: City, other: City) -> set[str]:
    """How what was suggested to two cities of each other stands."""
    both = (one, other)
    return set(Suggestion.objects.filter(city__in=both, partner__in=both).values_list("state", flat=True))


@pytest.mark.parametrize("end", ["guest", "host", "partner"])
def test_two_cities_that_nothing_ties_any_more_are_suggested_again(feast: Initiative, guests: list[City], end: str):
    one = sent(feast, guests[0])
    accept(one, guests[0])
    assert stands(feast.lead, guests[0]) == {states.ACCEPTED}
    if end == "guest":
        decline(one, guests[0])
    elif end == "host":
        withdraw(one)
    else:
        Partner.objects.update(invitation=None)
        actions.decline(part_of(guests[0]), by=speaker(guests[0]))
    assert stands(feast.lead, guests[0]) == {states.SUGGESTED}


def test_another_tie_and_a_note_by_hand_outlive_an_invitation(feast: Initiative, guests: list[City]):
    one = sent(feast, *guests[:2], places=2)
    for guest in guests[:2]:
        accept(one, guest)
    replies.accept(reply(need(feast.lead), guests[0]), by=speaker(feast.lead))
    Suggestion.objects.filter(city=guests[1]).delete()
    notes.answer(guests[1], feast.lead, "contact", by=speaker(guests[1]))
    notes.answer(guests[1], feast.lead, "accept", by=speaker(guests[1]))
    withdraw(one)
    assert stands(feast.lead, guests[0]) == {states.ACCEPTED}
    assert Suggestion.objects.get(city=guests[1]).state == states.ACCEPTED
    assert Suggestion.objects.get(partner=guests[1]).state == states.SUGGESTED
