"""The check of files: what the machine finds, what an officer decides against it, and what is opened again."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import jobs, states
from creativecities.calls.actions import applications, calls, endorsements
from creativecities.calls.actions import checking as actions
from creativecities.calls.compute import checking
from creativecities.calls.compute.checking import Around
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Application, Call, Completion
from creativecities.calls.queries import awaited
from creativecities.calls.queries import checking as queries
from creativecities.calls.rules import endorsements as word
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import DESK, read
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team
from creativecities.network.tests.factories import CityFactory, designate

pytestmark = pytest.mark.django_db
LIST = f"{DESK}2031/files/"
NOON = dt.datetime(2031, 3, 3, 12, tzinfo=dt.UTC)


@pytest.fixture
def file(call: Call, rui: Person) -> Application:
    """In the check: its deadline has passed."""
    made = kit.submitted(call, rui)
    kit.closed(call)
    made.refresh_from_db()
    return made


def outcomes(file: Application) -> dict[str, str]:
    return {each.finding.key: each.finding.outcome for each in queries.check(file)}


def not_met(file: Application) -> set[str]:
    return {key for key, outcome in outcomes(file).items() if outcome == checking.NOT_MET}


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def returned(file: Application, officer: Person, *places: str, days: int = 5) -> Completion:
    return actions.return_for_completion(
        file, places=places, until=in_days(days), reason="The history is missing.", opened=file.version, by=officer
    )


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


AROUND = Around(NOON, NOON + dt.timedelta(1), "", None, True, None, ("design",), 0, True, ())


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"handed_in_at": NOON + dt.timedelta(1)}, "deadline"),
        ({"member_of": "film"}, "membership"),
        ({"calls_since_refusal": 0}, "cooldown"),
        ({"is_endorsed": False}, "endorsement"),
        ({"country_fields": ("design", "film", "music")}, "cap"),
        ({"country_fields": ("design", "design")}, "distinct"),
        ({"same_city": 1}, "once"),
        ({"is_unchanged": False}, "intact"),
        ({"damaged": ("letter.pdf",)}, "intact"),
    ],
)
def test_each_rule_by_itself(change: dict[str, Any], rule: str):
    definition = template("2025-practice")
    definition["rules"] |= {"cooldown_calls": 1, "fields": ["design"]}
    city = {"field": "design", "language": "en", "population": 120_000, "city_name": "Lampara", "latitude": 1.0,
            "longitude": 1.0}  # fmt: skip
    content = {"city": city, "answers": {}, "documents": []}

    def missed(around: Around) -> set[str]:
        found = checking.check(definition, content, around)
        return {each.key for each in found if each.outcome == checking.NOT_MET} - {"answers", "documents"}

    assert missed(AROUND) == set()
    assert missed(replace(AROUND, **change)) == {rule}


def test_a_file_handed_in_whole_meets_every_rule(file: Application):
    assert set(outcomes(file).values()) == {checking.MET}
    assert [each.finding.key for each in queries.check(file)] == [*checking.RULES]


def test_a_member_is_known_under_its_name_in_any_script(file: Application):
    made = CityFactory(name="Lamp City", country=file.country, is_listed=True)
    designate(made, year=2020)
    made.names.create(name="Лампара", script="Cyrl")
    assert "membership" not in not_met(file)
    Application.objects.filter(pk=file.pk).update(local_name="ЛАМПАРА")
    file.refresh_from_db()
    assert not_met(file) == {"membership"}


def test_what_changed_since_the_endorsement_and_a_paper_that_is_damaged_are_named(file: Application):
    file.endorsement.content["answers"]["history"]["0"] = "Other words"
    file.endorsement.save()
    paper = file.documents.first().file
    paper.content.storage.delete(paper.content.name)
    found = {each.finding.key: each for each in queries.check(file)}
    assert [place for place, _name, _why in found["since-endorsed"].places] == ["questions/history"]
    assert found["since-endorsed"].finding.outcome == checking.DEPENDS
    assert "letter.pdf" in str(found["intact"].finding.reason)


def test_two_files_of_a_city_and_an_earlier_refusal_are_found(call: Call, rui: Person, officer: Person):
    earlier = kit.published(officer, "2029", opens=-800, closes=-1)
    call.next["rules"]["cooldown_calls"] = 2
    call.versions.update(definition=call.next)
    first = kit.submitted(call, rui)
    old = Application.objects.create(
        call=earlier, city_name="LÁMPARA", country=first.country, field=first.field, language="en",
        state=states.NOT_DESIGNATED, submitted_at=timezone.now(),
    )  # fmt: skip
    kit.submitted(call, people.person(), "Lampara", field=kit.FieldFactory(slug="film"))
    assert not_met(first) == {"once", "cooldown"}
    old.delete()
    assert not_met(first) == {"once"}


def test_an_officer_sets_a_verdict_aside_and_admits(file: Application, officer: Person, rui: Person):
    file.endorsement.delete()
    assert code_of(lambda: actions.admit(file, opened=file.version, by=officer)) == "not-met"
    file.refresh_from_db()
    assert code_of(lambda: actions.set_aside(file, "words", reason="-", opened=file.version, by=officer)) == "met"
    file.refresh_from_db()
    actions.set_aside(file, "endorsement", reason="The letter came by post.", opened=file.version, by=officer)
    actions.uphold(file, "endorsement", opened=file.version, by=officer)
    assert code_of(lambda: actions.admit(file, opened=file.version, by=officer)) == "not-met"
    file.refresh_from_db()
    actions.set_aside(file, "endorsement", reason="The letter came by post.", opened=file.version, by=officer)
    actions.admit(file, opened=file.version, by=officer)
    assert file.state == states.ELIGIBLE
    assert "found eligible" in Mail.objects.get(to_address=rui.email, kind="calls.application.admitted").subject
    actions.check_again(file, opened=file.version, by=officer)
    assert file.state == states.SUBMITTED


def test_a_verdict_is_set_aside_for_what_was_looked_at_and_not_for_what_is_handed_in_later(
    file: Application, officer: Person, rui: Person
):
    word = file.endorsement
    word.delete()
    actions.set_aside(file, "endorsement", reason="The letter came by post.", opened=file.version, by=officer)
    returned(file, officer, "questions/history")
    word.save()
    applications.submit(file, by=rui)
    word.delete()
    assert code_of(lambda: actions.admit(file, opened=file.version, by=officer)) == "not-met"
    file.refresh_from_db()
    actions.set_aside(file, "endorsement", reason="It holds still.", opened=file.version, by=officer)
    assert file.set_aside.get().submission == 2
    actions.admit(file, opened=file.version, by=officer)


def test_nothing_is_decided_while_the_city_can_take_its_file_back_nor_by_others(
    call: Call, officer: Person, rui: Person
):
    file = kit.submitted(call, rui)
    assert code_of(lambda: actions.admit(file, opened=file.version, by=officer)) == "too-early"
    kit.closed(call)
    file.refresh_from_db()
    assert code_of(lambda: actions.reject(file, reason="x", opened=file.version, by=rui)) == "secretariat-only"


def test_of_two_officers_the_second_reads_again(file: Application, officer: Person):
    opened = file.version
    other = team.officer("Rui Outro")
    actions.reject(file, reason="Not a city.", opened=opened, by=officer)
    again = Application.objects.get()
    assert code_of(lambda: actions.admit(again, opened=opened, by=other)) == "forged-version"
    assert Application.objects.get().state == states.INELIGIBLE


def test_only_what_is_missing_opens_again_and_handing_in_closes_it(file: Application, officer: Person, rui: Person):
    completion = returned(file, officer, "questions/history", "questions/local")
    assert "questions/local-title" in completion.items
    mail = Mail.objects.get(kind="calls.application.returned", to_address=rui.email)
    assert "> The history is missing." in mail.body
    applications.save_answers(file, {("history", 0): "Better"}, opened={("history", 0): 1}, by=rui)
    refused = {("plan", 0): "Also better"}
    assert code_of(lambda: applications.save_answers(file, refused, opened={}, by=rui)) == "not-asked-for"
    applications.submit(file, by=rui)
    completion.refresh_from_db()
    assert (file.state, completion.closed_at is not None) == (states.SUBMITTED, True)
    assert outcomes(file)["deadline"] == checking.MET, "it was handed in on time, and completed later"
    assert jobs.let_completions_lapse() == 0


def test_what_is_returned_is_completed_as_it_was_asked_for(
    call: Call, file: Application, officer: Person, rui: Person, desk: Any
):
    calls.save_item(call, "questions", "preparation", {"words": 1}, opened=call.version, by=officer)
    calls.remove_item(call, "questions", "local", opened=call.version, by=officer)
    calls.release(call, reason="Shorter", opened=call.version, by=officer)
    kit.closed(call)
    nadia = kit.officer_of(file.country)
    endorsements.withdraw(file, reason="A doubt", by=nadia)
    returned(file, officer, "questions/history", "questions/local")
    page = read(desk, f"{LIST}{file.code}/")
    assert "questions/local" not in page, "named as it was asked for"
    page = read(team.sign_in(desk, rui), f"/applications/{file.code}/hand-in/")
    assert "Nothing: the file is complete." in page
    assert "(Europe/Paris)" in page, "until when, on the call's own clock"
    applications.save_answers(file, {("history", 0): ""}, opened={("history", 0): 1}, by=rui)
    assert code_of(lambda: applications.submit(file, by=rui)) == "incomplete", "what was opened is looked at"
    applications.save_answers(file, {("history", 0): "Better"}, opened={("history", 0): 2}, by=rui)
    assert applications.submit(file, by=rui).content["call_version"] == 1


def test_the_commission_is_asked_for_its_word_again(file: Application, officer: Person, rui: Person, desk: Any):
    nadia = kit.officer_of(file.country)
    endorsements.withdraw(file, reason="A doubt", by=nadia)
    assert 'value="endorsement"' in read(desk, f"{LIST}{file.code}/")
    returned(file, officer, "questions/history")
    assert not Mail.objects.filter(kind="calls.endorsement.returned").exists(), "the city alone completes this"
    applications.submit(file, by=rui)
    completion = returned(file, officer, "endorsement", days=30)
    assert word.deadline(file, queries.definition_of(file, file.submissions.all()[0])) == completion.until
    assert code_of(lambda: applications.submit(file, by=rui)) == "incomplete"
    told = {mail.to_address: mail for mail in Mail.objects.filter(kind="calls.endorsement.returned")}
    assert set(told) == {nadia.email, "commission@lampara.example"}
    assert not [each for each in told.values() if "Lampara" in each.subject + each.body]
    by_link = urlsplit(told["commission@lampara.example"].link).path
    for path in (by_link, f"/commission/{file.code}/"):
        page = read(team.sign_in(desk, nadia), path)
        assert "asks for your word again" in page
        assert "The history is missing." in page
        queue = read(desk, path.replace(f"{file.code}/", ""))
        assert "waits for your word again, until" in queue
    assert [each.url for each in awaited.due_for(nadia)] == [f"/commission/{file.code}/"]
    kit.endorsed(file)
    assert list(awaited.due_for(nadia)) == []
    assert "waits for your word again" not in read(desk, "/commission/")
    applications.submit(file, by=rui)
    assert outcomes(file)["endorsement"] == checking.MET


def test_when_the_time_is_over_the_file_stays_as_it_was_and_both_are_told(
    file: Application, officer: Person, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    returned(file, officer, "city/population")
    applications.save_facts(file, {"population": 1}, by=rui)
    later = in_days(6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert code_of(lambda: applications.submit(file, by=rui)) == "too-late"
    assert (jobs.let_completions_lapse(), jobs.let_completions_lapse()) == (1, 0)
    file.refresh_from_db()
    assert (file.state, file.population) == (states.SUBMITTED, kit.FACTS["population"])
    told = Mail.objects.filter(kind__startswith="calls.application.lapsed")
    assert set(told.values_list("to_address", flat=True)) == {rui.email, officer.email}


def test_the_list_and_the_file_on_the_page(desk: Any, call: Call, rui: Person, django_assert_num_queries: Any):
    file = kit.submitted(call, rui, "=Lampara")
    kit.begun(call, rui, "A draft")
    read(desk, LIST)
    with django_assert_num_queries(13):
        page = read(desk, LIST)
    assert "=Lampara" in page
    assert "A draft" not in page
    assert b"'=Lampara" in desk.get(f"{DESK}2031/files.csv").content
    rows = json.loads(read(desk, f"{DESK}2031/files.json"))
    assert (rows["count"], rows["results"][0]["code"]) == (1, file.code)
    assert "No file here" in read(desk, f"{LIST}?state=eligible")
    assert desk.get(f"{LIST}?state=none").status_code == 400
    page = read(desk, f"{LIST}{file.code}/")
    assert "the city can take its file back" in page
    assert "history lamps" in page
    draft = Application.objects.get(city_name="A draft")
    assert desk.get(f"{LIST}{draft.code}/").status_code == 404
    team.sign_in(desk, rui)
    assert {desk.get(path).status_code for path in (LIST, f"{LIST}{file.code}/")} == {404}


def test_an_officer_who_prepares_a_draft_does_not_find_it_among_the_files(desk: Any, call: Call, officer: Person):
    kit.begun(call, officer)
    assert "Lampara" not in read(desk, LIST)


def test_deciding_on_the_page(desk: Any, file: Application):
    path = f"{LIST}{file.code}/"
    file.endorsement.delete()
    opened = {"opened": file.version}
    assert desk.post(path, {"act": "reject", **opened}).status_code == 422
    refused = desk.post(path, {"act": "aside-words", **opened, "reason": "x"})
    assert refused.status_code == 404
    assert desk.post(path, {"act": "admit", **opened}).status_code == 409
    page = desk.post(path, {"act": "return", **opened, "reason": "<b>Add</b> it", "until": "2020-01-01T10:00"})
    assert "Choose what the city can add" in page.content.decode()
    until = in_days(4).strftime("%Y-%m-%dT%H:%M")
    sent = {"act": "return", **opened, "reason": "<b>Add</b> it", "until": until, "others": ["questions/history"]}
    assert desk.post(path, sent).status_code == 302
    page = read(desk, path)
    assert "Returned for completion until" in page
    assert "&lt;b&gt;Add&lt;/b&gt; it" in page
    assert desk.post(path, sent).status_code == 409
    assert Completion.objects.get().items == ["questions/history"]
