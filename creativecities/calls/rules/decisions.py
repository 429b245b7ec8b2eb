"""Who prepares the decision of a call, who makes it, and what has to be there before."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models import Application, Call, Contributor
from creativecities.calls.rules import calls
from creativecities.calls.rules.evaluation import clear, in_conflict
from creativecities.core import access
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network

HEAD = "head-of-the-network"


def is_head(person: Any) -> bool:
    """The head of the network, who decides."""
    return HEAD in access.roles(person) if hasattr(person, "is_authenticated") else False


def prepares(person: Any) -> bool:
    """The Secretariat, and the head of the network."""
    return network.is_secretariat(person) or is_head(person)


def visible_to(person: Any) -> Q:
    """Who prepares the decision and has no conflict with the file; once announced, those who prepared the file."""
    if prepares(person):
        return ~Q(in_conflict(person, "application"))
    mine = Contributor.objects.filter(person_id=person.pk).values("application_id")
    return Q(application__in=mine, application__state__in=[states.DESIGNATED, states.NOT_DESIGNATED])


def prepare(person: Any, call: Call) -> Refusal | None:
    """The Secretariat and the head of the network, until the call is announced."""
    if not prepares(person):
        return Refusal(
            _("The decision is prepared by the Secretariat and the head of the network."), code="not-head", status=403
        )
    if call.state != states.PUBLISHED:
        return Refusal(_("Only the files of a published call are decided on."), code="not-published")
    return calls.announced(call)


def decide(person: Any, application: Application) -> Refusal | None:
    """As preparing, for a file that is in evaluation and with which this person has no conflict as a reviewer."""
    if refusal := prepare(person, application.call):
        return refusal
    if application.state != states.ELIGIBLE:
        return Refusal(_("Only a file in evaluation is decided on."), code="not-in-evaluation")
    return clear(person, application)


def announce(person: Any, call: Call, hinders: Sequence[str], unseen: Sequence[str] = ()) -> Refusal | None:
    """The head of the network alone, when nothing is missing and no city can hand in any more.

    `unseen` is what is missing in files with which the head is in conflict: it is neither named nor counted.
    """
    if not is_head(person):
        return Refusal(_("The head of the network decides on designations."), code="not-head", status=403)
    if refusal := prepare(person, call):
        return refusal
    now = timezone.now()
    if call.closes_at is None or now < call.closes_at or call.extensions.filter(closes_at__gt=now).exists():
        return Refusal(_("Cities can still hand in: the call is announced after its deadline."), code="still-open")
    if hinders:
        return Refusal(_("Something is missing: see below."), code="incomplete")
    if unseen:
        return Refusal(
            _("Something is missing that is not shown to you."),
            remedy=_("Ask the Secretariat: officers who see the whole call can tell what it is."), code="incomplete",
        )  # fmt: skip
    return None


def changed_meanwhile() -> Refusal:
    """Why what was read is not announced."""
    return Refusal(
        _("What is prepared has changed since you opened the page."),
        remedy=_("Read the numbers again, then announce."), code="changed-meanwhile",
    )  # fmt: skip


def register() -> None:
    """Tell the kernel the audience of those who decide."""
    access.register_audience(HEAD, is_head)
