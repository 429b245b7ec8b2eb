"""Who plans and releases the programme, and who can be named as speaking: None, or a Refusal with its reason."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Delegate, Edition, Session
from creativecities.conference.rules import editions
from creativecities.core.refusal import Refusal

LISTENERS = (Delegate.Role.INTERPRETER, Delegate.Role.OBSERVER)
"""They have no right to speak."""


def plan(person: Any, edition: Edition) -> Refusal | None:
    """Who runs the edition, when its days are known."""
    if refusal := editions.run(person, edition):
        return refusal
    if edition.starts_on is None:
        return Refusal(
            _("The days of this edition are not known yet."),
            remedy=_("Say in its settings when it begins and ends: the programme is planned by its days."),
            code="no-days",
        )
    return None


def speak(session: Session, delegate: Delegate) -> Refusal | None:
    """Somebody confirmed by name in a delegation of this edition, other than interpreters and observers."""
    comes = delegate.state == states.CONFIRMED and delegate.delegation.state != states.DECLINED
    if delegate.delegation.edition_id != session.edition_id or not comes:
        return Refusal(_("Only who is confirmed by name for this edition speaks in its programme."), code="not-coming")
    if delegate.role in LISTENERS:
        return Refusal(_("Interpreters and observers have no right to speak."), code="no-right-to-speak")
    return None


def release(person: Any, edition: Edition, changes: Sequence[Any], *, is_read: bool) -> Refusal | None:
    """Who plans it, once the edition is announced: what was read, and only if something is otherwise."""
    if refusal := plan(person, edition):
        return refusal
    if edition.state == states.DRAFT:
        return Refusal(
            _("This edition is not announced yet."),
            remedy=_("Announce it first: a programme is released to everybody."), code="not-announced",
        )  # fmt: skip
    if not changes:
        return Refusal(_("The draft says what is released already."), code="unchanged")
    if not is_read:
        return Refusal(
            _("The draft was edited since you opened this page: read below what would be released now."),
            code="not-read",
        )
    return None
