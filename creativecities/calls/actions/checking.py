"""The Secretariat checks a file: sets a verdict aside, admits it, returns it for completion, finds it not eligible."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls.actions import conflicts, links
from creativecities.calls.compute import checking
from creativecities.calls.models import Application, Completion, SetAside, Submission
from creativecities.calls.notices import checking as notices
from creativecities.calls.notices import endorsements as letters
from creativecities.calls.queries import applications as files
from creativecities.calls.queries import checking as queries
from creativecities.calls.rules import checking as rules
from creativecities.calls.rules import endorsements as commissions
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


@step
def _hold(application: Application, opened: int) -> None:
    """Take the file for the length of this transaction: of two officers one waits, then reads what the other did."""
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)
    application.refresh_from_db()
    if refusal := network.build_on_version(opened, newest=application.version - 1, fewest=1):
        raise refusal
    if opened != application.version - 1:
        raise Refusal(
            _("This file has changed since you opened the page."), remedy=_("Read it again, then decide."),
            code="forged-version",
        )  # fmt: skip


@step
def _hold_in_check(application: Application, opened: int, *, by: Person) -> None:
    """The same for what is decided in the check. Refused before anything is read: what was taken back is not there."""
    _hold(application, opened)
    if refusal := rules.check(by, application):
        raise refusal


def _hindering(application: Application) -> set[str]:
    return {each.finding.key for each in queries.check(application) if each.hinders}


@action(quiet=True)
def set_aside(application: Application, rule: str, *, reason: str, opened: int, by: Person) -> SetAside:
    """Let a rule pass that the file does not meet. The machine's verdict stays on the page, with the reason."""
    _hold_in_check(application, opened, by=by)
    if refusal := rules.set_aside(by, application, _hindering(application), rule):
        raise refusal
    number = application.submissions.values_list("number", flat=True)[0]
    said = {"submission": number, "reason": reason, "person_id": by.pk, "person_name": by.name, "at": timezone.now()}
    made, _is_new = SetAside.objects.update_or_create(application=application, rule=rule, defaults=said)
    record("calls.application.set_aside", application, by=by, rule=rule, reason=reason)
    return made


@action(quiet=True)
def uphold(application: Application, rule: str, *, opened: int, by: Person) -> Event:
    """Let the machine's verdict count again."""
    _hold_in_check(application, opened, by=by)
    if not SetAside.objects.filter(application=application, rule=rule).delete()[0]:
        raise Refusal(network.UNCHANGED, code="unchanged")
    return record("calls.application.upheld", application, by=by, rule=rule)


@action(quiet=True)
def admit(application: Application, *, opened: int, by: Person) -> Event:
    """Find a file complete and eligible: it goes into evaluation."""
    _hold_in_check(application, opened, by=by)
    if refusal := rules.admit(by, application, _hindering(application)):
        raise refusal
    event = move(application, "admit", by=by)
    conflicts.find_again(application.call)
    notices.admitted(application)
    return event


@action(quiet=True)
def reject(application: Application, *, reason: str, opened: int, by: Person) -> Event:
    """Find a file not eligible, with a reason that its team reads."""
    _hold_in_check(application, opened, by=by)
    event = move(application, "reject", by=by, reason=reason)
    Application.objects.filter(pk=application.pk).update(reason=reason)
    application.reason = reason
    notices.rejected(application)
    return event


@action(quiet=True)
def return_for_completion(
    application: Application, *, places: Iterable[str], until: dt.datetime, reason: str, opened: int, by: Person
) -> Completion:
    """Open what is missing to the city again, until an instant. Nothing else of the file opens."""
    _hold_in_check(application, opened, by=by)
    submission: Submission = application.submissions.all()[0]
    definition = queries.definition_of(application, submission)
    if refusal := rules.return_for_completion(by, application, definition, until):
        raise refusal
    completion = Completion.objects.create(
        application=application, items=checking.opened(definition, places), reason=reason, until=until,
        person_id=by.pk, person_name=by.name,
    )  # fmt: skip
    move(application, "return_for_completion", by=by, reason=reason, ends=until.isoformat(), places=completion.items)
    notices.returned(completion)
    if commissions.asks_commission(completion, definition):
        letters.asked_again(completion, links.issue(application.call, application.country_id, by_secretariat=False))
    return completion


@action(quiet=True)
def check_again(application: Application, *, opened: int, by: Person) -> Event:
    """Open the check again, of a file that was admitted or found not eligible."""
    _hold(application, opened)
    if refusal := rules.check_again(by, application):
        raise refusal
    event = move(application, "check_again", by=by)
    Application.objects.filter(pk=application.pk).update(reason="")
    application.reason = ""
    return event


@action(quiet=True)
def lapse(completion: Completion, *, by: Actor) -> Event:
    """End a completion whose time is over: the file stays as it was handed in. Raises Refusal if it has come back."""
    application = completion.application
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)
    waits = Completion.objects.filter(pk=completion.pk, closed_at=None, until__lte=timezone.now())
    if not waits.update(closed_at=timezone.now()):
        raise Refusal(network.UNCHANGED, code="unchanged")
    event = move(application, "lapse", by=by)
    _as_handed_in(application)
    notices.lapsed(completion)
    return event


def _as_handed_in(application: Application) -> None:
    """The facts of the city are again those of the file that counts; what else was typed stays with its team."""
    said = files.handed_in(application)["city"]
    keys = {"country": "country_id", "field": "field_id"}
    Application.objects.filter(pk=application.pk).update(
        **{keys.get(name, name): said[name] for name in Application.FACTS}
    )
    application.refresh_from_db()
