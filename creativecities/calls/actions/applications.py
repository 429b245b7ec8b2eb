"""A city begins a file, writes it together, hands it in, takes it back, gives it up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import endorsements, links
from creativecities.calls.compute import files
from creativecities.calls.compute.answers import Place, is_too_long
from creativecities.calls.models import (
    Answer,
    AnswerVersion,
    Application,
    Call,
    Completion,
    Contributor,
    Submission,
    SubmittedPaper,
)
from creativecities.calls.notices import endorsements as notices
from creativecities.calls.notices import receipts
from creativecities.calls.queries import applications as queries
from creativecities.calls.rules import applications as rules
from creativecities.calls.rules import endorsements as commissions
from creativecities.core.action import action, move, record, record_sitting, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict

SITTING = dt.timedelta(minutes=30)
"""What one person writes within this time is one row of the history."""


@action(quiet=True)
def begin(call: Call, facts: Mapping[str, Any], *, by: Person) -> Application:
    """Begin a city's file. Who begins it owns it; of two that one person begins at once, one waits for the other."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    last = call.versions.first()
    definition = last.definition if last else call.next
    if refusal := rules.begin(by, call, definition, dict(facts)):
        raise refusal
    application = Application.objects.create(call=call, **facts)
    Contributor.objects.create(application=application, person=by, role=Contributor.Role.OWNER)
    record("calls.application.begun", application, by=by)
    return application


WRITTEN = ("calls.application.begun", "calls.application.taken_over", "calls.application.edited")
"""The kinds of events by which the facts of a file are what they are."""


@action(quiet=True)
def save_facts(
    application: Application, facts: Mapping[str, Any], *, opened: Mapping[str, Any] | None = None, by: Person
) -> Event:
    """Write what the file says of the city: its name, where it is, how many live there, its field; never its country.

    `opened` are the same facts as they were when the form was opened. Raises Conflict, and writes nothing, when
    somebody saved one of them otherwise meanwhile; Refusal when this person may not.
    """
    assert "country" not in facts  # a file stays with the commission of the country it was begun for
    hold(application, [f"city/{name}" for name in facts], by=by)
    _refuse_older_facts(application, facts, opened or {}, by=by)
    if all(getattr(application, name) == value for name, value in facts.items()):
        raise Refusal(network.UNCHANGED, code="unchanged")
    if refusal := rules.state_facts(application, queries.asked_of(application), facts):
        raise refusal
    Application.objects.filter(pk=application.pk).update(**facts)
    application.refresh_from_db()
    return record_sitting("calls.application.edited", application, by=by, within=SITTING, places=["city"])


def _refuse_older_facts(
    application: Application, facts: Mapping[str, Any], opened: Mapping[str, Any], *, by: Person
) -> None:
    now = {name: getattr(application, name) for name in facts}
    theirs = {name: now[name] for name, value in facts.items() if now[name] not in (value, opened.get(name, now[name]))}
    if theirs:
        written = Event.objects.about(application).filter(kind__in=WRITTEN)
        about = [each for each in written if "city" in each.facts.get("places", ["city"])]
        last = next((each for each in about if each.actor_id != by.pk), about[0])  # two windows of one person
        before = {name: opened[name] for name in theirs}
        raise Conflict(by_name=last.actor_name, at=last.at, opened=before, theirs=theirs)


@action(quiet=True)
def save_answers(
    application: Application, values: Mapping[Place, Any], *, opened: Mapping[Place, int], by: Person
) -> dict[Place, int]:
    """Write some answers, each on top of the version it was opened with (0: there was none); gives the new versions.

    Raises Conflict, and writes nothing, when somebody saved one of them meanwhile; Refusal when this person may not.
    """
    hold(application, [f"questions/{question}/{row}" for question, row in values], by=by)
    if any(map(is_too_long, values.values())):
        raise Refusal(_("This text is far too long to be kept: shorten it."), code="too-long", status=413)
    there = {(each.question, each.row): each for each in _answers(application, values)}
    _refuse_older(there, values, opened)
    changed = {place: value for place, value in values.items() if place not in there or there[place].value != value}
    for place, value in changed.items():
        _write(application, place, value, there.get(place), by=by)
    written = sorted({question for question, _row in changed})
    record_sitting("calls.application.edited", application, by=by, within=SITTING, places=written)
    return {place: _version(there.get(place)) + (place in changed) for place in values}


def _answers(application: Application, values: Mapping[Place, Any]) -> list[Answer]:
    return list(application.answers.filter(question__in={question for question, _row in values}))


def _version(answer: Answer | None) -> int:
    return answer.version if answer else 0


def _refuse_older(there: Mapping[Place, Answer], values: Mapping[Place, Any], opened: Mapping[Place, int]) -> None:
    newer = {place: there[place] for place in values if _version(there.get(place)) != opened.get(place, 0)
             and place in there and there[place].value != values[place]}  # fmt: skip
    if newer:
        last = max(newer.values(), key=lambda each: each.at)
        theirs = {f"{question}.{row}": each.value for (question, row), each in newer.items()}
        raise Conflict(by_name=last.person_name, at=last.at, opened={}, theirs=theirs)


@step
def _write(application: Application, place: Place, value: Any, there: Answer | None, *, by: Person) -> None:
    """The answer of now, and the row of its history: one for what a person writes in one sitting.

    The newest row is as old as the answer itself: both are written in the same moment.
    """
    now, who = timezone.now(), {"person_id": by.pk, "person_name": by.name}
    key = {"application": application, "question": place[0], "row": place[1]}
    if there is None:
        Answer.objects.create(**key, value=value, at=now, **who)
    else:
        Answer.objects.filter(pk=there.pk).update(value=value, at=now, version=F("version") + 1, **who)
        last = AnswerVersion.objects.filter(**key, person_id=by.pk, at=there.at, began_at__gt=now - SITTING)
        if there.person_id == by.pk and last.update(value=value, at=now):
            return
    AnswerVersion.objects.create(**key, value=value, began_at=now, at=now, **who)


@step
def hold(application: Application, places: list[str], *, by: Person) -> None:
    """Take the file for the length of this transaction: who hands it in and who writes wait for each other."""
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)
    application.refresh_from_db()
    if refusal := rules.write(by, application, places):
        raise refusal


@action(quiet=True)
def submit(application: Application, *, by: Person) -> Submission:
    """Hand the file in: freeze it as it is. Also when it comes back completed."""
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)
    application.refresh_from_db()
    version = queries.version_of(application)
    content = queries.content_of(application, version)
    if refusal := rules.submit(by, application, queries.lacks_of(application, content, version.definition)):
        raise refusal
    last = application.submissions.first()
    number = last.number + 1 if last else 1
    now = timezone.now()
    submission = Submission.objects.create(
        application=application, number=number, content=content, fingerprint=files.fingerprint(content), at=now,
        person_id=by.pk, person_name=by.name,
    )  # fmt: skip
    kept = {paper["file"] for paper in content["documents"]}
    SubmittedPaper.objects.bulk_create(SubmittedPaper(submission=submission, file_id=file) for file in sorted(kept))
    Application.objects.filter(pk=application.pk).update(submitted_at=now)
    Completion.objects.filter(application=application, closed_at__isnull=True).update(closed_at=now)
    move(application, "complete" if application.state == states.RETURNED else "submit", by=by, number=number)
    application.refresh_from_db()
    receipts.handed_in(submission)
    return submission


@action(quiet=True)
def take_back(application: Application, *, by: Person) -> Event:
    """Take a file back that is handed in, to go on with it until the deadline."""
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)
    application.refresh_from_db()
    if refusal := rules.take_back(by, application):
        raise refusal
    application.submissions.filter(taken_back_at__isnull=True).update(taken_back_at=timezone.now())
    event = move(application, "take_back", by=by)
    Application.objects.filter(pk=application.pk).update(submitted_at=None)
    application.refresh_from_db()
    return event


@action(quiet=True)
def present(application: Application, *, by: Person) -> Event:
    """Show the file to the National Commission of its country."""
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    application.refresh_from_db()
    if refusal := commissions.present(by, application, queries.definition_of(application)):
        raise refusal
    Application.objects.filter(pk=application.pk).update(presented_at=timezone.now())
    application.refresh_from_db()
    notices.presented(application, links.issue(application.call, application.country_id, by_secretariat=False))
    return record("calls.application.presented", application, by=by)


@action(quiet=True)
def give_up(application: Application, *, by: Person) -> Event:
    """Leave the call. The file is kept for its team."""
    if refusal := rules.give_up(by, application):
        raise refusal
    event = move(application, "give_up", by=by)
    endorsements.let_go(application)
    return event
