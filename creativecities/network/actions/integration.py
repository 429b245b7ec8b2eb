"""A city that has joined is welcomed: its contacts, first steps, a buddy, and the day of its report."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import mandates
from creativecities.network.models import Buddy, City, FirstStep, Mandate, ReportDue

REPORT_AFTER_YEARS = 4
MISSING, NO_ADDRESS, CLOSED, TAKEN = "missing", "no-address", "closed", "taken"
"""Why no mandate was opened for a contact."""


@dataclass(frozen=True)
class Contact:
    """Somebody a city has named for a role."""

    role: str
    name: str
    email: str


@action
def welcome(
    city: City, *, on: dt.date, contacts: Iterable[Contact], language: str, buddy: City | None = None,
    reasons: Iterable[str] = (), by: Actor,
) -> list[tuple[str, str]]:  # fmt: skip
    """Receive a city that joined on a day. Returns the roles for which no mandate was opened, each with the reason."""
    if refusal := rules.receive(by):
        raise refusal
    ReportDue.objects.get_or_create(city=city, due_on=days.years_later(on, REPORT_AFTER_YEARS))
    for step, within in FirstStep.DAYS.items():
        FirstStep.objects.get_or_create(city=city, step=step, defaults={"due_on": on + dt.timedelta(days=within)})
    if buddy is not None:
        Buddy.objects.get_or_create(
            city=city, end=None, defaults={"buddy": buddy, "reasons": list(reasons), "start": on}
        )
    record("network.city.welcomed", city, by=by, on=on.isoformat())
    found = ((each.role, _seat(city, each, language, by=by)) for each in contacts)
    return [(role, why) for role, why in found if why]


def _seat(city: City, contact: Contact, language: str, *, by: Actor) -> str:
    """Open a mandate for a contact; gives the reason if that cannot be."""
    address = contact.email.strip()
    if not address:
        return MISSING
    try:
        validate_email(address)
    except ValidationError:
        return NO_ADDRESS
    if Person.objects.filter(email=address.lower(), is_active=False).exists():
        return CLOSED  # who has left is not brought back by what somebody else wrote
    person = accounts.welcome(address, contact.name[:120] or address.split("@")[0], language, by=by)
    try:
        mandates.seat(Mandate(person=person, role=contact.role, city=city, start=days.today()), by=by)
    except Refusal:
        return TAKEN
    return ""


@action(quiet=True)
def tick(step: FirstStep, *, is_done: bool, by: Person) -> Event:
    """Say that a first step is done, or that it is not yet."""
    if refusal := rules.edit_city(by, step.city):
        raise refusal
    day = days.today() if is_done else None
    if not FirstStep.objects.filter(pk=step.pk, done_on__isnull=is_done).update(done_on=day):
        raise Refusal(rules.UNCHANGED, code="unchanged")
    kind = "network.city.step_done" if is_done else "network.city.step_open"
    return record(kind, step.city, by=by, step=step.step)
