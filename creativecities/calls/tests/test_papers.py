"""What a file really is that somebody adds: looked into, refused in words, and nothing kept of what is refused."""

import io
import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications, documents
from creativecities.calls.models import Application, Call, Completion, Contributor, Document
from creativecities.calls.queries import applications as queries
from creativecities.calls.tests import kit
from creativecities.calls.tests import papers as made
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.formats import papers
from creativecities.network.tests import team

LETTER = {"key": "letter", "formats": ["pdf"], "megabytes": 1, "pages": 5}
PHOTO = {"key": "photo", "formats": ["jpeg", "png"], "megabytes": 3, "pages": None}
WORD = {"key": "plan", "formats": ["docx"], "megabytes": 3, "pages": None}
BAD = [
    (LETTER, b"", "empty"),
    (LETTER, b"\0" * 400, "empty"),
    (LETTER, b"MZ\x90\0 a program named letter.pdf", "program"),
    (LETTER, b"MZ\x90\0" + made.pdf(), "program"),
    (LETTER, b"\x7fELF" + made.pdf(), "program"),
    (LETTER, b"#!/bin/sh\nrm -rf /\n", "program"),
    (LETTER, made.pdf(password="secret"), "encrypted"),
    (LETTER, made.pdf(500), "too-many-pages"),
    (LETTER, made.pdf(6), "too-many-pages"),
    (LETTER, made.pdf()[:200], "broken"),
    (LETTER, b"%PDF-1.7\nnothing follows", "broken"),
    (LETTER, made.pdf(0), "broken"),
    (LETTER, made.pdf(script="app.alert(1)"), "active"),
    (LETTER, made.pdf(attached=True), "active"),
    (LETTER, b"%PDF-" + b"x" * 1_000_001, "too-large"),
    (LETTER, made.picture(), "other-kind"),
    (LETTER, b"<html>letter.pdf</html>", "other-kind"),
    (PHOTO, made.pdf(), "other-kind"),
    (PHOTO, made.picture()[:120], "broken"),
    (PHOTO, made.picture("PNG", 8000, 6000), "too-many-pixels"),
    (PHOTO, made.picture("GIF"), "other-kind"),
    (WORD, made.word(word__media__zeros_xml=b"0" * 30_000_000), "bomb"),
    (WORD, made.word(word__theme_xml=b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'), "bomb"),
    (WORD, made.word(word__vbaProject_bin=b"macro"), "macros"),
    (WORD, made.package({"a.txt": b"a zip of something else"}), "not-word"),
    (WORD, made.word()[:90], "broken"),
    (WORD, b"\xd0\xcf\x11\xe0 Word of 1997, or one with a password", "other-kind"),
]


@pytest.mark.parametrize(("paper", "raw", "code"), BAD, ids=[f"{at}-{code}" for at, (_p, _r, code) in enumerate(BAD)])
def test_a_file_that_is_no_paper_is_refused_in_words(paper: Any, raw: bytes, code: str):
    with pytest.raises(Refusal) as refused:
        papers.look(io.BytesIO(raw), paper)
    assert (refused.value.code, bool(refused.value.reason), bool(refused.value.remedy)) == (f"paper-{code}", True, True)


def test_sound_papers_are_taken_with_what_was_found_in_them():
    assert papers.look(io.BytesIO(made.pdf(5)), LETTER).pages == 5
    assert papers.look(io.BytesIO(made.word()), WORD).kind == "docx"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_comes_out_upright_without_place_camera_and_remarks(kind: str):
    raw = made.picture(kind, orientation=6)
    assert b"Camera of Eva" in raw
    looked = papers.look(io.BytesIO(raw), PHOTO)
    assert (looked.width, looked.height) == (40, 60)
    assert not [each for each in (b"Exif", b"eXIf", b"Camera", b"Eva") if each in looked.raw]
    with Image.open(io.BytesIO(looked.raw)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 60), {})


@pytest.fixture
def desk(client: Any, rui: Person) -> Any:
    return team.sign_in(client, rui)


def address(file: Application, key: str = "mayors-letter", number: int = 1) -> str:
    return f"/applications/{file.code}/documents/{key}/{number}/"


def send(client: Any, file: Application, raw: bytes, key: str = "mayors-letter", number: int = 1, **more: Any) -> Any:
    fields = {"file": SimpleUploadedFile("letter.pdf", raw), **more}
    return client.post(address(file, key, number), {f"{key}-{number}-{name}": value for name, value in fields.items()})


@pytest.mark.django_db
def test_the_checklist_shows_every_place_and_takes_a_paper(desk: Any, file: Application):
    page = desk.get(f"/applications/{file.code}/documents/").content.decode()
    assert [f'id="{name}"' in page for name in ("mayors-letter-1", "photo-3", "cession-3", "cession-4")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert send(desk, file, made.pdf(2)).status_code == 302
    added = file.documents.get()
    assert (added.pages, added.file.name, added.file.is_public) == (2, "mayors-letter-1.pdf", False)
    assert "documents/mayors-letter/1" not in {each.place for each in queries.lacks_of(file)}
    assert desk.get(f"/files/{added.file.code}/{added.file.name}").content == made.pdf(2)
    assert desk.get(address(file)).url.endswith("#mayors-letter-1")


@pytest.mark.django_db
def test_what_is_refused_comes_back_with_the_reason_and_nothing_is_kept(desk: Any, file: Application):
    for raw, words in ((made.pdf(6), "6 pages"), (b"MZ", "a program"), (b"", "empty")):
        response = send(desk, file, raw)
        assert (response.status_code, words in response.content.decode()) == (422, True)
    response = send(desk, file, made.picture(), "photo", alt="", credit="Eva")
    assert response.status_code == 422
    assert "Eva" in response.content.decode()
    assert (StoredFile.objects.count(), Document.objects.count()) == (0, 0)
    assert not Event.objects.filter(kind__startswith="calls.application.paper").exists()


@pytest.mark.django_db
def test_a_paper_is_replaced_on_top_of_the_one_that_was_seen(
    desk: Any, file: Application, django_capture_on_commit_callbacks: Any
):
    send(desk, file, made.pdf(1))
    first = file.documents.get().file
    late = send(desk, file, made.pdf(2))
    assert (late.status_code, "meanwhile" in late.content.decode()) == (409, True)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, file, made.pdf(2), opened=first.code).status_code == 302
    assert (file.documents.get().pages, StoredFile.objects.count()) == (2, 1)
    assert not first.content.storage.exists(first.content.name)
    again = send(desk, file, made.pdf(2), opened=file.documents.get().file.code)
    assert "already" in again.content.decode()
    gone = {"mayors-letter-1-opened": file.documents.get().file.code}
    assert desk.post(address(file) + "remove/", gone).status_code == 302
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_photograph_is_kept_with_its_author_and_description(desk: Any, file: Application):
    send(desk, file, made.picture(), "photo", 2, alt="A bridge", credit="Eva Exemplo")
    stored = file.documents.get(document="photo").file
    assert (stored.alt, stored.credit, stored.width) == ("A bridge", "Eva Exemplo", 60)
    assert 'alt="A bridge"' in desk.get(f"/applications/{file.code}/documents/").content.decode()


@pytest.mark.django_db
def test_a_paper_of_another_file_or_of_the_commission_or_beyond_the_number_is_not_there(
    desk: Any, file: Application, call: Call
):
    foreign = kit.begun(call, people.person("Eva Exemplo"), "Sedia")
    sound = made.pdf()
    assert send(desk, foreign, sound).status_code == 404
    assert send(desk, file, sound, "mayors-letter", 2).status_code == 404
    assert send(desk, file, sound, "nothing").status_code == 404
    assert "National Commission" in send(desk, file, sound, "commissions-letter").content.decode()
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_nobody_outside_the_file_gets_its_papers_nor_learns_of_them(
    desk: Any, file: Application, new_client: Any, officer: Person
):
    send(desk, file, made.pdf())
    stored = file.documents.get().file
    there, missing = f"/files/{stored.code}/{stored.name}", f"/files/{stored.code}/missing.pdf"
    for who in (people.person(), officer, team.member(team.city())):
        other = team.sign_in(new_client(), who)
        answers = [other.get(path) for path in (there, missing)]
        assert {each.status_code for each in answers} == {404}
        assert answers[0].content.replace(stored.name.encode(), b"missing.pdf") == answers[1].content
        assert other.get(f"/applications/{file.code}/documents/").status_code == 404
    assert new_client().get(there).status_code == 404


@pytest.mark.django_db
def test_a_reader_sees_the_papers_and_adds_none(file: Application, new_client: Any):
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="reader")
    reader = team.sign_in(new_client(), eva)
    assert "<form" not in reader.get(f"/applications/{file.code}/documents/").content.decode().split("<main")[1]
    assert send(reader, file, b"MZ").status_code == 403
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_what_was_handed_in_stays_when_its_paper_is_replaced(call: Call, rui: Person, desk: Any, officer: Person):
    file = kit.submitted(call, rui)
    assert "handed in" in send(desk, file, made.pdf()).content.decode()
    before = file.documents.get(document="mayors-letter").file
    applications.take_back(file, by=rui)
    send(desk, file, made.pdf(3), opened=before.code)
    assert file.documents.get(document="mayors-letter").pages == 3
    assert before.content.storage.exists(before.content.name)
    applications.submit(file, by=rui)
    assert desk.get(f"/files/{before.code}/{before.name}").status_code == 200


@pytest.mark.django_db
def test_a_paper_that_was_taken_back_or_not_handed_in_is_for_who_prepares_the_file_alone(
    call: Call, rui: Person, desk: Any, officer: Person, new_client: Any
):
    file, secretariat = kit.submitted(call, rui), team.sign_in(new_client(), officer)
    old = file.documents.get(document="mayors-letter").file
    applications.take_back(file, by=rui)
    send(desk, file, made.pdf(3), opened=old.code)
    new = file.documents.get(document="mayors-letter").file
    applications.submit(file, by=rui)
    Document.objects.filter(application=file, file=new).update(file=(draft := kit.stored_file()))
    paths = [f"/files/{each.code}/{each.name}" for each in (old, new, draft)]
    assert [secretariat.get(each).status_code for each in paths] == [404, 200, 404]
    assert [desk.get(each).status_code for each in paths] == [200, 200, 200]


@pytest.mark.django_db
def test_in_completion_only_what_is_missing_is_open(call: Call, rui: Person, desk: Any):
    file = kit.submitted(call, rui)
    Application.objects.filter(pk=file.pk).update(state="returned")
    Completion.objects.create(application=file, items=["documents/photo/2"], reason="Blurred", until=call.closes_at)
    opened = file.documents.get(document="photo", number=2).file.code
    page = desk.get(f"/applications/{file.code}/documents/").content.decode()
    assert (page.count('enctype="multipart'), f'action="{address(file, "photo", 2)}"' in page) == (1, True)
    words = {"alt": "A bridge", "credit": "Eva"}
    assert send(desk, file, made.picture(), "photo", 2, opened=opened, **words).status_code == 302
    assert "Only what is missing" in send(desk, file, made.picture(), "photo", 1, **words).content.decode()


@pytest.mark.django_db
def test_the_checklist_costs_the_same_however_much_is_added(desk: Any, call: Call, rui: Person, file: Application):
    full = kit.filled(kit.begun(call, rui, "Sedia"), rui)
    counts = []
    for each in (file, file, full):  # the first request of all looks up more
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"/applications/{each.code}/documents/")
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 13


@pytest.mark.django_db
def test_two_who_add_the_same_paper_at_once_leave_one(file: Application, rui: Person):
    looked = papers.look(io.BytesIO(made.pdf(2)), LETTER)
    documents.add_paper(file, "mayors-letter", 1, paper=looked, opened="", by=rui)
    with pytest.raises(Refusal, match="meanwhile"):
        documents.add_paper(file, "mayors-letter", 1, paper=looked, opened="", by=rui)


@pytest.mark.django_db
def test_who_reviews_a_file_has_its_papers_and_another_reviewer_has_none(call: Call, new_client: Any):
    mine = kit.assigned(kit.reviewer(call), kit.eligible(call, people.person()))
    stored = mine.application.documents.get(document="mayors-letter").file
    reader = team.sign_in(new_client(), mine.reviewer.person)
    path = f"/files/{stored.code}/{stored.name}"
    assert f'href="{path}"' in reader.get(f"/reviews/{mine.application.code}/").content.decode()
    assert reader.get(path).status_code == 200
    assert team.sign_in(new_client(), kit.reviewer(call).person).get(path).status_code == 404


@pytest.mark.django_db
def test_a_paper_the_call_no_longer_asks_for_can_be_taken_out(desk: Any, file: Application):
    old = Document.objects.create(application=file, document="old-letter", number=1, file=kit.stored_file())
    page = desk.get(f"/applications/{file.code}/documents/").content.decode()
    assert (f"/files/{old.file.code}/letter.pdf" in page, "No longer asked for" in page) == (True, True)
    assert send(desk, file, made.pdf(), "old-letter").status_code == 404
    desk.post(address(file, "old-letter") + "remove/", {"old-letter-1-opened": old.file.code})
    assert Document.objects.count() == 0


def test_a_damaged_file_is_refused_or_read_and_breaks_nothing():
    chance = random.Random(4)
    sound = [(LETTER, made.pdf(3)), (PHOTO, made.picture()), (PHOTO, made.picture("PNG")), (WORD, made.word())]
    outcomes = set()
    for _try in range(200):
        paper, raw = chance.choice(sound)
        damaged = bytearray(raw)
        for _place in range(chance.choice([1, 3, 20])):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(papers.look(io.BytesIO(bytes(damaged)), paper).kind)
        except Refusal as refusal:
            outcomes.add(refusal.code)
    assert "paper-broken" in outcomes
