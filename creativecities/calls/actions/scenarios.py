"""Choices of files that are prepared, copied, proposed and compared before anything is decided."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Application, Call, Scenario
from creativecities.calls.rules import decisions as rules
from creativecities.core.action import action, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict

MOST_SCENARIOS = 40


@action(quiet=True)
def draw_up(
    call: Call, name: str, files: Iterable[int], *, note: str = "", wishes: Mapping[str, Any] | None = None, by: Person
) -> Scenario:
    """Write down a choice under a name that the call does not have yet; also a copy, or what was proposed."""
    if refusal := rules.prepare(by, call):
        raise refusal
    if call.scenarios.count() >= MOST_SCENARIOS:
        raise Refusal(_("There are enough scenarios: remove one first."), code="too-many")
    who = {"person_id": by.pk, "person_name": by.name}
    scenario, is_new = Scenario.objects.get_or_create(
        call=call, name=name, defaults={"note": note, "wishes": dict(wishes or {}), **who}
    )
    if not is_new:
        raise Refusal(_("There is a scenario of this name already."), code="name-there")
    scenario.files.set(_in_evaluation(call, files))
    record("calls.scenario.drawn_up", scenario, by=by)
    return scenario


def _in_evaluation(call: Call, files: Iterable[int]) -> list[int]:
    """Of these only what can be designated; a file that was given up meanwhile is left out."""
    found = Application.objects.filter(call=call, state=states.ELIGIBLE, pk__in=list(files))
    return list(found.values_list("pk", flat=True))


@action(quiet=True)
def save(scenario: Scenario, name: str, note: str, files: Iterable[int], *, opened: int, by: Person) -> Event:
    """Write a choice anew. Raises Conflict when somebody saved it meanwhile."""
    _hold(scenario, opened, by=by)
    if Scenario.objects.filter(call=scenario.call, name=name).exclude(pk=scenario.pk).exists():
        raise Refusal(_("There is a scenario of this name already."), code="name-there")
    Scenario.objects.filter(pk=scenario.pk).update(
        name=name, note=note, at=timezone.now(), person_id=by.pk, person_name=by.name
    )
    wanted, there = set(_in_evaluation(scenario.call, files)), set(scenario.files.values_list("pk", flat=True))
    known = set(Application.objects.clear_of(by).filter(call=scenario.call).values_list("pk", flat=True))
    wanted = wanted & known | set(_in_evaluation(scenario.call, there - known))  # what is not shown stays as it is
    changed = wanted != there
    scenario.files.set(wanted)
    if changed:
        Scenario.objects.filter(pk=scenario.pk).update(wishes={})  # what was proposed is another choice
    scenario.refresh_from_db()
    return record("calls.scenario.saved", scenario, by=by)


@step
def _hold(scenario: Scenario, opened: int, *, by: Person) -> None:
    """Take the scenario for the length of this transaction: of two who save, one waits and then sees the other."""
    Scenario.objects.filter(pk=scenario.pk).update(version=F("version") + 1)
    try:
        scenario.refresh_from_db()
    except Scenario.DoesNotExist:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone") from None
    newest = scenario.version - 1
    if refusal := rules.prepare(by, scenario.call) or network.build_on_version(opened, newest=newest, fewest=1):
        raise refusal
    if newest > opened:
        theirs = {"name": scenario.name, "note": scenario.note}
        raise Conflict(by_name=scenario.person_name, at=scenario.at, opened={}, theirs=theirs)


@action(quiet=True)
def remove(scenario: Scenario, *, by: Person) -> Event:
    """Throw a choice away."""
    if refusal := rules.prepare(by, scenario.call):
        raise refusal
    event = record("calls.scenario.removed", scenario, by=by)
    Scenario.objects.filter(pk=scenario.pk).delete()
    return event
