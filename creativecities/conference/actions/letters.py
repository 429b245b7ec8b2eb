"""Invitation letters are issued, one that holds for each delegate, and withdrawn."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.compute import certifying, inviting
from creativecities.conference.models import Delegate, Edition, Letter
from creativecities.conference.notices import letters as notices
from creativecities.conference.queries import letters as queries
from creativecities.conference.rules import editions
from creativecities.conference.rules import letters as rules
from creativecities.core.action import action, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal


@action(quiet=True)
def issue(delegate: Delegate, *, by: Person) -> Event:
    """Issue a letter to a delegate; one that says something else of them ends, and the delegation is told."""
    if refusal := rules.issue(by, delegate):
        raise refusal
    return _issue(delegate.delegation.edition, [delegate], by=by)


@action(quiet=True)
def issue_all(edition: Edition, *, by: Person) -> Event:
    """Issue letters to all who are confirmed by name and have none that holds."""
    if refusal := rules.issue_all(by, edition):
        raise refusal
    return _issue(edition, queries.confirmed(edition), by=by)


@step
def _issue(edition: Edition, delegates: Iterable[Delegate], *, by: Person) -> Event:
    Edition.objects.select_for_update().get(pk=edition.pk)  # of two clicks the second finds nobody without
    holding = {each.delegate_id for each in queries.of_edition(edition).filter(ended_at=None) if each.holds}
    waiting = [each for each in delegates if each.pk not in holding]
    if not waiting:
        raise Refusal(_("Everybody who is confirmed has a letter that holds."), code="nobody-waits")
    Letter.objects.filter(delegate__in=waiting, ended_at=None).update(ended_at=timezone.now())
    last = Letter.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    Letter.objects.bulk_create(_letter(edition, each, last + at) for at, each in enumerate(waiting, 1))
    event = record("conference.letter.issued", edition, by=by, number=len(waiting))
    notices.issued(edition, waiting, event)
    return event


def _letter(edition: Edition, delegate: Delegate, number: int) -> Letter:
    name, code = delegate.latin_name or delegate.name, certifying.new_code()
    return Letter(
        edition=edition, delegate=delegate, number=number, code=code, initials=certifying.initials(name),
        sealed=inviting.seal(code, name, delegate.days),
    )  # fmt: skip


@action(quiet=True)
def withdraw(letter: Letter, *, by: Person) -> Event:
    """Say that a letter holds no longer: whoever checks its code sees it at once."""
    if refusal := editions.run(by, letter.edition):
        raise refusal
    if not Letter.objects.filter(pk=letter.pk, ended_at=None).update(ended_at=timezone.now()):
        raise Refusal(_("This letter holds no longer already."), code="ended")
    return record("conference.letter.withdrawn", letter.edition, by=by, number=letter.number)


@step
def forget_person(person: Person, *, by: Any) -> None:
    """Take the initials from the letters of somebody who deletes their account; they hold no longer."""
    Letter.objects.filter(delegate__person=person).update(initials="", delegate=None)
