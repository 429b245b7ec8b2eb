"""An open call or a residency takes applications: opened, changed, closed before its day."""

import datetime as dt

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, move
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules as initiatives
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Opening
from creativecities.exchange.rules import openings as rules
from creativecities.exchange.rules.wanted import last_day
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict


@action
def open_applications(
    one: Initiative, *, audience: str, apply_by: dt.date, link: str, opened: int, by: Person
) -> Event:
    """Say who can apply, where, and until when, for the first time or anew.

    Raises Conflict when somebody else has changed that since version `opened`; 0 is before it was first said.
    """
    if refusal := rules.open_applications(by, one) or last_day(apply_by):
        raise refusal
    opening = _hold(one, opened)
    opening.audience, opening.apply_by, opening.link, opening.opened_on = audience, apply_by, link, days.today()
    opening.at, opening.person_id, opening.person_name = timezone.now(), by.pk, by.name
    opening.version += 1
    opening.save()
    return move(opening, "open", by=by, until=apply_by.isoformat())


def _hold(one: Initiative, opened: int) -> Opening:
    """What is there, nobody else changing it during this transaction."""
    Initiative.objects.select_for_update().get(pk=one.pk)
    opening = Opening.objects.filter(initiative=one).first() or Opening(initiative=one)
    if refusal := network.build_on_version(opened, newest=opening.version, fewest=0):
        raise refusal
    if opening.version > opened:
        raise Conflict(by_name=opening.person_name, at=opening.at, opened={}, theirs=opening.values)
    return opening


@action
def close_applications(one: Initiative, *, by: Person) -> Event:
    """Take no more applications."""
    if refusal := initiatives.edit(by, one):
        raise refusal
    opening = Opening.objects.select_related("initiative").filter(initiative=one).first()
    if opening is None:
        raise Refusal(_("It takes no applications."), code="not-open")
    event = move(opening, "close", by=by)
    Opening.objects.filter(pk=opening.pk, state=states.CLOSED).update(
        at=event.at, version=F("version") + 1, person_id=by.pk, person_name=by.name
    )
    return event
