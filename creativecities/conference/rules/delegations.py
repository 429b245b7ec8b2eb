"""Who sees a delegation, and who registers for a city."""

from typing import Any

from django.db.models import Q

from creativecities.conference import states
from creativecities.conference.models import Delegate
from creativecities.network import rules as network


def visible_to(person: Any, to: str = "") -> Q:
    """The city's team, those who are in the delegation with their account, and the Secretariat.

    `to` leads from the rows that are filtered to the delegation: `delegation__`.
    """
    return ~Q(pk__in=()) if network.is_secretariat(person) else own(person, to)


def own(person: Any, to: str = "") -> Q:
    """The same without the Secretariat: those who speak for the delegation and those who are in it."""
    if not person.is_authenticated:
        return Q(pk__in=())
    team = Q(**{f"{to}city__in": network.team_cities(person)})
    mine = Delegate.objects.filter(person_id=person.pk).exclude(state=states.WITHDRAWN).values("delegation_id")
    return team | Q(**{f"{to}pk__in": mine})
