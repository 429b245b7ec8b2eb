"""What the Secretariat writes about bodies: National Commissions, and who holds a role in one step."""

import datetime as dt
from typing import Any

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.core.action import action, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import mandates
from creativecities.network.models import Country, Mandate, NationalCommission


@action
def appoint(
    *,
    email: str,
    name: str,
    language: str,
    role: str,
    start: dt.date,
    by: Person,
    end: dt.date | None = None,
    **body: Any,
) -> Mandate:
    """Give somebody a role, with an account if they have none. `body` is what `open_mandate` takes."""
    if refusal := rules.only_secretariat(by):
        raise refusal
    person = accounts.welcome(email, name, language, by=by)
    return mandates.open_mandate(person=person, role=role, start=start, end=end, by=by, **body)


@action
def appoint_successor(mandate: Mandate, *, email: str, name: str, language: str, on: dt.date, by: Person) -> Mandate:
    """Hand a mandate over to somebody, opening an account for their address if there is none."""
    if refusal := rules.only_secretariat(by):
        raise refusal
    person = accounts.welcome(email, name, language, by=by)
    return mandates.hand_over(mandate, to=person, on=on, by=by)


@action
def save_commission(country: Country, *, values: dict[str, str], by: Person) -> Event:
    """Write down the National Commission of a country: `name`, `website` and `email`."""
    if refusal := rules.only_secretariat(by):
        raise refusal
    commission = NationalCommission.objects.select_for_update().filter(country=country).first()
    before = {name: getattr(commission, name) for name in values} if commission else {}
    if before == values:
        raise Refusal(rules.UNCHANGED, code="unchanged")
    commission = NationalCommission.objects.update_or_create(country=country, defaults=values)[0]
    return record("network.nationalcommission.saved", commission, by=by, before=before, after=values)
