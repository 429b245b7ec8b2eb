"""What is kept no longer: files of calls that are over, and people who have left."""

import datetime as dt

import pytest
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.calls import jobs, states
from creativecities.calls.actions import calls as actions
from creativecities.calls.compute.definition import KEPT_MONTHS, empty
from creativecities.calls.models import (
    Announcement,
    Application,
    Call,
    Comment,
    Conflict,
    Decision,
    Scenario,
)
from creativecities.calls.queries import checking
from creativecities.calls.queries import retention as queries
from creativecities.calls.queries.retention import kept_until, later
from creativecities.calls.tests import kit
from creativecities.core.models import Event, Mail, StoredFile

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def on(monkeypatch: pytest.MonkeyPatch, instant: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: instant)


def end_of(call: Call) -> dt.datetime:
    return kept_until(call, call.versions.all()[0].definition)


def test_files_go_after_the_months_of_the_call_and_their_teams_know_a_month_before(
    call: Call, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    draft = kit.filled(kit.begun(call, rui, "Sedia"), rui)
    file = kit.submitted(call, rui)
    Application.objects.filter(pk=file.pk).update(state=states.NOT_DESIGNATED)
    end = end_of(call)
    assert jobs.keep_files_no_longer() == 0
    on(monkeypatch, end - 31 * DAY)
    assert (jobs.keep_files_no_longer(), Mail.objects.filter(kind="calls.application.retention").count()) == (0, 0)
    on(monkeypatch, end - 30 * DAY)
    assert (jobs.keep_files_no_longer(), jobs.keep_files_no_longer()) == (0, 0)
    assert Mail.objects.filter(kind="calls.application.retention", to_address=rui.email).count() == 2
    on(monkeypatch, end - DAY)
    assert jobs.keep_files_no_longer() == 0
    on(monkeypatch, end)
    assert (jobs.keep_files_no_longer(), jobs.keep_files_no_longer()) == (2, 0)
    assert not Application.objects.filter(pk=draft.pk).exists()
    assert StoredFile.objects.count() == 0
    assert Event.objects.filter(kind="calls.application.begun", subject_name=draft.code).exists(), "the trail stays"


def test_what_is_not_decided_yet_is_kept_and_the_months_count_from_the_day_it_was_announced(
    call: Call, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    file = kit.submitted(call, rui)
    Application.objects.filter(pk=file.pk).update(state=states.ELIGIBLE)
    end = end_of(call)
    on(monkeypatch, end)
    assert [each.application for each in queries.to_announce()] == []
    Announcement.objects.create(call=call, state=states.ANNOUNCED, announced_at=end - 9 * DAY, title={"en": "Lamps"})
    assert end_of(call) == later(end - 9 * DAY, 24)
    Call.objects.filter(pk=call.pk).update(state=states.WITHDRAWN, withdrawn_at=call.closes_at)
    assert [each.application for each in queries.to_announce()] == [file]


def test_of_a_file_that_was_handed_in_the_people_go_and_the_decision_stays(
    call: Call, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    file = kit.submitted(call, rui)
    Comment.objects.create(application=file, question="history", text="Ask Rui", audience="team", person_id=rui.pk)
    type(file.endorsement).objects.update(words="Dear Rui")
    Application.objects.filter(pk=file.pk).update(state=states.NOT_DESIGNATED)
    for instant in (end_of(call) - 30 * DAY, end_of(call)):
        on(monkeypatch, instant)
        jobs.keep_files_no_longer()
    file.refresh_from_db()
    submission = file.submissions.get()
    assert (file.state, file.city_name, file.contributors.count()) == (states.NOT_DESIGNATED, "Lampara", 0)
    kept = str([submission.content, file.endorsement.content, *file.answers.values(), *file.answer_versions.values()])
    assert "mayor-email" not in kept
    assert "letter.pdf" not in kept
    assert "Rui" not in kept
    assert "history lamps" in kept
    assert (file.endorsement.words, Comment.objects.count()) == ("", 0)
    assert (file.endorsement.state, file.endorsement.letter, submission.person_id) == (states.ENDORSED, None, None)
    found = {each.finding.key: each.finding.outcome for each in checking.check(file)}
    assert found["intact"] == "met"


def test_how_long_is_data_of_the_call_and_counts_from_its_announcement_extension_or_withdrawal(
    call: Call, officer: Person
):
    closes = call.closes_at
    assert closes is not None
    assert end_of(call) == later(closes, 24)
    actions.extend(call, until=closes + 9 * DAY, country=kit.country().pk, reason="A flood", by=officer)
    assert end_of(Call.objects.get()) == later(closes + 9 * DAY, 24)
    actions.withdraw(call, reason="No money", by=officer)
    call = Call.objects.get()
    said = call.versions.all()[0].definition
    said["rules"]["keep_months"] = 3
    assert call.withdrawn_at is not None
    assert kept_until(call, said) == later(call.withdrawn_at, 3)
    assert empty(["en"], "UTC")["rules"]["keep_months"] == KEPT_MONTHS


def test_who_leaves_is_named_in_no_file_any_more(call: Call, rui: Person):
    file = kit.submitted(call, rui)
    file.set_aside.create(rule="words", submission=1, reason="Few", person_id=rui.pk, person_name=rui.name)
    Scenario.objects.create(call=call, name="One", person_id=rui.pk, person_name=rui.name)
    Decision.objects.create(application=file, is_designated=True, person_id=rui.pk, person_name=rui.name)
    Announcement.objects.create(call=call, person_id=rui.pk, person_name=rui.name)
    kit.reviewer(call, rui).conflicts.create(application=file, kind="personal", detail="Rui’s friend")
    export = accounts.queries.everything_about(rui)
    assert export["records"]["calls.contributor"][0]["role"] == "owner"
    assert len(export["records"]["calls.answer"]) > 20
    accounts.erase(rui, by=rui)
    rows = (file.answers, file.answer_versions, file.submissions, file.set_aside, file.documents)
    assert "Rui" not in str([list(each.values()) for each in rows])
    decided = (Scenario, Decision, Announcement, Conflict)
    assert "Rui" not in str([list(each._default_manager.values()) for each in decided])
    trail = Event.objects.filter(subject_label="calls.application")
    assert trail.exists()
    assert not trail.filter(actor_name__contains="Rui").exists()
