"""Who speaks for a city in the exchange: None, or a Refusal with its reason. The Secretariat does not."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City


def speaks_for(person: Any, city: City) -> Refusal | None:
    """Only a city's own team."""
    return None if network.team_cities(person).filter(city=city).exists() else not_the_team()


def speaks_for_member(person: Any, city: City) -> Refusal | None:
    """The same, as long as the city is a member. One statement."""
    return speaks_for_a_member(person, City.objects.filter(pk=city.pk))


def speaks_for_a_member(person: Any, cities: QuerySet[City]) -> Refusal | None:
    """The same for one of several cities. One statement."""
    mine = cities.filter(pk__in=network.team_cities(person))
    are_members = set(mine.values_list(Exists(network.member_cities().filter(city=OuterRef("pk"))), flat=True))
    if not are_members:
        return not_the_team()
    return None if True in are_members else Refusal(_("This city was a member; it is no longer."), code="not-a-member")


def not_the_team() -> Refusal:
    """Why somebody else does not speak for a city."""
    return Refusal(_("Only the team of this city answers for it."), code="not-the-team", status=403)
