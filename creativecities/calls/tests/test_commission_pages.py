"""The pages of a National Commission and of the team that presented its file."""

import datetime as dt
import uuid
from typing import Any

import pytest

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import jobs
from creativecities.calls.actions import applications
from creativecities.calls.actions import endorsements as acts
from creativecities.calls.actions import letters as letter_acts
from creativecities.calls.compute import files
from creativecities.calls.formats import letters
from creativecities.calls.models import Application, Call, Endorsement, Remark
from creativecities.calls.queries import applications as queries
from creativecities.calls.tests import kit
from creativecities.calls.tests.presenting import endorse, pdf, presented, text, upload
from creativecities.core import pdf as paper
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
QUEUE = "/commission/"


@pytest.fixture
def file(call: Call, rui: Person, nadia: Person) -> Application:
    return presented(call, rui)


@pytest.fixture
def commission(client: Any, nadia: Person) -> Any:
    return team.sign_in(client, nadia)


def test_the_queue_tells_what_waits_what_is_taken_and_until_when(
    commission: Any, call: Call, file: Application, rui: Person, nadia: Person, django_assert_num_queries: Any
):  # fmt: skip
    page = text(commission.get(QUEUE))
    assert "waits for your word" in page
    assert "Endorsed: 0 of 2." in page
    assert "no designation" in page
    assert "left" in page
    endorse(file, nadia)
    applications.save_facts(file, {"population": 7}, by=rui)
    page = text(commission.get(QUEUE))
    assert "Endorsed: 1 of 2." in page
    assert "Taken:" in page
    assert "changed since" in page
    with django_assert_num_queries(12):
        commission.get(QUEUE)
    presented(call, rui, "Mesa", "film"), presented(call, rui, "Vaso", "music")
    with django_assert_num_queries(12):
        commission.get(QUEUE)


def test_a_file_of_another_country_is_in_no_queue_and_has_no_page(
    commission: Any, call: Call, rui: Person, new_client: Any, officer: Person
):  # fmt: skip
    spain = presented(call, rui, "Sedia", country=kit.country("ES"))
    missing = text(commission.get("/commission/000000000000/"))
    for path in ("", "endorse/", "decline/", "withdraw/"):
        answer = commission.get(f"/commission/{spain.code}/{path}")
        assert (answer.status_code, text(answer).replace(spain.code, "000000000000").replace(path, "")) == (
            404,
            missing,
        )
        assert commission.post(f"/commission/{spain.code}/{path}", {"reason": "No"}).status_code == 404
    assert "Sedia" not in text(commission.get(QUEUE)) + text(commission.get("/commission.csv"))
    assert commission.get(f"/applications/{spain.code}/commission/").status_code == 404
    for someone in (officer, people.person(), rui):
        assert team.sign_in(new_client(), someone).get(f"/commission/{spain.code}/").status_code == 404


def test_a_city_whose_name_a_spreadsheet_would_run_is_quoted(commission: Any, call: Call, rui: Person):
    presented(call, rui, "=HYPERLINK(1)")
    answer = commission.get("/commission.csv")
    assert "'=HYPERLINK(1)" in text(answer)
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cache-Control"] == "private, no-store"


def test_an_officer_reads_asks_endorses_with_a_letter_and_withdraws(
    commission: Any, file: Application, rui: Person, new_client: Any
):  # fmt: skip
    applications.save_answers(file, {("history", 0): "Lamps since 1868"}, opened={}, by=rui)
    page, place = commission.get(f"{QUEUE}{file.code}/"), f"{QUEUE}{file.code}/endorse/"
    assert "Lamps since 1868" in text(page)
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    commission.post(f"{QUEUE}{file.code}/", {"text": "How many?", "once": uuid.uuid4()})
    assert Remark.objects.get().text == "How many?"
    form = {"fingerprint": commission.get(place).context["form"]["fingerprint"].value(), "words": ""}
    assert commission.post(place, {**form, "letter": upload(pdf())}).status_code == 302
    word = Endorsement.objects.get()
    theirs = team.sign_in(new_client(), rui)
    letter = f"/files/{word.letter.code}/endorsement.pdf"
    assert [each.get(letter).status_code for each in (commission, theirs, new_client())] == [200, 200, 404]
    page = text(theirs.get(f"/applications/{file.code}/commission/"))
    assert "How many?" in page
    assert letter in page
    assert "no designation" in page
    assert "Rank" not in page
    assert commission.post(f"{QUEUE}{file.code}/withdraw/", {"reason": "An error"}).status_code == 302
    assert "An error" in text(theirs.get(f"/applications/{file.code}/commission/"))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"MZ\x90 an executable", "This is a program"),
        (b"%PDF-1.4 broken", "damaged"),
        (pdf(6), "has 6 pages, at most 5"),
        (pdf(1, "secret"), "locked"),
        (b"%PDF-" + b"0" * 5_000_000, "larger than 5 MB"),
    ],
)
def test_a_letter_that_cannot_be_read_is_refused_and_nothing_is_lost(
    commission: Any, file: Application, raw: bytes, says: str
):  # fmt: skip
    place = f"{QUEUE}{file.code}/endorse/"
    form = {"fingerprint": commission.get(place).context["form"]["fingerprint"].value(), "words": ""}
    answer = commission.post(place, {**form, "letter": upload(raw)})
    assert answer.status_code == 422
    assert says in text(answer)
    both = commission.post(place, {**form, "letter": upload(pdf()), "words": "We are\u202e glad"})
    assert "not both" in text(both)
    assert "We are" in text(both)
    assert not Endorsement.objects.exists()


def test_a_letter_written_here_is_kept_and_set_in_type(commission: Any, file: Application):
    place = f"{QUEUE}{file.code}/endorse/"
    form = {"fingerprint": commission.get(place).context["form"]["fingerprint"].value()}
    assert commission.post(place, {**form, "words": "We are\u202e glad"}).status_code == 302
    word = Endorsement.objects.get()
    assert (word.words, word.letter, word.language) == ("We are glad", None, "en"), "at once, without waiting for type"
    assert jobs.set_letter.call(word.pk) == paper.is_possible()
    word.refresh_from_db()
    if word.letter:  # not on a machine without Pango
        with word.letter.content.open("rb") as letter:
            assert letter.read(5) == b"%PDF-"
        assert not jobs.set_letter.call(word.pk), "once"
    assert "We are glad" in text(commission.get(f"{QUEUE}{file.code}/"))


def test_a_letter_that_cannot_be_set_now_is_tried_again_and_never_stops_the_endorsement(
    file: Application, nadia: Person, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    asked: list[int] = []
    monkeypatch.setattr(type(jobs.set_letter), "enqueue", lambda _task, pk: asked.append(pk))
    read = files.fingerprint(queries.content_of(file))
    word = acts.endorse(file, fingerprint=read, letter=acts.Letter(words="We are glad", language="ar"), by=nadia)
    assert jobs.set_letters() == 0, "its job has a minute"
    Endorsement.objects.update(at=word.at - dt.timedelta(minutes=2))
    monkeypatch.setattr(letters, "of_commission", lambda _word: 1 / 0)
    monkeypatch.setattr(paper, "is_possible", lambda: True)
    with pytest.raises(ZeroDivisionError):
        jobs.set_letter.call(word.pk)
    assert (jobs.set_letters(), asked) == (1, [word.pk])
    monkeypatch.setattr(letters, "of_commission", lambda _word: b"%PDF-1.4")
    assert jobs.set_letter.call(word.pk)
    assert (jobs.set_letters(), Endorsement.objects.get().letter is None) == (0, False)
    Endorsement.objects.update(letter=None)
    acts.withdraw(file, reason="Too early", by=nadia)
    with pytest.raises(Refusal):
        letter_acts.attach(word, b"%PDF-1.4", by=jobs.PRINTER)


def test_endorsed_files_are_ranked_on_a_page_of_their_own(
    commission: Any, call: Call, file: Application, rui: Person, nadia: Person
):  # fmt: skip
    other, place = presented(call, rui, "Mesa", "film"), f"{QUEUE}2031/PT/ranks/"
    endorse(file, nadia), endorse(other, nadia)
    assert place in text(commission.get(QUEUE))
    twice = commission.post(place, {file.code: "1", other.code: "1"})
    assert twice.status_code == 422
    assert "a rank of its own" in text(twice)
    assert commission.post(place, {file.code: "2", other.code: "1"}).status_code == 302
    assert list(Endorsement.objects.values_list("application__code", flat=True)) == [other.code, file.code]
    assert [commission.get(f"{QUEUE}2031/{iso2}/ranks/").status_code for iso2 in ("ES", "xx")] == [404, 404]


def test_the_team_presents_its_file_once_and_sees_who_reads_it(
    client: Any, new_client: Any, call: Call, rui: Person, nadia: Person
):  # fmt: skip
    file = kit.begun(call, rui)
    place = f"/applications/{file.code}/commission/"
    desk = team.sign_in(client, rui)
    assert "Present it" in text(desk.get(place))
    assert "Commission of the lamps" in text(desk.get(place))
    eva = people.person("Eva Exemplo")
    file.contributors.create(person=eva, role="reader")
    assert "The owner of the file does this." in text(team.sign_in(new_client(), eva).get(place))
    assert desk.post(place, {"act": "present"}).status_code == 302
    assert desk.post(place, {"act": "present"}).status_code == 409
    assert "Nothing yet." in text(desk.get(place))
    acts.decline(file, reason="Too early", by=nadia)
    assert "Too early" in text(desk.get(place))
    assert team.sign_in(new_client(), nadia).get(place).status_code == 404
    assert new_client().get(place).status_code == 302
