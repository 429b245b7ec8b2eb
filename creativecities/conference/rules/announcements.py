"""Until when something short can be told."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Edition
from creativecities.conference.rules import editions
from creativecities.core.refusal import Refusal

LONGEST = dt.timedelta(days=14)


def tell(person: Any, edition: Edition, until: dt.datetime) -> Refusal | None:
    """The Secretariat, for at most two weeks."""
    if refusal := editions.run(person, edition):
        return refusal
    if not timezone.now() < until <= timezone.now() + LONGEST:
        return Refusal(_("It ends in the future, and within two weeks."), code="bad-end")
    return None
