"""Who prepares a file, and who changes that; an earlier file is taken into a later call."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import states as invitations
from creativecities.accounts.models import Invitation, Person
from creativecities.calls import states
from creativecities.calls.models import Application, Contributor
from creativecities.calls.rules.applications import contributor, deadline, own
from creativecities.core.refusal import Refusal

INVITATION = "calls.contributor"
MOST_MEMBERS = 40
ROLES = (Contributor.Role.EDITOR, Contributor.Role.READER)
"""What somebody can be invited as; owner is who begins the file, or to whom it is handed over."""
KEPT = (states.INELIGIBLE, states.WITHDRAWN, states.NOT_DESIGNATED)
"""In these a file has ended without a designation, and can serve a later call."""


def open_invitations(application: Application) -> QuerySet[Invitation]:
    """Those to a file that nobody has accepted yet."""
    found = Invitation.objects.filter(kind=INVITATION, state=invitations.SENT, expires_at__gt=timezone.now())
    return found.filter(payload__application=application.pk)


def invite(person: Any, application: Application, role: str) -> Refusal | None:
    """The owner, as editor or reader, so many that a file stays a city's."""
    if refusal := own(person, application):
        return refusal
    if role not in ROLES:
        return one_owner()
    if application.contributors.count() + open_invitations(application).count() >= MOST_MEMBERS:
        return Refusal(_("At most %(most)d people prepare a file.") % {"most": MOST_MEMBERS}, code="too-many")
    return None


def stands(invitation: Invitation) -> bool:
    """Whether who sent it still owns the file."""
    owner = Contributor.objects.filter(role=Contributor.Role.OWNER, person=invitation.invited_by)
    return owner.filter(application_id=invitation.payload["application"]).exists()


def change(person: Any, part: Contributor, role: str = Contributor.Role.EDITOR) -> Refusal | None:
    """The owner, for all others: to what one can be invited as."""
    if refusal := own(person, part.application):
        return refusal
    return one_owner() if part.role == Contributor.Role.OWNER or role not in ROLES else None


def one_owner() -> Refusal:
    """Nobody becomes an owner beside another."""
    return Refusal(_("A file has one owner: hand it over instead."), code="one-owner")


def gone() -> Refusal:
    """Somebody left, or was let go, meanwhile."""
    return Refusal(_("This person is not in the team any more."), code="gone")


def leave(person: Any, application: Application) -> Refusal | None:
    """Everybody but the owner."""
    part = contributor(person, application)
    if part is None or part.role == Contributor.Role.OWNER:
        return Refusal(_("The owner hands the file over before leaving it."), code="owner-stays")
    return None


def erase(person: Person) -> Refusal | None:
    """An account that owns a file which others prepare with it is deleted once somebody else owns the file."""
    if owned_with_others(person).exists():
        return Refusal(
            _("You own a city’s file that others prepare with you."),
            remedy=_("Hand it over to one of them on its page “Team”, or give it up, then delete the account."),
            code="owns-files",
        )
    return None


def owned_with_others(person: Person) -> QuerySet[Application]:
    """The files on their way that somebody owns, and others write or read."""
    owned = Application.objects.filter(contributors__person=person.pk, contributors__role=Contributor.Role.OWNER)
    others = Contributor.objects.exclude(person=person.pk).values("application_id")
    return owned.filter(state__in=[*states.WRITABLE, states.SUBMITTED, states.ELIGIBLE], pk__in=others)


def serves_later(person: Any, application: Application) -> Refusal | None:
    """The owner takes a file into a later call that missed its deadline, or ended without a designation.

    A call that was withdrawn has ended for all its files.
    """
    if refusal := own(person, application):
        return refusal
    is_late = application.state == states.DRAFT and timezone.now() >= deadline(application)
    is_withdrawn = application.call.state == states.WITHDRAWN and application.state != states.DESIGNATED
    if not (is_late or is_withdrawn) and application.state not in KEPT:
        return Refusal(_("This file is still on its way in its own call."), code="on-its-way")
    return None
