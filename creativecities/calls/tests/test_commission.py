"""A National Commission reads what is presented to it, asks, endorses, ranks, declines, withdraws; nobody else does."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications, calls
from creativecities.calls.actions import endorsements as acts
from creativecities.calls.compute import files
from creativecities.calls.models import Application, Call, Contributor, Endorsement, Remark
from creativecities.calls.queries import applications as reading
from creativecities.calls.queries import endorsements as queries
from creativecities.calls.tests import kit
from creativecities.calls.tests.presenting import LETTER, code_of, endorse, presented
from creativecities.core.models import Event, Mail, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.tests.factories import FieldFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(call: Call, rui: Person, nadia: Person) -> Application:
    return presented(call, rui)


def test_an_endorsement_keeps_what_was_read_and_tells_the_team_and_the_commission(
    file: Application, rui: Person, nadia: Person
):
    word = endorse(file, nadia)
    assert (word.state, word.place, word.only_field, word.person_name) == ("endorsed", 1, "design", nadia.name)
    assert word.fingerprint == files.fingerprint(word.content)
    assert word.content["city"]["city_name"] == "Lampara"
    mails = Mail.objects.filter(kind="calls.endorsement.endorsed")
    assert {mail.to_address for mail in mails} == {rui.email, nadia.email, "commission@lampara.example"}
    assert all("no designation" in mail.body and "Lampara" not in mail.body + mail.subject for mail in mails)
    assert len({mail.key for mail in mails}) == 3


def test_only_the_commission_of_the_country_decides_on_what_was_presented(call: Call, rui: Person, officer: Person):
    file = kit.begun(call, rui)
    nadia, other = kit.officer_of(file.country), kit.officer_of(kit.country("ES"))
    assert code_of(lambda: endorse(file, nadia)) == "not-presented"
    applications.present(file, by=rui)
    for someone in (rui, officer, other, people.person()):
        assert code_of(lambda by=someone: endorse(file, by)) == "not-the-commission"
        assert code_of(lambda by=someone: acts.decline(file, reason="No", by=by)) == "not-the-commission"
    assert not Endorsement.objects.exists()


def test_a_file_that_was_changed_while_it_was_read_is_not_endorsed(file: Application, rui: Person, nadia: Person):
    read = files.fingerprint(reading.content_of(file))
    applications.save_answers(file, {("history", 0): "Chairs"}, opened={}, by=rui)
    assert code_of(lambda: acts.endorse(file, fingerprint=read, letter=LETTER, by=nadia)) == "changed-since"
    assert code_of(lambda: endorse(file, nadia, acts.Letter())) == "no-letter"


def test_the_limit_of_a_country_and_its_fields_say_which_files_hold_them(call: Call, rui: Person, nadia: Person):
    first, same = presented(call, rui), presented(call, rui, "Sedia")
    second, third = presented(call, rui, "Mesa", "film"), presented(call, rui, "Vaso", "music")
    endorse(first, nadia)
    with pytest.raises(Refusal, match="Lampara is endorsed in this creative field"):
        endorse(same, nadia)
    assert endorse(second, nadia).place == 2
    with pytest.raises(Refusal, match="a country 2 endorsements, and all are given: Lampara, Mesa"):
        endorse(third, nadia)
    acts.withdraw(first, reason="The mayor asked", by=nadia)
    assert endorse(third, nadia).place == 1


def test_a_city_that_gives_up_frees_its_place_and_its_field(call: Call, rui: Person, nadia: Person):
    first, same = presented(call, rui), presented(call, rui, "Sedia")
    endorse(first, nadia)
    applications.give_up(first, by=rui)
    assert endorse(same, nadia).place == 1


def test_a_letter_that_is_replaced_is_not_kept(file: Application, nadia: Person):
    first = endorse(file, nadia).letter
    acts.withdraw(file, reason="An error", by=nadia)
    assert StoredFile.objects.filter(pk=first.pk).exists()
    endorse(file, nadia)
    assert StoredFile.objects.count() == 1
    acts.decline(file, reason="Too early", by=nadia)
    assert StoredFile.objects.count() == 0


def test_a_file_that_changed_is_endorsed_again_in_one_step_and_keeps_place_rank_and_letter(
    file: Application, rui: Person, nadia: Person
):
    word = endorse(file, nadia)
    acts.rank(file.call, word.commission, order=[file.code], by=nadia)
    assert code_of(lambda: endorse(file, nadia)) == "unchanged", "the same letter for the same file"
    applications.save_answers(file, {("history", 0): "Chairs"}, opened={}, by=rui)
    assert queries.changes(Endorsement.objects.get(), reading.content_of(file))
    again = endorse(file, nadia, acts.Letter())
    assert (again.pk, again.place, again.rank, again.letter_id) == (word.pk, 1, 1, word.letter_id)
    assert again.content["answers"]["history"]["0"] == "Chairs"
    assert Event.objects.about(again).filter(kind="calls.endorsement.confirmed").count() == 1
    assert Mail.objects.filter(kind="calls.endorsement.endorsed", to_address=rui.email).count() == 2
    assert code_of(lambda: endorse(file, nadia, acts.Letter())) == "unchanged"
    endorse(file, nadia, acts.Letter(b"%PDF-1.4 brighter lamps"))
    assert StoredFile.objects.count() == 1, "the letter that is replaced is not kept"


def test_the_commission_is_held_before_any_word_of_it(file: Application, call: Call, rui: Person, nadia: Person):
    endorse(file, nadia)
    for act in (acts.withdraw, acts.decline):
        with CaptureQueriesContext(connection) as asked:
            act(file, reason="An error", by=nadia)
        told = [each["sql"] for each in asked]
        held = [at for at, sql in enumerate(told) if "FOR NO KEY UPDATE" in sql and "nationalcommission" in sql]
        written = next(at for at, sql in enumerate(told) if sql.startswith('UPDATE "calls_endorsement"'))
        assert not connection.features.has_select_for_update or held[0] < written


def test_who_begins_two_files_at_once_waits(call: Call, rui: Person):
    with CaptureQueriesContext(connection) as asked:
        kit.begun(call, rui)
    held = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"] and "accounts_person" in each["sql"]]
    assert bool(held) is connection.features.has_select_for_update


def test_what_was_said_can_be_said_otherwise_until_the_deadline(
    call: Call, file: Application, nadia: Person, monkeypatch: pytest.MonkeyPatch
):
    assert code_of(lambda: acts.decline(file, reason="", by=nadia)) == "no-reason"
    assert acts.decline(file, reason="Too early", by=nadia).state == "declined"
    assert code_of(lambda: acts.decline(file, reason="Too early", by=nadia)) == "unchanged"
    assert code_of(lambda: acts.withdraw(file, reason="Why", by=nadia)) == "not-endorsed"
    assert (endorse(file, nadia).reason, reading.is_endorsed(file)) == ("", True)
    assert code_of(lambda: endorse(file, nadia)) == "unchanged"
    monkeypatch.setattr(timezone, "now", lambda: call.closes_at)
    assert code_of(lambda: acts.withdraw(file, reason="Why", by=nadia)) == "too-late"


def test_the_deadline_of_commissions_moves_with_that_of_their_cities(
    officer: Person, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    call = kit.published(officer, "2032", commissions_by=10)
    late, file = timezone.now() + dt.timedelta(days=11), presented(call, rui)
    nadia, spain = kit.officer_of(file.country), presented(call, rui, "Sedia", country=kit.country("ES"))
    until = call.closes_at + dt.timedelta(days=3)  # type: ignore[operator]
    calls.extend(call, until=until, country=file.country_id, reason="A flood", by=officer)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert code_of(lambda: endorse(spain, kit.officer_of(spain.country))) == "too-late"
    assert endorse(file, nadia).place == 1
    assert (
        code_of(lambda: applications.present(kit.begun(call, rui, "Vaso", country=spain.country), by=rui)) == "too-late"
    )


def test_a_withdrawn_call_takes_no_word_of_a_commission(call: Call, file: Application, nadia: Person, officer: Person):
    calls.withdraw(call, reason="No funds", by=officer)
    file.refresh_from_db()
    assert code_of(lambda: endorse(file, nadia)) == "call-withdrawn"


def test_ranks_are_changed_as_a_whole_and_close_up_when_one_leaves(call: Call, rui: Person, nadia: Person):
    first, second = presented(call, rui), presented(call, rui, "Mesa", "film")
    commission = kit.commission(first.country)
    endorse(first, nadia), endorse(second, nadia)
    for order in ([first.code, second.code], [second.code, first.code]):
        acts.rank(call, commission, order=order, by=nadia)
        assert [each.application.code for each in Endorsement.objects.order_by("rank")] == order
    for wrong in ([first.code], [first.code, first.code], [first.code, "x"]):
        assert code_of(lambda order=wrong: acts.rank(call, commission, order=order, by=nadia)) == "not-all-ranked"
    assert code_of(lambda: acts.rank(call, commission, order=order, by=rui)) == "not-the-commission"
    acts.withdraw(second, reason="Why", by=nadia)
    assert list(Endorsement.objects.filter(state="endorsed").values_list("rank", flat=True)) == [1]


def test_what_is_endorsed_keeps_its_country_and_its_field(file: Application, rui: Person, nadia: Person):
    with pytest.raises(AssertionError):
        applications.save_facts(file, {"country": kit.country("ES")}, by=rui)
    endorse(file, nadia)
    other = FieldFactory(slug="film")
    assert code_of(lambda: applications.save_facts(file, {"field": other}, by=rui)) == "endorsed-in-field"
    applications.save_facts(file, {"population": 5}, by=rui)
    changes = queries.changes(file.endorsement, reading.content_of(file))
    assert [(each.place, each.after) for each in changes] == [("city/population", 5)]


def test_commission_and_team_ask_and_answer(file: Application, rui: Person, nadia: Person):
    once = uuid.uuid4()
    acts.ask(file, text="How many lamps?", once=once, by=nadia)
    assert code_of(lambda: acts.ask(file, text="How many lamps?", once=once, by=nadia)) == "sent-already"
    reader = Contributor.objects.create(application=file, person=people.person(), role="reader")
    assert code_of(lambda: acts.answer(file, text="No", once=once, by=reader.person)) == "not-the-team"
    acts.answer(file, text="Forty", once=once, by=rui)
    assert code_of(lambda: acts.answer(file, text="No", once=once, by=nadia)) == "not-the-team"
    assert list(Remark.objects.values_list("is_by_commission", "text")) == [(True, "How many lamps?"), (False, "Forty")]
    assert set(Mail.objects.filter(kind="calls.application.asked").values_list("to_address", flat=True)) == {rui.email}
    assert not Mail.objects.filter(body__contains="lamps?").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("field", "wins"), [("design", "field-taken"), ("music", "cap-reached")])
def test_of_two_officers_who_endorse_at_once_one_gets_the_last_place(
    officer: Person, field: str, wins: str, monkeypatch: pytest.MonkeyPatch
):
    call, rui = kit.published(officer), people.person("Rui Exemplo")
    pair = [presented(call, rui), presented(call, rui, "Sedia", field)]
    nadia = kit.officer_of(kit.country())
    if field == "music":
        endorse(presented(call, rui, "Mesa", "film"), nadia)
    start, outcomes, asked = threading.Barrier(2), [], queries.held

    def slowly(*args: Any, **kwargs: Any) -> Any:
        answer = asked(*args, **kwargs)
        if connection.vendor == "postgresql":  # there both look before either writes; SQLite lets one in at a time
            threading.Event().wait(0.3)
        return answer

    monkeypatch.setattr(queries, "held", slowly)

    def act(file: Application) -> None:
        read = files.fingerprint(reading.content_of(file))
        start.wait()
        try:
            acts.endorse(file, fingerprint=read, letter=LETTER, by=nadia)
            outcomes.append("endorsed")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[file]) for file in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == sorted(["endorsed", wins])
    assert Endorsement.objects.filter(application__in=pair).count() == 1
