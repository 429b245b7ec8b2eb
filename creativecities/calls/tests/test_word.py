"""A draft goes out as a Word file and its answers come back, whatever was done to it on the way."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml import OxmlElement

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications as actions
from creativecities.calls.formats import word
from creativecities.calls.models import Application, Call, Contributor
from creativecities.calls.queries import applications as queries
from creativecities.calls.tests import kit
from creativecities.calls.tests import papers as made
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
HISTORY = ("history", 0)


@pytest.fixture
def file(call: Call, rui: Person) -> Application:
    file = kit.begun(call, rui)
    said = {HISTORY: "Lamps\nof the river", ("local-title", 1): "Second", ("budget", 0): "40000"}
    actions.save_answers(file, said, opened={}, by=rui)
    return file


@pytest.fixture
def desk(client: Any, rui: Person) -> Any:
    return team.sign_in(client, rui)


def export(desk: Any, file: Application) -> Any:
    return Document(io.BytesIO(desk.get(f"/applications/{file.code}/draft.docx").content))


def box(document: Any, key: str, row: int = 0) -> Any:
    """The cell in which an answer stands."""
    return next(each for each in document.tables if f"[[{key}/{row}/" in each.cell(0, 0).text).cell(1, 0)


def raw_of(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def send(desk: Any, file: Application, raw: bytes) -> Any:
    return desk.post(f"/applications/{file.code}/word/", {"file": SimpleUploadedFile("draft.docx", raw)})


def typed(page: Any, *take: str) -> dict[str, str]:
    """The form of the page that compares, with these answers marked."""
    sent: dict[str, str] = {}
    for line in page.context["lines"]:
        sent |= {
            f"text-{line.name}": line.text, f"opened-{line.name}": str(line.opened),
            f"exported-{line.name}": str(line.exported),
        }  # fmt: skip
    return sent | {f"take-{name}": "1" for name in take}


def answer(file: Application, key: str = "history", row: int = 0) -> Any:
    found = file.answers.filter(question=key, row=row).first()
    return found.value if found else None


def test_what_nobody_touched_changes_nothing(desk: Any, file: Application):
    document = export(desk, file)
    assert box(document, "history").text == "Lamps\nof the river"
    page = send(desk, file, raw_of(document))
    assert (page.status_code, page.context["lines"]) == (200, [])


def test_answers_come_back_one_by_one_as_they_are_chosen(desk: Any, file: Application):
    document = export(desk, file)
    box(document, "history").text = "Lamps and chairs"
    box(document, "local-title", 1).text = "The second one"
    page = send(desk, file, raw_of(document))
    assert [line.name for line in page.context["lines"]] == ["history.0", "local-title.1"]
    assert "<ins>" in page.content.decode()
    assert answer(file) == "Lamps\nof the river"
    desk.post(f"/applications/{file.code}/word/take/", typed(page, "history.0"))
    assert (answer(file), answer(file, "local-title", 1)) == ("Lamps and chairs", "Second")


def test_tracked_changes_hidden_words_and_moved_boxes_are_understood(desk: Any, file: Application):
    document = export(desk, file)
    cell = box(document, "history")
    paragraph = cell.paragraphs[1]
    for tag, words in (("w:ins", " new"), ("w:del", " old")):
        change = OxmlElement(tag)
        run = paragraph.add_run(words)._r
        paragraph._p.append(change)
        change.append(run)
    paragraph.add_run(" a secret").font.hidden = True
    table = cell._tc.getparent().getparent()
    table.getparent().append(table)
    lines = send(desk, file, raw_of(document)).context["lines"]
    assert [(line.name, line.text) for line in lines] == [("history.0", "Lamps\nof the river new")]


def test_what_somebody_wrote_since_the_export_is_shown_and_not_marked(desk: Any, file: Application):
    document = export(desk, file)
    box(document, "history").text = "From Word"
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="editor")
    actions.save_answers(file, {HISTORY: "From Eva"}, opened={HISTORY: 1}, by=eva)
    page = send(desk, file, raw_of(document))
    assert ("Eva Exemplo wrote here" in page.content.decode(), " checked" in page.content.decode()) == (True, False)
    sent = typed(page, "history.0")
    actions.save_answers(file, {HISTORY: "From Eva again"}, opened={HISTORY: 2}, by=eva)
    again = desk.post(f"/applications/{file.code}/word/take/", sent)
    assert (again.status_code, answer(file)) == (409, "From Eva again")
    assert "From Word" in again.content.decode()
    desk.post(f"/applications/{file.code}/word/take/", typed(again, "history.0"))
    assert answer(file) == "From Word"


def test_choices_come_back_by_their_words_in_any_language_of_the_call():
    options = [
        {"key": "a", "label": {"en": "Lamps", "fr": "Lampes"}},
        {"key": "b", "label": {"en": "Chairs", "fr": ""}},
    ]
    question = {"kind": "choices", "options": options}
    assert word.as_value(question, "lampes\nChairs") == ["a", "b"]
    assert word.as_text(question, ["a", "b"]) == "Lamps\nChairs"
    assert word.as_value({**question, "kind": "choice"}, "") == ""
    for text, kind in (("Tables", "choice"), ("Lamps\nChairs", "choice"), ("Tables", "choices")):
        with pytest.raises(ValueError, match=text):
            word.as_value({**question, "kind": kind}, text)


def test_a_file_in_arabic_runs_from_right_to_left(file: Application):
    said = {HISTORY: ("مدينة المصابيح", 1)}
    raw = word.as_word(queries.definition_of(file), file.code, file.city_name, said, "ar")
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        text = package.read("word/document.xml").decode()
    assert ("<w:bidi/>" in text, "<w:rtl/>" in text, "w:bidiVisual" in text) == (True, True, True)
    assert word.read(raw, file.code).texts[HISTORY] == "مدينة المصابيح"


def test_foreign_and_hostile_files_are_refused_in_words(desk: Any, file: Application, call: Call, rui: Person):
    other = kit.begun(call, rui, "Sedia")
    foreign = raw_of(export(desk, other))
    mine = desk.get(f"/applications/{file.code}/draft.docx").content
    with zipfile.ZipFile(io.BytesIO(mine)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    entities = parts["word/document.xml"].replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 1)
    bad = {
        "not exported": foreign, "empty": b"", "not a Word file": b"Dear colleagues", "damaged": mine[:500],
        "macros": made.package(parts | {"word/vbaProject.bin": b"macro"}),
        "unfolds": made.package(parts | {"word/media/a.xml": b"0" * 30_000_000}),
        "unfolds to": made.package(parts | {"word/document.xml": entities}),
        "protected": b"\xd0\xcf\x11\xe0 with a password",
    }  # fmt: skip
    for words, raw in bad.items():
        page = send(desk, file, raw)
        assert (page.status_code, words in page.content.decode()) == (422, True), words
    assert answer(file) == "Lamps\nof the river"


def test_marks_of_other_questions_and_turned_words_bring_nothing_in(desk: Any, file: Application):
    document = export(desk, file)
    box(document, "history").text = "right \u202eto left"
    copied = box(document, "budget")._tc.getparent().getparent()
    head = document.tables[0].cell(0, 0).paragraphs[0]
    head.add_run("[[undertaking-inform/0/0]]")
    copied.getparent().append(copied)
    lines = send(desk, file, raw_of(document)).context["lines"]
    assert [(line.name, line.text) for line in lines] == [("history.0", "right to left")]
    forged = {"text-undertaking-inform.0": "true", "take-undertaking-inform.0": "1", "text-nothing.0": "a"}
    desk.post(f"/applications/{file.code}/word/take/", forged)
    assert answer(file, "undertaking-inform") is None


def test_a_reader_takes_nothing_and_an_outsider_finds_nothing(desk: Any, file: Application, new_client: Any):
    raw = desk.get(f"/applications/{file.code}/draft.docx").content
    outsider = team.sign_in(new_client(), people.person())
    assert outsider.get(f"/applications/{file.code}/draft.docx").status_code == 404
    assert send(outsider, file, raw).status_code == 404
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="reader")
    reader = team.sign_in(new_client(), eva)
    assert send(reader, file, raw).status_code == 403
    sent = {"text-history.0": "Mine", "opened-history.0": "1", "exported-history.0": "1", "take-history.0": "1"}
    assert reader.post(f"/applications/{file.code}/word/take/", sent).status_code == 403
    assert answer(file) == "Lamps\nof the river"


def test_a_text_beyond_what_is_kept_is_refused(file: Application):
    said = {HISTORY: ("a" * 60_001, 1)}
    raw = word.as_word(queries.definition_of(file), file.code, file.city_name, said, "en")
    with pytest.raises(Refusal, match="far too long"):
        word.read(raw, file.code)
