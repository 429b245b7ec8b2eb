"""What a city's team does about a partner that was suggested to it."""

from creativecities.accounts.models import Person
from creativecities.core.action import action, move
from creativecities.core.models import Event
from creativecities.exchange import rules, states
from creativecities.exchange.models import Suggestion
from creativecities.network.models import City


@action
def answer(city: City, partner: City, verb: str, *, reason: str = "", by: Person) -> Event:
    """Note in a city's name how it goes on: contact, accept, refuse, dismiss or reconsider.

    The row is written with the first answer: what nobody has touched is only reckoned.
    """
    if refusal := rules.speaks_for_member(by, city):
        raise refusal
    suggestion, _new = Suggestion.objects.get_or_create(city=city, partner=partner)
    event = move(suggestion, verb, by=by, city=city.name, partner=partner.name)
    reason = reason if suggestion.state == states.DISMISSED else ""
    Suggestion.objects.filter(pk=suggestion.pk).update(at=event.at, reason=reason, person_id=by.pk, person_name=by.name)
    return event
