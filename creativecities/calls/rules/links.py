"""Whom a commission's link lets in, and until when; who sends and revokes it."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models import Call, CommissionLink, Confirmation
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import NationalCommission

CODE_LASTS = dt.timedelta(minutes=10)
MOST_CODES = ((5, dt.timedelta(minutes=15)), (30, dt.timedelta(days=1)))
"""So many codes in such a time for one link: five tries each on eight digits are hopeless for whoever guesses."""


def opens(link: CommissionLink, until: dt.datetime) -> Refusal | None:
    """Until the deadline of the commission, while it is not revoked and the address it was sent to is registered."""
    if link.revoked_at is not None or link.sent_to.casefold() != link.commission.email.casefold():
        return Refusal(
            _("This link was withdrawn."), remedy=_("Ask the Secretariat for a new one."), code="revoked", status=410
        )
    if timezone.now() >= until:
        return Refusal(_("This link has ended: the deadline has passed."), code="ended", status=410)
    return None


def send(person: Any, call: Call, commission: NationalCommission, until: dt.datetime) -> Refusal | None:
    """The Secretariat, while the commission can still decide, to a registered address."""
    if refusal := network.only_secretariat(person):
        return refusal
    if call.state != states.PUBLISHED or timezone.now() >= until:
        return Refusal(_("The deadline for National Commissions has passed."), code="too-late")
    if not commission.email:
        return Refusal(_("No address of this commission is registered."), code="no-address")
    return None


def ask_code(link: CommissionLink) -> Refusal | None:
    """Not more often than a person needs it."""
    for most, within in MOST_CODES:
        if Confirmation.objects.filter(link=link, at__gt=timezone.now() - within).count() >= most:
            return Refusal(
                _("Many codes were asked for in a short time: wait a while."), remedy=_("The newest one is valid."),
                code="too-many-codes", status=429,
            )  # fmt: skip
    return None


def wrong_code() -> Refusal:
    """Why an act is not done."""
    return Refusal(
        _("This code does not confirm this act."),
        remedy=_("Take it from the newest mail, or ask for a new code: it is valid for ten minutes and works once."),
        code="wrong-code", status=403,
    )  # fmt: skip
