"""What a city answers when it is named as a partner."""

from creativecities.accounts.models import Person
from creativecities.core.action import action, move
from creativecities.core.models import Event
from creativecities.exchange import notices, rules
from creativecities.exchange.models import Partner


@action
def confirm(part: Partner, *, by: Person) -> Event:
    """Say in a city's name that it takes part, and tell the lead city."""
    if refusal := rules.confirm(by, part):
        raise refusal
    return _answer(part, "confirm", by=by)


@action
def decline(part: Partner, *, by: Person) -> Event:
    """Say in a city's name that it does not take part, and tell the lead city."""
    if refusal := rules.decline(by, part):
        raise refusal
    return _answer(part, "decline", by=by)


def _answer(part: Partner, verb: str, *, by: Person) -> Event:
    event = move(part, verb, by=by, city=part.city.name, initiative=part.initiative.title)
    Partner.objects.filter(pk=part.pk).update(at=event.at, person_id=by.pk, person_name=by.name)
    notices.answered(part, event=event)
    return event
