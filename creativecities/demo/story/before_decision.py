"""The reviews are in: files are discussed, the meeting is held, choices are compared, and a decision is prepared."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import (
    applications,
    checking,
    decisions,
    discussions,
    meetings,
    scenarios,
)
from creativecities.calls.compute.designation import Proposal, Wishes, propose
from creativecities.calls.models import Application, Assignment, Call, Meeting, Scenario
from creativecities.calls.queries import board
from creativecities.calls.rules import discussions as talks
from creativecities.demo.story import clock, filing, reviewing, under_evaluation, words

HOUR = dt.timedelta(hours=1)
TALKED_ABOUT = 12
SHARE = 52
"""So many of a hundred files in evaluation are to be designated."""
WITHOUT_REASON = 3
"""So many decisions wait for their reason at the end of this stage."""


def is_told() -> bool:
    return Meeting.objects.exists()


def tell() -> Iterator[str]:
    """Says what is there."""
    officer = Person.objects.get(email="secretariat@example.org")
    head = Person.objects.get(email="head-of-the-network@example.org")
    call = Call.objects.get(slug=under_evaluation.slug())
    _close_the_check(call, by=officer)
    yield f"{reviewing.read(call, timezone.now(), share=97)} more reviews handed in"
    talked_about = _disputed(call)
    for file in talked_about:
        _discuss(file)
    _meet(call, talked_about, by=officer)
    chosen = _draw_up(call, by=head)
    decisions.adopt(chosen, by=head)
    write_reasons(call, by=head, leaves=WITHOUT_REASON)
    yield f"{chosen.files.count()} designations prepared"


def _close_the_check(call: Call, *, by: Person) -> None:
    """The last files that were returned are given up, or found not eligible where their time was over."""
    for file in Application.objects.filter(call=call, state__in=[states.RETURNED, states.SUBMITTED]):
        if file.state == states.RETURNED:
            applications.give_up(file, by=file.contributors.get(role="owner").person)
        else:
            reason = words.said("missing", file.language, file.city_name)
            checking.reject(file, reason=reason, opened=file.version, by=by)


def _disputed(call: Call) -> list[Application]:
    """The files about which there is most to say; last, one with which a known reviewer is in conflict."""
    files = Application.objects.filter(call=call, state=states.ELIGIBLE).select_related("call", "country", "field")
    is_theirs = files.filter(conflicts__reviewer__person__email=reviewing.IN_CONFLICT).distinct()
    first = sorted(files, key=lambda file: (abs(reviewing.quality(file) - 34), file.city_name))[:TALKED_ABOUT]
    last = list(is_theirs.order_by("city_name")[:1])
    return [file for file in first if file not in last] + last


def _discuss(file: Application) -> None:
    """Two who have judged it write to each other, in the language of the file."""
    judged = Assignment.objects.filter(application=file, state=states.DONE).select_related("reviewer__person")
    for position, one in enumerate(judged.order_by("pk")[:2]):
        person, told = one.reviewer.person, words.choices("opinion", file.language)
        text = told[(words.number(file.city_name, 0, 9) + position) % len(told)]
        with clock.at(timezone.now() - (30 - position) * HOUR):
            if talks.write(person, file) is None:
                discussions.say(file, text=text, once=uuid.uuid5(uuid.NAMESPACE_URL, file.code), by=person)


def _meet(call: Call, files: list[Application], *, by: Person) -> None:
    """It goes from file to file and stands at the last."""
    with clock.at(timezone.now() - 6 * HOUR):
        meeting = meetings.set_agenda(call, files, opened=0, by=by)
    with clock.at(timezone.now() - 3 * HOUR):
        meetings.open(meeting, opened=meeting.version, by=by)
        items = list(meeting.items.select_related("application"))
        for item in items:
            meeting.refresh_from_db()
            meetings.go_to(meeting, item, opened=meeting.version, by=by)
            if item != items[-1]:
                noted = words.said("note", "en", item.application.city_name)
                meetings.note(item, noted, opened=item.version, by=by)


def _draw_up(call: Call, *, by: Person) -> Scenario:
    """Three choices with a name: by points alone, a small one, and one that the optimiser proposes for wishes."""
    table = board.table(call, Application.objects.all())
    number = max(1, len(table.files) * SHARE // 100)
    rules = filing.definition_of(call)["rules"]
    wishes = Wishes(
        number, from_regions=number // 3, regions=tuple(rules["regions"]), per_field=number // 20,
        fields=tuple(rules["fields"]), new_countries=number // 10, distinct_fields=True,
        per_country=rules["endorsements_per_country"] or 0,
    )  # fmt: skip
    best = propose(table.files, Wishes(number), table.reached)
    few = propose(table.files, Wishes(max(1, number * 2 // 3)), table.reached)
    balanced = propose(table.files, wishes, table.reached)
    scenarios.draw_up(call, "By points alone", best.chosen, note="Whatever the balance.", by=by)
    scenarios.draw_up(call, "A small round", few.chosen, note="If reception of new members is to stay personal.", by=by)
    made: Scenario = scenarios.draw_up(
        call, "Balanced by region and field", (balanced if balanced.chosen else best).chosen,
        wishes=_as_kept("Balanced by region and field", wishes, balanced), by=by,
    )  # fmt: skip
    return made


def _as_kept(name: str, wishes: Wishes, found: Proposal) -> dict[str, Any]:
    """What a proposal was made for, and what that costs, as the page of proposals keeps it."""
    typed = {key: value for key, value in asdict(wishes).items() if key not in ("regions", "fields")}
    return {"name": name, **typed, "points": found.points, "best": found.best}


def write_reasons(call: Call, *, by: Person, leaves: int = 0) -> None:
    """For each file why it is designated or not, in its language; some are left for later."""
    files = Application.objects.filter(call=call, state=states.ELIGIBLE, decision__reason="")
    waiting = list(files.select_related("call", "decision").order_by("city_name", "pk"))
    for file in waiting[: len(waiting) - leaves]:
        part = "designated" if file.decision.is_designated else "not-designated"
        reason = words.said(part, file.language, file.city_name, city=file.city_name)
        decisions.decide(file, file.decision.is_designated, reason, opened=file.decision.version, by=by)
