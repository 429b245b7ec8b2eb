"""Needs and offers: posted for a city, closed, withdrawn, and ended by time."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, move, record
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules
from creativecities.exchange.models import Need, NeedTopic
from creativecities.network.models import City


@action
def post_need(
    city: City, *, kind: str, title: str, text: str, language: str, topics: Iterable[str], closes_on: dt.date,
    fields: Iterable[str] = (), by: Person,
) -> Need:  # fmt: skip
    """Tell all cities what a city is looking for or can give. Raises Refusal when the same stands there already."""
    if refusal := rules.speaks_for_member(by, city):
        raise refusal
    need = Need(city=city, kind=kind, title=title, text=text, language=language, closes_on=closes_on)
    need.opened_on, need.person_id, need.person_name = days.today(), by.pk, by.name
    try:
        with transaction.atomic():
            need.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("Your city has posted this already, and it is open."), code="posted-already") from None
    places = enumerate(topics, start=1)
    NeedTopic.objects.bulk_create([NeedTopic(need=need, topic_id=slug, position=place) for place, slug in places])
    need.fields.set(fields)
    record("exchange.need.posted", need, by=by, city=city.name)
    return need


@action
def close_need(need: Need, *, by: Person) -> Event:
    """Take no more replies: it has found what it sought."""
    return _end(need, "close", by=by)


@action
def withdraw_need(need: Need, *, by: Person) -> Event:
    """Take it back."""
    return _end(need, "withdraw", by=by)


def _end(need: Need, verb: str, *, by: Person) -> Event:
    if refusal := rules.end_need(by, need):
        raise refusal
    return _move(need, verb, by=by)


def _move(need: Need, verb: str, *, by: Actor) -> Event:
    event = move(need, verb, by=by)
    Need.objects.filter(pk=need.pk).update(state_since=timezone.now())
    return event


@action
def end_past_needs(needs: Iterable[Need], *, by: Actor) -> None:
    """End what is past its last day, and take back what a city had posted that has left the network."""
    for need in needs:
        _move(need, "expire" if need.closes_on < days.today() else "withdraw", by=by)
