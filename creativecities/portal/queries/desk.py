"""What a person finds at their desk beside their mandates: what happened."""

from typing import Any

from django.db.models import QuerySet

from creativecities.core.models import Event
from creativecities.network import rules

LATEST = 12


def recent_events(person: Any, cities: list[int]) -> QuerySet[Event]:
    """The latest events of some cities, or without a city all that the person may read. One statement."""
    found = Event.objects.visible_to(person)
    return (found.filter(rules.events_of(cities)) if cities else found)[:LATEST]
