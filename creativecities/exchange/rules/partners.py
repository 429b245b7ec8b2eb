"""Who may answer for a city that takes part in an initiative: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.rules.speaking import speaks_for, speaks_for_member
from creativecities.network import rules as network


def parts_of(person: Any, initiative: Initiative) -> Q:
    """The parts for which this person answers: those of the cities in whose team they are today."""
    return Q(initiative=initiative, city__in=network.team_cities(person))


def own_parts(person: Any, initiative: Initiative) -> list[Partner]:
    """The parts for which this person answers, with their cities; none for a visitor, without asking."""
    if not person.is_authenticated:
        return []
    return list(Partner.objects.filter(parts_of(person, initiative)).select_related("city"))


def decline(person: Any, part: Partner) -> Refusal | None:
    """Only a city's own team says no for it; what came by an invitation is taken back there, with its place."""
    if refusal := speaks_for(person, part.city):
        return refusal
    by = part.invitation if part.state == states.CONFIRMED else None
    if by is None or by.ends_on < days.today():
        return None
    return Refusal(
        _("Your city has accepted an invitation to this."),
        remedy=_("Take back your answer on the page of the invitation; then your place goes to another city."),
        code="invited",
    )


def confirm(person: Any, part: Partner) -> Refusal | None:
    """The same for yes, as long as the city is a member and the initiative is published."""
    if refusal := speaks_for_member(person, part.city):
        return refusal
    if part.initiative.state != states.PUBLISHED:
        return Refusal(_("This initiative is not published."), code="not-published")
    return None
