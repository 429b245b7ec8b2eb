"""Who may say how one applies: None, or a Refusal with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative
from creativecities.exchange.rules import initiatives as rules

KINDS = (Initiative.Kind.OPEN_CALL, Initiative.Kind.RESIDENCY)
"""What one can apply for."""


def open_applications(person: Any, one: Initiative) -> Refusal | None:
    """Who may publish an open call or a residency, once it is published."""
    if refusal := rules.publish(person, one):
        return refusal
    if one.kind not in KINDS:
        return Refusal(_("One applies for open calls and residencies."), code="wrong-kind")
    if one.state != states.PUBLISHED:
        return Refusal(
            _("This initiative is not published."), code="not-published",
            remedy=_("Publish it first: everybody has to read what it is about."),
        )  # fmt: skip
    return None
