"""Who may say that an initiative looks for partners, and until when: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative
from creativecities.exchange.rules import initiatives as rules

LONGEST_OPEN = dt.timedelta(days=366)


def look_for_partners(person: Any, one: Initiative) -> Refusal | None:
    """Who may publish it, once it is published."""
    if refusal := rules.publish(person, one):
        return refusal
    if one.state != states.PUBLISHED:
        return Refusal(
            _("This initiative is not published."), remedy=_("Publish it first: cities have to read what it is about."),
            code="not-published",
        )  # fmt: skip
    return None


def last_day(day: dt.date) -> Refusal | None:
    """A day on which somebody can still answer, and not for ever."""
    if days.today() <= day <= days.today() + LONGEST_OPEN:
        return None
    return Refusal(_("Choose a day between today and a year from today."), code="last-day", status=422)
