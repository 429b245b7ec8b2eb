"""Who runs an edition of the conference, and what its state and its dates still allow."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import when
from creativecities.conference.models import Edition
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network

Item = dict[str, Any]


def run(person: Any, edition: Edition | None = None) -> Refusal | None:
    """The Secretariat, as long as the edition is not cancelled."""
    if not network.is_secretariat(person):
        return Refusal(_("Editions are run by the Secretariat."), code="secretariat-only", status=403)
    if edition is not None and edition.state == states.CANCELLED:
        return Refusal(_("This edition is cancelled and is not changed any more."), code="cancelled")
    return None


def change(person: Any, edition: Edition, part: str, before: Item, after: Item, *, reason: str) -> Refusal | None:
    """Who runs it; the days of an announced edition with a reason, and its number only if no other has it."""
    if refusal := run(person, edition):
        return refusal
    if before == after:
        return Refusal(network.UNCHANGED, code="unchanged")
    if part != "when":
        return None
    is_known = edition.state != states.DRAFT and edition.starts_on is not None
    if is_known and not reason and any(before[name] != after[name] for name in when.PUBLIC):
        return no_reason()
    others = Edition.objects.exclude(pk=edition.pk)
    if after["number"] and others.filter(number=after["number"]).exists():
        return number_there()
    return None


def number_there() -> Refusal:
    """A number is that of one edition."""
    return Refusal(_("Another edition has this number."), code="number-there")


def announce(person: Any, edition: Edition) -> Refusal | None:
    """Who runs it; one that was postponed with new days, else it would be over and its people forgotten."""
    if refusal := run(person, edition):
        return refusal
    if edition.state == states.POSTPONED and edition.last_day and edition.last_day < days.today():
        return Refusal(_("The old days are over: write the new ones first."), code="no-new-days")
    return None


def stop(person: Any, edition: Edition, reason: str) -> Refusal | None:
    """Postpone or cancel: who runs it, with a reason."""
    return run(person, edition) or (None if reason else no_reason())


def no_reason() -> Refusal:
    """What everybody has planned by is not changed in silence."""
    return Refusal(_("Say why: everybody who reads the edition reads the reason."), code="no-reason")
