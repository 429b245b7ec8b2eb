"""Invitations to a city's team: seen and withdrawn by all who may send them."""

from django.db.models import QuerySet
from django.utils import timezone

from creativecities.accounts import states
from creativecities.accounts.models import Invitation
from creativecities.network.models import City

KIND = "network.mandate"


def open_to(city: City, role: str) -> QuerySet[Invitation]:
    """Those to a role for a city that nobody has accepted yet, whoever sent them; for the city's team of today."""
    sent = Invitation.objects.filter(kind=KIND, state=states.SENT, expires_at__gt=timezone.now())
    return sent.filter(payload__city_id=city.pk, payload__role=role)
