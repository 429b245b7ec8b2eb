"""Decisions are prepared: taken over from a scenario, given a reason, and told in a text that waits."""

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Announcement, Application, Call, Decision, Scenario
from creativecities.calls.queries import standing as queries
from creativecities.calls.rules import decisions as rules
from creativecities.core.action import action, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict


@step
def hold(call: Call, *, by: Person) -> Announcement:
    """Take what is prepared for a call for the length of this transaction; every change of it raises its version."""
    one, _is_new = Announcement.objects.get_or_create(call=call)
    Announcement.objects.filter(pk=one.pk).update(version=F("version") + 1)
    one.refresh_from_db()
    if refusal := rules.prepare(by, call):
        raise refusal
    return one


@action(quiet=True)
def adopt(scenario: Scenario, *, reasons: int = 0, by: Person) -> Event:
    """Take a scenario over as what is to be decided. A reason stays where the outcome is the same.

    `reasons` is how many the reader was told would go. What they said stays in the trail, each with its own file. A
    file with which the reader is in conflict stays as it is.
    """
    call, known = scenario.call, Application.objects.clear_of(by)
    one = hold(call, by=by)
    going = queries.reasons_that_go(scenario, known)
    if len(going) != reasons:
        raise Refusal(_("What is prepared has changed since you opened the page."), code="changed-meanwhile")
    chosen = set(scenario.files.values_list("pk", flat=True))
    there = {each.application_id: each for each in Decision.objects.filter(application__call=call)}
    for each in going:
        record("calls.decision.emptied", each, by=by, before={"reason": each.reason}, after={"reason": ""})
    for application in known.filter(call=call, state=states.ELIGIBLE):
        is_designated = application.pk in chosen
        decision = there.get(application.pk)
        if decision is None or decision.is_designated != is_designated:
            _write(application, decision, is_designated, "", by=by)
    return record("calls.announcement.filled", one, by=by)


@action(quiet=True)
def decide(application: Application, is_designated: bool, reason: str, *, opened: int, by: Person) -> Event:
    """Say what is to become of a file, and why. `opened` is the version of the decision, 0 if there was none.

    Raises Conflict when somebody decided on it meanwhile.
    """
    hold(application.call, by=by)
    if refusal := rules.decide(by, application):
        raise refusal
    decision = Decision.objects.filter(application=application).first()
    newest = decision.version if decision else 0
    if refusal := network.build_on_version(opened, newest=newest, fewest=0):
        raise refusal
    if decision and newest > opened:
        raise Conflict(by_name=decision.person_name, at=decision.at, opened={}, theirs={"reason": decision.reason})
    if decision and (decision.is_designated, decision.reason) == (is_designated, reason):
        raise Refusal(network.UNCHANGED, code="unchanged")
    decision = _write(application, decision, is_designated, reason, by=by)
    return record("calls.decision.written", decision, by=by)


@step
def _write(
    application: Application, decision: Decision | None, is_designated: bool, reason: str, *, by: Person
) -> Decision:
    values = {
        "is_designated": is_designated, "reason": reason, "at": timezone.now(), "person_id": by.pk,
        "person_name": by.name,
    }  # fmt: skip
    if decision is None:
        return Decision.objects.create(application=application, **values)
    Decision.objects.filter(pk=decision.pk).update(**values, version=F("version") + 1)
    return decision


@action(quiet=True)
def write_text(call: Call, title: Mapping[str, str], text: Mapping[str, str], *, opened: int, by: Person) -> Event:
    """Write what everybody will read at the announcement. Raises Conflict when something was prepared meanwhile."""
    one = hold(call, by=by)
    if refusal := network.build_on_version(opened, newest=one.version - 1, fewest=0):
        raise refusal
    last = Event.objects.about(one).filter(kind="calls.announcement.written", facts__version__gt=opened).first()
    if last:
        theirs = _flat("title", one.title) | _flat("text", one.text)
        raise Conflict(by_name=last.actor_name, at=last.at, opened={}, theirs=theirs)
    if not any(title.values()):
        raise Refusal(_("A title is needed."), code="no-title")
    Announcement.objects.filter(pk=one.pk).update(title=dict(title), text=dict(text))
    return record("calls.announcement.written", one, by=by, version=one.version)


def _flat(name: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in words.items()}
