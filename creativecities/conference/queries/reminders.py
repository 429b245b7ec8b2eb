"""Which cities have not answered yet, and when their teams are reminded of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.models import Delegation, Edition, Reminder
from creativecities.core import days
from creativecities.network import rules as network
from creativecities.network.models import City

BEFORE = (1, 7)
"""How many days before an end teams are reminded, the nearest first."""
NOMINATE, CONFIRM = "nominate", "confirm"


@dataclass(frozen=True)
class Occasion:
    """Of what the teams of an edition's cities are reminded, and the name under which that is done once."""

    edition: Edition
    what: str
    name: str
    until: dt.datetime


def cities(edition: Edition, what: str) -> QuerySet[City]:
    """The member cities that have said nothing, or have not confirmed by name all whom they nominated."""
    sent = Delegation.objects.filter(edition=edition)
    if what == CONFIRM:
        unnamed = Q(state=states.NOMINATED) | Q(delegates__state=states.NOMINATED)
        return City.objects.filter(pk__in=sent.filter(unnamed).values("city"))
    answered = sent.exclude(state=states.PREPARING).values("city")
    return City.objects.filter(pk__in=network.member_cities()).exclude(pk__in=answered)


def by_hand(edition: Edition) -> Occasion | None:
    """What an officer can remind of today: the end that comes next. None when both are over, or nothing is open."""
    now = timezone.now()
    for what, until in _ends(edition):
        if edition.opens_at and edition.opens_at <= now < until:
            return Occasion(edition, what, f"{what}-{days.today().isoformat()}", until)
    return None


def due() -> list[Occasion]:
    """Ends so near that a reminder is due which nobody has had. Two statements."""
    now, found = timezone.now(), []
    running = Edition.objects.filter(state=states.ANNOUNCED, opens_at__lte=now, confirm_by__gt=now)
    done = set(Reminder.objects.filter(edition__in=running).values_list("edition", "name"))
    for edition in running:
        for what, until in _ends(edition):
            near = next((before for before in BEFORE if now < until <= now + dt.timedelta(days=before)), None)
            if near is not None and (edition.pk, f"{what}-{near}") not in done:
                found.append(Occasion(edition, what, f"{what}-{near}", until))
    return found


def _ends(edition: Edition) -> list[tuple[str, Any]]:
    both = ((NOMINATE, edition.nominate_by), (CONFIRM, edition.confirm_by))
    return [(what, until) for what, until in both if until is not None]
