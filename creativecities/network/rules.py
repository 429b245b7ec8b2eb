"""Who may do what now: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from creativecities.core import access
from creativecities.network.models import Mandate


def roles_of(person: Any) -> frozenset[str]:
    """The roles of the mandates a person holds today, and `city-team` for those who may edit a city."""
    today = timezone.localdate()
    held = set(Mandate.objects.filter(person_id=person.pk).on(today).values_list("role", flat=True))
    if held & set(Mandate.TEAM_ROLES):
        held.add("city-team")
    return frozenset(held)


def mandates_visible_to(person: Any) -> Q:
    """Mayors in office are public; signed-in members see focal points; the rest is for oneself and the Secretariat."""
    today = timezone.localdate()
    query = Q(role="mayor", start__lte=today) & (Q(end__isnull=True) | Q(end__gt=today))
    if not person.is_authenticated:
        return query
    held = access.roles(person)
    if "secretariat" in held:
        return Q()
    if held:
        query |= Q(role__in=("focal-point", "alternative-contact"), start__lte=today) & (Q(end__isnull=True) | Q(end__gt=today))
    return query | Q(person_id=person.pk)


def register() -> None:
    """Tell the kernel the network's roles and audiences."""
    access.register_roles(roles_of)
    access.register_audience("secretariat", lambda person: "secretariat" in access.roles(person))
    access.register_audience("city-team", lambda person: "city-team" in access.roles(person))
    access.register_audience("commission", lambda person: "commission-officer" in access.roles(person))
    access.register_audience("member", lambda person: bool(access.roles(person)))
