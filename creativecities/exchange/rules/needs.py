"""Who sees a need or offer, and who ends one."""

from typing import Any

from django.db.models import Q

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Need, Reply
from creativecities.exchange.rules.speaking import speaks_for
from creativecities.network import rules as network


def needs_visible_to(person: Any) -> Q:
    """Open ones of member cities are public; a team sees all of its city, and those it has replied to."""
    query = Q(city__in=network.member_cities(), state=states.OPEN, closes_on__gte=days.today())
    if person is not None and person.is_authenticated:
        mine = network.team_cities(person)
        query |= Q(city__in=mine) | Q(pk__in=Reply.objects.filter(city__in=mine).values("need"))
    return query


def end_need(person: Any, need: Need) -> Refusal | None:
    """The city's team closes or withdraws it, whether the city is still a member or not."""
    return speaks_for(person, need.city)
