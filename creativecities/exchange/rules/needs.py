"""Who sees a need or offer, and who may post, close and withdraw one for a city."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Need, Reply
from creativecities.network import rules as network
from creativecities.network.models import City, Membership
from creativecities.network.models.people import in_force


def needs_visible_to(person: Any) -> Q:
    """Open ones of member cities are public; a team sees all of its city, and those it has replied to."""
    today = days.today()
    is_member = Membership.objects.filter(in_force(today), city=OuterRef("city"))
    query = Q(Exists(is_member), state=states.OPEN, closes_on__gte=today)
    if person is not None and person.is_authenticated:
        mine = network.team_cities(person)
        query |= Q(city__in=mine) | Q(pk__in=Reply.objects.filter(city__in=mine).values("need"))
    return query


def speaks_for(person: Any, city: City) -> Refusal | None:
    """Only a city's own team speaks for it; the Secretariat does not."""
    if network.team_cities(person).filter(city=city).exists():
        return None
    return Refusal(_("Only the team of this city answers for it."), code="not-the-team", status=403)


def speaks_for_member(person: Any, city: City) -> Refusal | None:
    """The same, as long as the city is a member."""
    if refusal := speaks_for(person, city):
        return refusal
    if Membership.objects.filter(in_force(days.today()), city=city).exists():
        return None
    return Refusal(_("This city was a member; it is no longer."), code="not-a-member")


def end_need(person: Any, need: Need) -> Refusal | None:
    """The city's team closes or withdraws it, whether the city is still a member or not."""
    return speaks_for(person, need.city)
