"""By which mandates a city submits, votes and co-signs: None, or a Refusal with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate
from creativecities.network.models.people import MandateQuerySet

BINDING = (Mandate.Role.MAYOR, Mandate.Role.MAYORS_REPRESENTATIVE, Mandate.Role.FOCAL_POINT)
"""Who binds a city, the highest first."""


def mandates(person: Any) -> MandateQuerySet:
    """The mandates of today by which a person is something in cities."""
    return Mandate.objects.filter(person_id=person.pk, role__in=Mandate.CITY_ROLES).on(days.today())


def binding_role(roles: Any) -> str:
    """The highest of some roles that binds a city; empty where none does."""
    return next((role.value for role in BINDING if role in roles), "")


def bind(person: Any, city: City) -> Refusal | None:
    """Only by a mandate of today as mayor, mayor’s representative or focal point, for a member."""
    roles = set(mandates(person).filter(city=city).values_list("role", flat=True))
    return bind_by(roles, is_member=network.is_member(city))


def bind_by(roles: Any, *, is_member: bool) -> Refusal | None:
    """The same, where roles and membership are known already."""
    if not binding_role(roles):
        return Refusal(
            _("Only the mayor, the mayor’s representative or the focal point acts for the city here."),
            code="not-binding", status=403,
        )  # fmt: skip
    return None if is_member else Refusal(_("This city was a member; it is no longer."), code="not-a-member")
