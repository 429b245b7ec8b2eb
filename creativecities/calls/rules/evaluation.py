"""Who may see which assignment: what is in conflict is not there, and neither is what is not assigned."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from creativecities.calls import states
from creativecities.calls.models import Conflict, Contributor
from creativecities.core import days
from creativecities.network import rules as network
from creativecities.network.models import Mandate


def with_their_reviewer() -> Q:
    """Assignments that are with their reviewer today: accepted and declared, without a conflict, not given back.

    What is found on record is looked for anew only now and then; a mandate that ends, and a file somebody joins, count
    at once.
    """
    return Q(
        Q(reviewer__city__isnull=True) | Exists(_mandate()),
        ~Exists(Conflict.objects.filter(reviewer=OuterRef("reviewer"), application=OuterRef("application"))),
        ~Exists(_competing_file()),
        reviewer__state=states.ACCEPTED, reviewer__declared_at__isnull=False,
        application__state__in=[states.ELIGIBLE, states.DESIGNATED, states.NOT_DESIGNATED],
        state__in=[states.OPEN, states.DONE],
    )  # fmt: skip


def _mandate() -> QuerySet[Mandate]:
    held = Mandate.objects.filter(person=OuterRef("reviewer__person"), city=OuterRef("reviewer__city"))
    return held.filter(role__in=Mandate.TEAM_ROLES).on(days.today())


def _competing_file() -> QuerySet[Contributor]:
    return Contributor.objects.filter(
        person=OuterRef("reviewer__person"), application__call=OuterRef("reviewer__call"),
        application__state__in=states.COMPETING,
    )  # fmt: skip


def assigned_to(person: Any) -> Q:
    """One's own assignments, as long as they are with one."""
    return Q(with_their_reviewer(), reviewer__person=person.pk)


def assignments_visible_to(person: Any) -> Q:
    """One's own; the Secretariat sees all."""
    return Q() if network.is_secretariat(person) else assigned_to(person)
