"""A city's file: who sees it, how it is written by several, handed in, taken back; the deadline is the server's."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import applications as actions
from creativecities.calls.actions import calls
from creativecities.calls.models import AnswerVersion, Application, Call, Contributor, Endorsement, Submission
from creativecities.calls.queries import applications as queries
from creativecities.calls.rules import applications as rules
from creativecities.calls.tests import kit
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory

pytestmark = pytest.mark.django_db
HISTORY = ("history", 0)


def save(file: Application, by: Person, text: str, opened: int = 0) -> int:
    return actions.save_answers(file, {HISTORY: text}, opened={HISTORY: opened}, by=by)[HISTORY]


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def sees(person: Any, file: Application) -> bool:
    return Application.objects.visible_to(person).filter(pk=file.pk).exists()


def test_a_draft_is_there_for_those_who_prepare_it_alone(file: Application, rui: Person, officer: Person):
    assert sees(rui, file)
    assert not any(sees(someone, file) for someone in (officer, people.person(), team.member(team.city())))
    nadia = kit.officer_of(file.country)
    assert not sees(nadia, file)
    actions.present(file, by=rui)
    assert sees(nadia, file)


def test_the_secretariat_has_it_from_the_moment_it_is_handed_in_until_it_is_taken_back(
    call: Call, rui: Person, officer: Person
):
    file = kit.submitted(call, rui)
    assert sees(officer, file)
    actions.take_back(file, by=rui)
    assert not sees(officer, file)


def test_each_of_two_who_write_the_same_answer_is_told(file: Application, rui: Person):
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="editor")
    assert save(file, rui, "Lamps") == 1
    assert save(file, rui, "Lamps and chairs", 1) == 2
    with pytest.raises(Conflict) as conflict:
        save(file, eva, "Chairs", 1)
    assert conflict.value.theirs == {"history.0": "Lamps and chairs"}
    assert save(file, eva, "Chairs", 2) == 3


def test_a_text_sent_again_after_a_lost_answer_is_no_conflict(file: Application, rui: Person):
    assert (save(file, rui, "Lamps"), save(file, rui, "Lamps")) == (1, 1)


def test_what_a_person_writes_in_one_sitting_is_one_row_of_history_and_one_event(
    file: Application, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    for at, text in enumerate(("L", "La", "Lamps")):
        save(file, rui, text, at)
    assert [each.value for each in AnswerVersion.objects.all()] == ["Lamps"]
    assert Event.objects.get(kind="calls.application.edited").facts == {"places": ["history"]}
    later = timezone.now() + actions.SITTING + dt.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    save(file, rui, "Chairs", 3)
    assert [each.value for each in AnswerVersion.objects.all()] == ["Chairs", "Lamps"]
    assert Event.objects.filter(kind="calls.application.edited").count() == 2
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="editor")
    assert (save(file, eva, "Stools", 4), save(file, rui, "Tables", 5)) == (5, 6)
    assert [each.value for each in AnswerVersion.objects.all()] == ["Tables", "Stools", "Chairs", "Lamps"]


def test_a_reader_writes_nothing_and_an_editor_does_not_hand_in(call: Call, rui: Person):
    file = kit.endorsed(kit.filled(kit.begun(call, rui), rui))
    eva = people.person("Eva Exemplo")
    part = Contributor.objects.create(application=file, person=eva, role="reader")
    assert code_of(lambda: save(file, eva, "Chairs")) == "not-a-writer"
    part.role = "editor"
    part.save()
    assert code_of(lambda: actions.submit(file, by=eva)) == "not-the-owner"


def test_an_incomplete_file_says_place_by_place_what_it_lacks(file: Application, rui: Person):
    assert code_of(lambda: actions.submit(file, by=rui)) == "incomplete"
    lacks = {each.place for each in queries.lacks_of(file)}
    assert {"questions/history", "documents/cession/3", "documents/photo/3", "endorsement"} <= lacks
    assert "documents/commissions-letter/1" not in lacks
    kit.endorsed(kit.filled(file, rui))
    assert queries.lacks_of(file) == []
    save(file, rui, "lamp " * 301, 1)
    assert [(each.place, str(each.reason)) for each in queries.lacks_of(file)] == [
        ("questions/history", "1 word too many.")
    ]


def test_a_row_of_a_block_in_which_something_stands_is_answered_whole(call: Call, rui: Person):
    file = kit.endorsed(kit.filled(kit.begun(call, rui), rui))
    actions.save_answers(file, {("local-title", 1): "A second one"}, opened={}, by=rui)
    assert {each.place for each in queries.lacks_of(file)} == {
        "questions/local-text/1", "questions/local-results/1", "questions/local-budget/1",
    }  # fmt: skip


def test_handing_in_freezes_the_file_under_its_fingerprint(call: Call, rui: Person):
    file = kit.submitted(call, rui)
    first = Submission.objects.get()
    assert (file.state, first.number, len(first.fingerprint)) == (states.SUBMITTED, 1, 64)
    assert code_of(lambda: save(file, rui, "Chairs", 1)) == "handed-in"
    assert code_of(lambda: actions.submit(file, by=rui)) == "handed-in"
    actions.take_back(file, by=rui)
    save(file, rui, "Chairs", 1)
    second = actions.submit(file, by=rui)
    assert (second.number, second.fingerprint != first.fingerprint) == (2, True)
    assert first.content["answers"]["history"] == {"0": "history lamps"}


def test_one_second_late_is_refused_kindly_and_everything_is_kept(
    call: Call, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    file = kit.endorsed(kit.filled(kit.begun(call, rui), rui))
    late = call.closes_at + dt.timedelta(seconds=1)  # type: ignore[operator]
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert code_of(lambda: actions.submit(file, by=rui)) == "too-late"
    assert save(file, rui, "What was being typed", 1) == 2
    file.refresh_from_db()
    assert (file.state, Submission.objects.count()) == (states.DRAFT, 0)


def test_a_country_with_more_time_hands_in_later_than_others(
    call: Call, rui: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    file = kit.endorsed(kit.filled(kit.begun(call, rui), rui))
    until = call.closes_at + dt.timedelta(days=2)  # type: ignore[operator]
    calls.extend(call, until=until, country=file.country_id, reason="A flood", by=officer)
    monkeypatch.setattr(timezone, "now", lambda: until - dt.timedelta(seconds=1))
    assert actions.submit(file, by=rui).number == 1


def test_nothing_is_begun_after_the_deadline_in_another_field_or_twice_for_a_city(call: Call, rui: Person):
    kit.begun(call, rui)
    assert code_of(lambda: kit.begun(call, rui, "LÁMPARA")) == "begun-already"
    assert code_of(lambda: kit.begun(call, rui, "Sedia", field=FieldFactory(slug="weaving"))) == "other-field"
    assert code_of(lambda: kit.begun(call, rui, "Sedia", language="ru")) == "other-language"
    for at in range(4):
        kit.begun(call, rui, f"Sedia {at}")
    assert code_of(lambda: kit.begun(call, rui, "One more")) == "too-many"


def test_who_has_given_up_begins_again_in_the_same_call(call: Call, rui: Person):
    for _again in range(rules.MOST_FILES + 1):
        actions.give_up(kit.begun(call, rui), by=rui)
    assert kit.begun(call, rui).state == states.DRAFT


def test_the_database_gives_no_place_of_a_commission_twice(call: Call, rui: Person):
    kit.endorsed(kit.begun(call, rui))
    second = kit.endorsed(kit.begun(call, rui, "Sedia", field=FieldFactory(slug="film"))).endorsement
    for taken in ({"place": 1}, {"only_field": "design"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Endorsement.objects.filter(pk=second.pk).update(**taken)
