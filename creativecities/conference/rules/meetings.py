"""Who asks for meetings, who has them planned, and who says what came of one: None, or a Refusal with its reason."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute.slots import meetings
from creativecities.conference.models import Delegation, Edition, Meeting
from creativecities.conference.rules import editions
from creativecities.core.refusal import Refusal
from creativecities.exchange.rules.speaking import speaks_for, speaks_for_a_member
from creativecities.network.models import City

MOST_WISHES = 30
"""So many delegations one can wish to meet: more than anybody can."""


def ask(person: Any, delegation: Delegation) -> Refusal | None:
    """The team of a member city whose delegation comes, while meetings are still planned."""
    return speaks_for_a_member(person, City.objects.filter(pk=delegation.city_id)) or is_open(delegation)


def is_open(delegation: Delegation) -> Refusal | None:
    """Whether a delegation can still ask for meetings."""
    edition = delegation.edition
    times = meetings(edition.settings).times(edition.zone)
    if delegation.state == states.DECLINED or edition.state != states.ANNOUNCED or not times:
        return Refusal(_("No meetings are planned for this delegation."), code="no-meetings")
    if times[-1].starts_at <= timezone.now():
        return Refusal(_("The meetings are over."), code="over")
    return None


def wish(person: Any, of: Delegation, whom: Delegation) -> Refusal | None:
    """Another delegation that comes to the same edition."""
    if refusal := ask(person, of):
        return refusal
    if whom.edition_id != of.edition_id or whom.pk == of.pk or whom.state == states.DECLINED:
        return Refusal(_("This delegation does not come."), code="not-there")
    if of.wishes.count() >= MOST_WISHES:
        return Refusal(_("At most %(number)s wishes are possible.") % {"number": MOST_WISHES}, code="enough")
    return None


def plan(person: Any, edition: Edition) -> Refusal | None:
    """The Secretariat, once it is said when and at how many tables."""
    if refusal := editions.run(person, edition):
        return refusal
    said = meetings(edition.settings)
    if said.tables and said.times(edition.zone):
        return None
    return Refusal(_("Say first when people meet, and at how many tables."), code="no-slots")


def say(person: Any, meeting: Meeting, delegation: Delegation) -> Refusal | None:
    """The team of one of the two, once it has begun."""
    if refusal := speaks_for(person, delegation.city):
        return refusal
    if meeting.state != states.PLANNED or meeting.starts_at > timezone.now():
        return Refusal(_("What came of it is said once the meeting has begun."), code="too-early")
    if meeting.initiative_id is not None:
        return Refusal(_("An initiative has come of it already."), code="begun")
    return None
