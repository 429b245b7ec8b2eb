"""An initiative looks for partners: begun, renewed, complete, and its teams reminded before the last day."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, move, record
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules as initiatives
from creativecities.exchange.models import Initiative, Wanted
from creativecities.exchange.notices import wanted as notices
from creativecities.exchange.queries.wanted import written
from creativecities.exchange.rules import wanted as rules
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict

REMINDED_BEFORE = dt.timedelta(days=7)


@action
def look_for_partners(
    one: Initiative, *, number: int, topics: list[str], closes_on: dt.date, opened: int, by: Person
) -> Event:
    """Say that an initiative looks for partner cities until a day, for the first time or anew.

    Raises Conflict when somebody else has changed that since version `opened`; 0 is before it was first said.
    """
    if refusal := rules.look_for_partners(by, one) or rules.last_day(closes_on):
        raise refusal
    wanted = _hold(one, opened)
    wanted.number, wanted.opened_on, wanted.closes_on = number, days.today(), closes_on
    wanted.remind_on = max(closes_on - REMINDED_BEFORE, days.today() + dt.timedelta(days=1))
    wanted.at, wanted.person_id, wanted.person_name = timezone.now(), by.pk, by.name
    wanted.version += 1
    wanted.save()
    wanted.topics.set(topics)
    return move(wanted, "look", by=by, number=number, until=closes_on.isoformat())


def _hold(one: Initiative, opened: int) -> Wanted:
    """What is there to build on, as it was opened."""
    wanted = _locked(one) or Wanted(initiative=one)
    if refusal := network.build_on_version(opened, newest=wanted.version, fewest=0):
        raise refusal
    if wanted.version > opened:
        raise Conflict(by_name=wanted.person_name, at=wanted.at, opened={}, theirs=written(wanted))
    return wanted


def _locked(one: Initiative) -> Wanted | None:
    """What an initiative says, nobody else changing it during this transaction."""
    Initiative.objects.select_for_update(of=("self",)).get(pk=one.pk)
    return Wanted.objects.select_related("initiative").filter(initiative=one).first()


@action
def complete_partnership(one: Initiative, *, by: Person) -> Event:
    """Say that an initiative has found its partners."""
    if refusal := initiatives.edit(by, one):
        raise refusal
    if (wanted := _locked(one)) is None:
        raise Refusal(_("It does not look for partners."), code="not-looking")
    event = move(wanted, "complete", by=by)
    changed: dict[str, Any] = {"version": F("version") + 1, "person_id": by.pk, "person_name": by.name}
    Wanted.objects.filter(pk=wanted.pk).update(at=event.at, remind_on=None, **changed)
    return event


@action
def remind(due: Iterable[Wanted], *, by: Actor) -> None:
    """Tell the teams, each once for each last day, that it comes near."""
    for wanted in due:
        if Wanted.objects.filter(pk=wanted.pk, remind_on=wanted.remind_on).update(remind_on=None):
            record("exchange.wanted.reminded", wanted, by=by)
            notices.ends_soon(wanted)
