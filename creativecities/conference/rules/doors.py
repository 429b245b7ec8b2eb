"""Who makes and closes doors, and whom a door lets in."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Delegate, Door, Edition, Session
from creativecities.conference.rules import editions
from creativecities.core import days
from creativecities.core.refusal import Refusal


def make(person: Any, edition: Edition, session: Session | None) -> Refusal | None:
    """The Secretariat, for an edition whose days are known, and for a session that is planned."""
    if refusal := editions.run(person, edition):
        return refusal
    if edition.starts_on is None:
        return Refusal(_("The days of this edition are not known yet."), code="no-days")
    if session is not None and (session.state != states.PLANNED or session.starts_at is None):
        return Refusal(_("This session has no time in the programme."), code="not-planned")
    return None


def reads_list(door: Door) -> Refusal | None:
    """Whoever has the address of a door that is open, of an edition that is held, until the day after its last one."""
    last_day = door.edition.last_day or dt.date.max
    is_over = days.today() - dt.timedelta(days=1) > last_day  # a day later it is over in every zone
    if is_over or door.state != states.OPEN or door.edition.state != states.ANNOUNCED:
        return Refusal(_("This door is closed."), code="door-closed", status=410)
    return None


def coming(door: Door) -> Any:
    """Who may come in at all: confirmed by name, in a delegation that comes."""
    return Delegate.objects.coming().filter(delegation__edition=door.edition_id)
