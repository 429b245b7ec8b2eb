"""Who reads the inner pages of a field, and who writes to all its cities."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import CreativeField, Mandate


def subnetworks(person: Any) -> QuerySet[CreativeField]:
    """The fields whose inner pages this person reads: those of their cities; for the Secretariat all."""
    if network.is_secretariat(person):
        return CreativeField.objects.all()
    if not person.is_authenticated:
        return CreativeField.objects.none()
    held = Mandate.objects.filter(person_id=person.pk, city__isnull=False).on(days.today()).values("city_id")
    return CreativeField.objects.filter(pk__in=network.member_cities().filter(city__in=held).values("field_id"))


def announce(person: Any, field: CreativeField) -> Refusal | None:
    """The coordinator of the field and the deputy, while their term lasts."""
    if coordination(person, field) is not None:
        return None
    return Refusal(
        _("Only the coordinator of this field and the deputy write to all its cities."),
        code="not-coordinator",
        status=403,
    )


def coordination(person: Any, field: CreativeField) -> Mandate | None:
    """The mandate by which a person leads a field today."""
    held = Mandate.objects.filter(person_id=person.pk, field=field, role__in=Mandate.FIELD_ROLES)
    return held.on(days.today()).select_related("city").first()
