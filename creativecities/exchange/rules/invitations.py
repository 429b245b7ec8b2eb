"""Who sees an invitation, who invites, and who answers: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.exchange.rules.speaking import speaks_for, speaks_for_member
from creativecities.network import rules as network

Kind = Initiative.Kind
KINDS = (Kind.FESTIVAL, Kind.EVENT, Kind.RESIDENCY, Kind.OPEN_CALL, Kind.COLLABORATION)
"""What one can come to."""
OVER = (Initiative.Course.COMPLETED, Initiative.Course.STOPPED)


def invitations_visible_to(person: Any) -> Q:
    """The host's team, and the teams of the invited cities."""
    if person is None or not person.is_authenticated:
        return Q(pk__in=())
    mine = network.team_cities(person)
    return Q(host__in=mine) | Q(pk__in=Invitee.objects.filter(city__in=mine).values("invitation"))


def invite(person: Any, one: Initiative) -> Refusal | None:
    """The team of a member city, to what it leads, has published and is still to come."""
    if refusal := speaks_for_member(person, one.lead):
        return refusal
    if one.state != states.PUBLISHED:
        return Refusal(
            _("This initiative is not published."), remedy=_("Publish it first: those you invite have to read it."),
            code="not-published",
        )  # fmt: skip
    if one.kind not in KINDS:
        return Refusal(_("Cities are invited to something one can come to, such as a festival."), code="wrong-kind")
    if one.course in OVER or (one.ends_on and one.ends_on < days.today()):
        return Refusal(_("This is over."), code="over")
    return None


def withdraw(person: Any, invitation: Invitation) -> Refusal | None:
    """The host's team, until the last day."""
    if refusal := speaks_for(person, invitation.host):
        return refusal
    if invitation.ends_on < days.today():
        return Refusal(_("This is over: what was answered stays part of the record."), code="over")
    return None


def accept(person: Any, invitee: Invitee) -> Refusal | None:
    """Yes, also to the waiting list: the team of a member city, in time, while the invitation stands."""
    if refusal := speaks_for_member(person, invitee.city):
        return refusal
    if invitee.state == states.ACCEPTED:
        return Refusal(_("Your city has accepted this invitation already: it comes."), code="accepted-before")
    invitation = invitee.invitation
    if refusal := stands(invitation):
        return refusal
    if invitation.initiative.lead_id == invitee.city_id:
        return Refusal(_("Your city leads this itself by now: it need not be invited."), code="own-initiative")
    if invitation.answer_by < days.today():
        return Refusal(
            _("The last day to say yes was %(day)s.") % {"day": date_format(invitation.answer_by, "DATE_FORMAT")},
            remedy=_("If you would still like to come, turn to the team of %(city)s.") % {"city": invitation.host.name},
            code="too-late",
        )
    return None


def decline(person: Any, invitee: Invitee) -> Refusal | None:
    """No, and taking back a yes: at any time until the last day."""
    if refusal := speaks_for(person, invitee.city):
        return refusal
    if invitee.invitation.ends_on < days.today():
        return Refusal(_("This is over: what was answered stays part of the record."), code="over")
    if invitee.invitation.state == states.WITHDRAWN:
        return _withdrawn()
    return None


def stands(invitation: Invitation) -> Refusal | None:
    """Whether one can still come: not withdrawn, its initiative public, its host a member."""
    if invitation.state == states.WITHDRAWN:
        return _withdrawn()
    if invitation.initiative.state != states.PUBLISHED:
        return Refusal(_("This initiative is not published."), code="not-published")
    if not network.is_member(invitation.host):
        return Refusal(_("%(city)s has left the network.") % {"city": invitation.host.name}, code="other-left")
    return None


def full() -> Refusal:
    """Why a city that says yes does not come at once."""
    return Refusal(
        _("The last place has been taken meanwhile."),
        remedy=_(
            "You can go on the waiting list: who waits moves up, in the order of the answers, when a place falls free."
        ),
        code="full",
    )


def _withdrawn() -> Refusal:
    return Refusal(_("This invitation has been withdrawn."), code="withdrawn")


def reaches(is_as_seen: bool, cities: int) -> Refusal | None:
    """An invitation goes to somebody, and to those whose number was shown."""
    if not cities:
        return Refusal(_("This reaches no city."), remedy=_("Choose other fields, regions or cities."), code="nobody")
    if not is_as_seen:
        return Refusal(
            _("Whom it reaches is not what was shown: look at the number again, then send."), code="reach-changed"
        )
    return None
