"""Who is in conflict with which file, and who may see which assignment: what is not assigned is not there either."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models import Application, Conflict, Contributor
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import Mandate


def in_conflict(person: Any, application: str) -> Exists:
    """Whether a person has a conflict with the file in this column of another statement."""
    return Exists(Conflict.objects.filter(reviewer__person=person.pk, application=OuterRef(application)))


def clear(person: Any, application: Application) -> Refusal | None:
    """Who has a conflict with a file as a reviewer does nothing with it in any office either."""
    if conflict := Conflict.objects.filter(application=application, reviewer__person=person.pk).first():
        words = {"kind": conflict.get_kind_display()}
        return Refusal(_("A conflict stands against it: %(kind)s.") % words, code="conflict", status=403)
    return None


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
    """One's own; the Secretariat sees all but those of files with which an officer is in conflict."""
    return ~Q(in_conflict(person, "application")) if network.is_secretariat(person) else assigned_to(person)
