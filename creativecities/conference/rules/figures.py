"""When an edition is counted, and by whom: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Edition, Figures
from creativecities.conference.rules import editions
from creativecities.core import days
from creativecities.core.refusal import Refusal

DOORS_HAND_IN = dt.timedelta(days=7)
"""How long phones at doors have to hand in what they saw, before an edition is counted by itself."""


def waits(edition: Edition) -> dt.timedelta:
    """How long after its last day an edition is counted by itself: always before its people are forgotten."""
    return min(DOORS_HAND_IN, dt.timedelta(days=max(int(edition.settings["forget_after_days"]) - 1, 0)))


def count(person: Any, edition: Edition) -> Refusal | None:
    """The Secretariat, once, after the last day."""
    if refusal := editions.run(person, edition):
        return refusal
    if edition.state != states.ANNOUNCED or edition.last_day is None or edition.last_day >= days.today():
        return Refusal(_("An edition is counted after its last day."), code="too-early")
    if Figures.objects.filter(edition=edition).exists():
        return counted_already()
    return None


def counted_already() -> Refusal:
    """Why figures stay as they are."""
    return Refusal(_("This edition is counted already."), code="counted")
