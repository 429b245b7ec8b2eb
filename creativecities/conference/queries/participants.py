"""Who takes part in an edition, by name only as far as each has agreed."""

from typing import Any

from django.db.models import QuerySet

from creativecities.conference import states
from creativecities.conference.models import Delegate, Edition
from creativecities.network import rules as network

COLUMNS = ("name", "office", "role", "city", "country")


def shown_to(person: Any, edition: Edition) -> QuerySet[Delegate]:
    """Public names to everybody, more to those who take part, all to the Secretariat; by city."""
    coming = Delegate.objects.coming().named().filter(delegation__edition=edition)
    rows = coming.select_related("delegation__city__country").order_by("delegation__city__name", "name", "pk")
    if network.is_secretariat(person):
        return rows
    levels = [Delegate.Consent.PUBLIC]
    if takes_part(person, edition):
        levels.append(Delegate.Consent.PARTICIPANTS)
    return rows.filter(consent__in=levels)


def takes_part(person: Any, edition: Edition) -> bool:
    """Whether a person is confirmed themselves. None of the visitors without an account is."""
    if not person.is_authenticated:
        return False
    mine = Delegate.objects.filter(person_id=person.pk, delegation__edition=edition, state=states.CONFIRMED)
    return mine.exists()


def as_row(delegate: Delegate) -> dict[str, Any]:
    """A participant for a table: exactly what the page shows."""
    city = delegate.delegation.city
    return {
        "name": delegate.name, "office": delegate.office, "role": delegate.role, "city": city.name,
        "country": city.country_id,
    }  # fmt: skip
