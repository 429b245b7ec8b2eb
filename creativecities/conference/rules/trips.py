"""Who writes and reads trip reports and the report of the conference: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Delegation, Edition, Report, TripReport
from creativecities.conference.rules import delegations, editions, signing
from creativecities.core import access, days
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import Mandate


def visible_to(person: Any) -> Q:
    """The own delegation; of what is handed in the Secretariat, and member cities or everybody as it is shared."""
    handed_in = Q(state=states.HANDED_IN)
    if network.is_secretariat(person):
        return handed_in | delegations.own(person, "delegation__")
    levels = [TripReport.Shared.EVERYBODY]
    if access.roles(person) & set(Mandate.CITY_ROLES):
        levels.append(TripReport.Shared.MEMBERS)
    public = Q(delegation__edition__in=Edition.objects.visible_to(person))
    return (handed_in & Q(shared__in=levels) & public) | delegations.own(person, "delegation__")


def write(person: Any, delegation: Delegation, report: TripReport | None) -> Refusal | None:
    """Those who speak for the delegation and those who are in it, from the first day on, until it is handed in."""
    if not Delegation.objects.filter(delegations.own(person), pk=delegation.pk).exists():
        return Refusal(_("Only the delegation writes its report."), code="not-the-delegation", status=403)
    if delegation.state == states.DECLINED:
        return Refusal(_("Your city said that it does not come."), code="declined")
    first = delegation.edition.starts_on
    if first is None or first > days.today():
        return Refusal(_("The report is written from the first day of the conference on."), code="too-early")
    if report is not None and report.state == states.HANDED_IN:
        return Refusal(
            _("The report is handed in."), code="handed-in", remedy=_("Take it back to go on with it.")
        )  # fmt: skip
    return None


def hand_in(person: Any, report: TripReport) -> Refusal | None:
    """Who binds the city, once something is written."""
    if refusal := signing.bind(person, report.delegation.city):
        return refusal
    if not report.notes.exclude(text="").exists():
        return Refusal(_("Nothing is written yet."), code="nothing-written")
    return None


def take_back(person: Any, report: TripReport) -> Refusal | None:
    """Who binds the city, also after it has left: what it shared is its own."""
    roles = set(signing.mandates(person).filter(city=report.delegation.city).values_list("role", flat=True))
    return signing.bind_by(roles, is_member=True)


def publish(person: Any, report: Report) -> Refusal | None:
    """The Secretariat, once a delegation shares its report with the member cities or everybody."""
    if refusal := editions.run(person, report.edition):
        return refusal
    shared = TripReport.objects.filter(delegation__edition=report.edition, state=states.HANDED_IN)
    if not shared.exclude(shared=TripReport.Shared.SECRETARIAT).exists():
        return Refusal(_("No delegation shares its report yet."), code="nothing-shared")
    return None
