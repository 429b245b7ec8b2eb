"""Who may see which assignment: what is in conflict is not there, and neither is what is not assigned."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from creativecities.calls import states
from creativecities.calls.models import Conflict
from creativecities.network import rules as network


def assigned_to(person: Any) -> Q:
    """One's own assignments, once one has accepted and declared, without those in conflict or given back."""
    return Q(
        ~Exists(Conflict.objects.filter(reviewer=OuterRef("reviewer"), application=OuterRef("application"))),
        reviewer__person=person.pk, reviewer__state=states.ACCEPTED, reviewer__declared_at__isnull=False,
        application__state__in=[states.ELIGIBLE, states.DESIGNATED, states.NOT_DESIGNATED],
        state__in=[states.OPEN, states.DONE],
    )  # fmt: skip


def assignments_visible_to(person: Any) -> Q:
    """One's own; the Secretariat sees all."""
    return Q() if network.is_secretariat(person) else assigned_to(person)
