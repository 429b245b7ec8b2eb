"""Handing a file in: what is missing, one second late, two clicks, the receipt that everybody can verify."""

import datetime as dt
import hashlib
import io
import threading
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import applications as actions
from creativecities.calls.models import Application, Call, Contributor, Document, Submission
from creativecities.calls.tests import kit
from creativecities.core import pdf
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

SURE = {"is_read": "on"}


@pytest.fixture
def file(call: Call, rui: Person) -> Application:
    return kit.endorsed(kit.filled(kit.begun(call, rui), rui))


@pytest.fixture
def desk(client: Any, rui: Person) -> Any:
    return team.sign_in(client, rui)


def at(file: Application, rest: str = "hand-in/") -> str:
    return f"/applications/{file.code}/{rest}"


def text_of(raw: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)


@pytest.mark.django_db
def test_an_empty_file_is_told_what_it_lacks_with_the_way_there(desk: Any, call: Call, rui: Person):
    file = kit.begun(call, rui)
    page = desk.get(at(file)).content.decode()
    assert f'href="/applications/{file.code}/documents/#mayors-letter-1"' in page
    assert ("Hand the file in" in page, "UTC" in page or "clock of" in page) == (False, True)
    assert desk.post(at(file), SURE).status_code == 409
    assert Submission.objects.count() == 0


@pytest.mark.django_db
def test_the_owner_confirms_hands_in_and_has_a_receipt_that_proves_it(desk: Any, file: Application):
    assert desk.post(at(file), {}).status_code == 422
    assert desk.post(at(file), SURE).url == at(file, "receipts/1/")
    said = Submission.objects.get()
    page = desk.get(at(file, "receipts/1/")).content.decode()
    assert (said.fingerprint in page, "(Europe/Paris, UTC+0" in page) == (True, True)
    data = desk.get(at(file, "receipts/1.json"))
    assert hashlib.sha256(data.content).hexdigest() == said.fingerprint
    assert data["Cache-Control"] == "private, no-store"
    assert said.content["documents"][0]["digest"] in page
    assert "history lamps" in desk.get(at(file, "receipts/1/file/")).content.decode()


@pytest.mark.django_db
def test_a_second_click_finds_what_the_first_handed_in(desk: Any, file: Application):
    assert {desk.post(at(file), SURE).url for _click in range(2)} == {at(file, "receipts/1/")}
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_one_second_late_is_told_kindly_and_everything_stays(
    desk: Any, file: Application, call: Call, monkeypatch: pytest.MonkeyPatch
):
    late = call.closes_at + dt.timedelta(seconds=1)  # type: ignore[operator]
    monkeypatch.setattr(timezone, "now", lambda: late)
    response = desk.post(at(file), SURE)
    page = response.content.decode()
    assert (response.status_code, "The deadline has passed" in page, "It is kept as it is" in page) == (409, True, True)
    file.refresh_from_db()
    assert (file.state, Submission.objects.count(), file.answers.filter(question="history").exists()) == (
        "draft",
        0,
        True,
    )


@pytest.mark.django_db
def test_it_is_taken_back_changed_and_handed_in_again(desk: Any, file: Application, rui: Person):
    desk.post(at(file), SURE)
    desk.post(at(file, "take-back/"))
    assert "taken back" in desk.get(at(file)).content.decode()
    assert "counts no more" in desk.get(at(file, "receipts/1/")).content.decode()
    actions.save_answers(file, {("history", 0): "Chairs"}, opened={("history", 0): 1}, by=rui)
    assert desk.post(at(file), SURE).url == at(file, "receipts/2/")
    assert "history lamps" in desk.get(at(file, "receipts/1/file/")).content.decode()
    assert "Chairs" in desk.get(at(file, "receipts/2/file/")).content.decode()
    assert desk.get(at(file, "receipts/3/")).status_code == 404
    assert at(file, "receipts/2/since/1/") in desk.get(at(file, "receipts/2/")).content.decode()
    changed = desk.get(at(file, "receipts/2/since/1/"))
    assert [(str(each.label), each.pieces[-1].text) for each in changed.context["changes"]] == [
        ("History and role of the field in the city", "Chairs")
    ]  # fmt: skip
    assert "Nothing" in desk.get(at(file, "receipts/2/since/2/")).content.decode()
    assert desk.get(at(file, "receipts/2/since/3/")).status_code == 404


@pytest.mark.django_db
def test_the_whole_team_is_told_without_the_name_of_the_city(desk: Any, file: Application):
    eva = people.person("Eva Exemplo", language="fr")
    Contributor.objects.create(application=file, person=eva, role="reader")
    desk.post(at(file), SURE)
    mails = Mail.objects.filter(kind="calls.application.handed_in")
    assert {mail.to_person_id for mail in mails} == {eva.pk, *file.contributors.values_list("person_id", flat=True)}
    for mail in mails:
        assert "Lampara" not in mail.subject + mail.body + mail.link
        assert mail.link.endswith(at(file, "receipts/1/"))


@pytest.mark.django_db
def test_the_receipt_is_a_pdf_in_the_language_of_the_page(desk: Any, file: Application):
    desk.post(at(file), SURE)
    said = Submission.objects.get()
    for prefix, language in (("", "en"), ("/ar", "ar")):
        response = desk.get(prefix + at(file, "receipts/1.pdf"))
        paper = PdfReader(io.BytesIO(response.content))
        assert response["Content-Type"] == "application/pdf"
        assert paper.trailer["/Root"]["/Lang"] == language
        text = text_of(response.content).replace("\n", "").replace(" ", "")
        assert (said.fingerprint in text, "Lampara" in text) == (True, True)


@pytest.mark.django_db
def test_without_pango_the_receipt_is_a_page_to_print(desk: Any, file: Application, monkeypatch: pytest.MonkeyPatch):
    desk.post(at(file), SURE)
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    page = desk.get(at(file, "receipts/1.pdf")).content.decode()
    assert ("print this page" in page, Submission.objects.get().fingerprint in page) == (True, True)


@pytest.mark.django_db
def test_the_draft_is_read_as_others_will_and_set_in_type(desk: Any, file: Application, rui: Person):
    words = "مدينة المصابيح <b>& 创意城市"
    actions.save_answers(file, {("history", 0): words}, opened={("history", 0): 1}, by=rui)
    page = desk.get(at(file, "preview/")).content.decode()
    assert ("&lt;b&gt;&amp; 创意城市" in page, "cession-3" not in page) == (True, True)
    paper = text_of(desk.get(at(file, "draft.pdf")).content)
    assert ("创意城市" in paper, "A draft, not handed in." in paper) == (True, True)


@pytest.mark.django_db
def test_a_file_is_given_up_after_a_confirmation(desk: Any, file: Application):
    assert desk.post(at(file, "give-up/"), {}).status_code == 422
    assert desk.post(at(file, "give-up/"), {"is_sure": "on"}).url == at(file, "")
    file.refresh_from_db()
    assert file.state == states.WITHDRAWN
    assert "This file is closed" in desk.get(at(file, "give-up/")).content.decode()


@pytest.mark.django_db
def test_nobody_outside_learns_of_a_file_and_a_reader_hands_nothing_in(
    desk: Any, file: Application, new_client: Any, officer: Person
):
    desk.post(at(file), SURE)
    rests = (
        "hand-in/",
        "preview/",
        "draft.pdf",
        "give-up/",
        "receipts/1/",
        "receipts/1.pdf",
        "receipts/1.json",
        "receipts/1/file/",
    )
    for who in (people.person(), officer):
        other = team.sign_in(new_client(), who)
        assert {other.get(at(file, rest)).status_code for rest in rests} == {404}
        assert other.post(at(file, "take-back/")).status_code == 404
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="reader")
    reader = team.sign_in(new_client(), eva)
    assert {reader.get(at(file, rest)).status_code for rest in rests} == {200}
    reader.post(at(file, "take-back/"))
    reader.post(at(file, "give-up/"), {"is_sure": "on"})
    file.refresh_from_db()
    assert file.state == states.SUBMITTED


@pytest.mark.django_db
@pytest.mark.parametrize("rest", ["preview/", "hand-in/"])
def test_a_page_costs_the_same_however_much_is_written(
    desk: Any, file: Application, call: Call, rui: Person, rest: str
):
    small = kit.begun(call, rui, "Sedia")
    Document.objects.create(application=small, document="mayors-letter", number=1, file=kit.stored_file())
    counts = []
    for each in (small, small, file):  # the first request of all looks up more
        with CaptureQueriesContext(connection) as asked:
            desk.get(at(each, rest))
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 20


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_freeze_one_version():
    rui = people.person("Rui Exemplo")
    file = kit.endorsed(kit.filled(kit.begun(kit.published(team.officer()), rui), rui))
    start, outcomes = threading.Barrier(2), []

    def run() -> None:
        mine = Application.objects.get(pk=file.pk)
        start.wait()
        try:
            outcomes.append(str(actions.submit(mine, by=rui).number))
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _click in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["1", "handed-in"]
    assert (Submission.objects.count(), Mail.objects.filter(kind="calls.application.handed_in").count()) == (1, 1)
