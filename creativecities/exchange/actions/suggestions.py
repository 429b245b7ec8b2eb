"""What becomes of a partner that was suggested to a city: noted by its team, or following what the two cities do."""

from contextlib import suppress
from typing import NamedTuple

from django.db.models import Q

from creativecities.accounts.models import Person
from creativecities.core.action import action, move, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules, states
from creativecities.exchange.models import Partner, Suggestion
from creativecities.network.models import City


class Turn(NamedTuple):
    """What a deed does to what was suggested to the city that asks, and to the city that is asked."""

    asking: str
    asked: str
    begins: bool = False


TURNS = {
    "write": Turn("contact", "contact", begins=True),
    "agree": Turn("accept", "accept", begins=True),
    "turn_down": Turn("refuse", "dismiss"),
    "stay_away": Turn("refuse", "lapse"),
    "let_go": Turn("lapse", "lapse"),
}
"""Where a turn begins something, it is kept also where nobody had touched the suggestion: the next pass knows of it."""


@action
def answer(city: City, partner: City, verb: str, *, reason: str = "", by: Person) -> Event:
    """Note in a city's name how it goes on: one of `states.BY_HAND`.

    The row is written with the first answer: what nobody has touched is only reckoned.
    """
    if refusal := rules.speaks_for_member(by, city):
        raise refusal
    suggestion, _new = Suggestion.objects.get_or_create(city=city, partner=partner)
    event = _move(suggestion, verb, reason, by=by)
    Suggestion.objects.filter(pk=suggestion.pk).update(person_id=by.pk, person_name=by.name)
    return event


@step
def hold(one: City, other: City) -> list[Suggestion]:
    """What was suggested of two cities to each other, taken for the length of this transaction; always in one order."""
    both = (one.pk, other.pk)
    found = Suggestion.objects.select_for_update(of=("self",)).select_related("city", "partner")
    return list(found.filter(city__in=both, partner__in=both).order_by("city_id"))


@step
def follow(what: str, asking: City, asked: City, *, reason: str = "", by: Actor) -> None:
    """Let what was suggested to two cities follow what they did: one of TURNS. What has gone further already stays.

    When nothing ties them any more, what followed from their tie is open again; what a team noted by hand is its own.
    """
    turn = TURNS[what]
    if turn.begins:
        for city, partner in sorted([(asking, asked), (asked, asking)], key=lambda pair: pair[0].pk):
            Suggestion.objects.get_or_create(city=city, partner=partner)
    for suggestion in hold(asking, asked):
        verb = turn.asking if suggestion.city_id == asking.pk else turn.asked
        if suggestion.state == states.ACCEPTED and not turn.begins:
            if suggestion.person_id is not None or _is_tied(asking, asked):
                continue
            verb = "reconsider"
        with suppress(Refusal):
            _move(suggestion, verb, reason, by=by)
            Suggestion.objects.filter(pk=suggestion.pk).update(person_id=None, person_name="")


def _is_tied(one: City, other: City) -> bool:
    """Whether one of the two takes part in what the other leads."""
    pairs = Q(city=one, lead=other) | Q(city=other, lead=one)
    return bool(Partner.objects.filter(pairs, state=states.CONFIRMED).exists())


def _move(suggestion: Suggestion, verb: str, reason: str, *, by: Actor) -> Event:
    event = move(suggestion, verb, by=by, city=suggestion.city.name, partner=suggestion.partner.name)
    reason = reason if suggestion.state == states.DISMISSED else ""
    Suggestion.objects.filter(pk=suggestion.pk).update(at=event.at, reason=reason[:200])
    return event
