"""What the teams of files are told of their call: changes, more time, withdrawal, and ends that come near."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import jobs, states
from creativecities.calls.actions import applications, checking
from creativecities.calls.actions import calls as actions
from creativecities.calls.models import Application, Call
from creativecities.calls.queries import applications as queries
from creativecities.calls.rules import team as team_rules
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import DESK, read
from creativecities.core.models import Mail
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rui() -> Person:
    return people.person("Rui Exemplo", rhythm="at-once")


def mails(kind: str, to: Person, about: str = "calls.application") -> list[Mail]:
    return list(Mail.objects.filter(kind=f"{about}.{kind}", to_address=to.email))


def changed(call: Call, by: Person, reason: str = "A question less") -> None:
    call.refresh_from_db()
    actions.release(call, reason=reason, opened=call.version, by=by)


def at(monkeypatch: pytest.MonkeyPatch, instant: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: instant)


def test_a_new_version_is_told_once_to_the_team_of_every_open_draft(call: Call, file: Application, rui: Person,
                                                                    officer: Person):  # fmt: skip
    eva = people.person("Eva Exemplo", rhythm="weekly")
    file.contributors.create(person=eva, role="reader")
    actions.save_item(call, "questions", "history", {"words": 400}, opened=call.version, by=officer)
    changed(call, officer, "Longer <b>texts</b>")
    assert not mails("version", rui), "told by the clock, so that the officer's page does not take longer with drafts"
    assert (jobs.tell_of_changes(), jobs.tell_of_changes()) == (1, 0)
    told = mails("version", rui)[0]
    assert "> Longer <b>texts</b>" in told.body
    assert told.link.endswith(f"/applications/{file.code}/changes/")
    assert mails("version", eva)[0].state == Mail.GATHERED
    late = kit.begun(call, rui, "Sedia")
    assert jobs.tell_of_changes() == 0, late


def test_a_file_that_is_handed_in_is_not_told(call: Call, rui: Person, officer: Person):
    kit.submitted(call, rui)
    actions.save_part(call, "rules", {"most_links": 9}, opened=call.version, by=officer)
    changed(call, officer)
    assert jobs.tell_of_changes() == 0


def test_more_time_is_told_to_those_who_have_it_and_a_withdrawal_to_all(
    call: Call, file: Application, rui: Person, officer: Person
):
    other = people.person("Eva Exemplo", rhythm="at-once")
    kit.begun(call, other, "Sedia", country=kit.country("FR"))
    until = call.closes_at + dt.timedelta(days=2)  # type: ignore[operator]
    actions.extend(call, until=until, country="PT", reason="A flood", by=officer)
    assert jobs.tell_of_changes() == 1
    assert "> A flood" in mails("extension", rui)[0].body
    assert not mails("extension", other)
    actions.withdraw(call, reason="No money", by=officer)
    assert jobs.tell_of_changes() == 2
    assert "> No money" in mails("withdrawn", other)[0].body


def test_a_withdrawal_is_told_to_who_has_handed_in_and_to_reviewers_and_frees_the_files(
    call: Call, rui: Person, officer: Person
):
    handed_in, judged = kit.submitted(call, rui), kit.eligible(call, rui, "Sedia", field=FieldFactory(slug="film"))
    kit.closed(call)
    reader, left = kit.reviewer(call), kit.reviewer(call, state=states.LEFT)
    assert team_rules.serves_later(rui, judged).code == "on-its-way"  # type: ignore[union-attr]
    actions.withdraw(call, reason="No money", by=officer)
    assert "> No money" in mails("withdrawn", reader.person, "calls.reviewer")[0].body
    assert not mails("withdrawn", left.person, "calls.reviewer")
    assert (jobs.tell_of_changes(), jobs.tell_of_changes()) == (2, 0)
    assert len(mails("withdrawn", rui)) == 2
    for each in (handed_in, judged):
        each.refresh_from_db()
        assert team_rules.serves_later(rui, each) is None


def test_what_is_new_and_what_is_no_longer_asked_stand_on_the_page(client: Any, call: Call, file: Application,
                                                                   rui: Person, officer: Person):  # fmt: skip
    kit.filled(file, rui)
    page, news = f"/applications/{file.code}/", f"/applications/{file.code}/changes/"
    team.sign_in(client, rui)
    assert "See what is new" not in read(client, page)
    assert "Nothing since the file was last written" in read(client, news)
    actions.remove_item(call, "questions", "history", opened=call.version, by=officer)
    changed(call, officer, "A question <i>less</i>")
    assert "See what is new" in read(client, page)
    text = read(client, news)
    assert "A question &lt;i&gt;less&lt;/i&gt;" in text
    assert "No longer asked" in text
    assert "history lamps" in text
    assert file.answers.filter(question="history").exists()
    assert "questions/history" not in {each.place for each in queries.lacks_of(file)}
    applications.save_answers(file, {("mapping", 0): "Newer"}, opened={("mapping", 0): 1}, by=rui)
    assert "See what is new" not in read(client, page)
    team.sign_in(client, people.person())
    assert {client.get(path).status_code for path in (page, news, f"{page}timeline/")} == {404}


def test_the_deadline_is_told_seven_days_and_one_day_before_on_the_calls_own_clock(
    call: Call, file: Application, rui: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    closes = call.closes_at.astimezone(ZoneInfo("Europe/Paris"))  # type: ignore[union-attr]
    second = dt.timedelta(seconds=1)
    at(monkeypatch, closes - dt.timedelta(days=7) - second)
    assert jobs.remind_of_ends() == 0
    at(monkeypatch, closes - dt.timedelta(days=7))
    assert (jobs.remind_of_ends(), jobs.remind_of_ends()) == (1, 0)
    until = closes + dt.timedelta(days=10)
    actions.extend(call, until=until, country=None, reason="A flood", by=officer)
    at(monkeypatch, closes - dt.timedelta(days=1))
    assert jobs.remind_of_ends() == 0, "the date has moved"
    at(monkeypatch, until - dt.timedelta(days=7))
    assert jobs.remind_of_ends() == 1
    at(monkeypatch, until - dt.timedelta(days=1))
    assert (jobs.remind_of_ends(), jobs.remind_of_ends()) == (1, 0)
    assert len(mails("reminded", rui)) == 3


def test_a_file_that_is_handed_in_or_was_begun_later_is_not_reminded(
    call: Call, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    kit.submitted(call, rui)
    kit.begun(call, rui, "Sedia")
    Application.objects.filter(city_name="Sedia").update(began_at=call.closes_at - dt.timedelta(days=3))  # type: ignore[operator]
    at(monkeypatch, call.closes_at - dt.timedelta(days=2))  # type: ignore[operator]
    assert jobs.remind_of_ends() == 0


def test_the_end_of_a_completion_is_told_before(
    call: Call, rui: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    file = kit.submitted(call, rui)
    kit.closed(call)
    file.refresh_from_db()
    until = timezone.now() + dt.timedelta(days=5)
    checking.return_for_completion(
        file, places=["city/population"], until=until, reason="Say", opened=file.version, by=officer
    )
    assert jobs.remind_of_ends() == 0
    for days in (3, 1):
        at(monkeypatch, until - dt.timedelta(days=days))
        assert (jobs.remind_of_ends(), jobs.remind_of_ends()) == (1, 0)
    assert len(mails("completion", rui)) == 2


def test_before_a_call_is_changed_extended_or_withdrawn_the_page_says_who_is_told_and_not_how_many(
    desk: Any, call: Call, file: Application
):
    until = kit.dates(closes=25)["closes_at"]
    more = {"until": until, "country": "", "reason": "A flood"}
    for path, typed in (("withdraw", {"reason": "No <b>money</b>"}), ("extend", more)):
        page = desk.post(f"{DESK}2031/{path}/", typed).content.decode()
        assert "The teams of open drafts are told" in page
        assert "<b>money" not in page
        call.refresh_from_db()
        assert (call.state, call.extensions.count()) == ("published", 0)
    assert desk.post(f"{DESK}2031/withdraw/", {"reason": "No money", "sure": "1"}).status_code == 302
