"""A draft as a Word file for those who consult on it, and the answers that come back in it.

Each answer stands in a box of its own. The line above the box says in hidden letters which answer it is and on which
version it builds, so that rows can be edited, moved and commented in any program without losing their place.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.calls.compute import answers, reading
from creativecities.calls.compute.answers import LONGEST, Place
from creativecities.calls.compute.definition import Definition, Item, languages
from creativecities.core.language import RIGHT_TO_LEFT
from creativecities.core.refusal import Refusal
from creativecities.core.text import fold, legible
from creativecities.network.formats import packages
from creativecities.network.formats.papers import refused

MOST_MEGABYTES = 10
NOT_IN_WORD = ("yes-no", "block")
"""Undertakings are given on the page, by whoever gives them."""
_FILE = re.compile(r"\[\[file/([0-9a-f]{12})\]\]")
_ANSWER = re.compile(r"\[\[([a-z0-9][a-z0-9-]{0,59})/(\d{1,3})/(\d{1,9})\]\]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = (
    f"{_W}del", f"{_W}moveFrom", f"{_W}rt", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)  # fmt: skip
"""What does not count: deleted text, a reading above letters, a drawing that is there once more for old programs."""
_SIGNS = {f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": ""}
"""What programs write as a sign of its own; every other is a new line."""


@dataclass
class Returned:
    """What a Word file brings back: texts by place, and the versions they build on."""

    texts: dict[Place, str] = field(default_factory=dict)
    versions: dict[Place, int] = field(default_factory=dict)


def as_word(
    definition: Definition, code: str, name: str, said: Mapping[Place, tuple[Any, int]], language: str
) -> bytes:
    """The draft as .docx; `said` are the answers with their versions, `language` is that of the answers."""
    from docx import Document  # not before somebody asks for it

    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = name, "", ""
    _paragraph(document, name, "Title")
    _hide(document.paragraphs[-1], f"[[file/{code}]]")
    hint = _("Write in the boxes and leave the lines above them. Tracked changes count as accepted when it comes back.")
    _paragraph(document, hint)
    fallback = languages(definition)
    for section in definition["sections"]:
        _paragraph(document, str(reading.said(section, language, fallback)["label"]), "Heading 1")
        for question, row in answers.leaves(definition, section["key"]):
            if question["kind"] not in NOT_IN_WORD:
                value, version = said.get((question["key"], row), ("", 0))
                mark = f"[[{question['key']}/{row}/{version}]]"
                _box(document, reading.said(question, language, fallback), row, mark, value)
    if language in RIGHT_TO_LEFT:
        _turn(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(document: Any, text: str, style: str | None = None) -> None:
    document.add_paragraph(_plain(text), style)


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _hide(paragraph: Any, mark: str) -> None:
    paragraph.add_run(mark).font.hidden = True


def _box(document: Any, question: Item, row: int, mark: str, value: Any) -> None:
    """Two rows: what is asked, and the answer."""
    table = document.add_table(rows=2, cols=1, style="Table Grid")
    head, cell = table.cell(0, 0).paragraphs[0], table.cell(1, 0)
    number = f" ({row + 1})" if question.get("block") else ""
    head.add_run(_plain(f"{question['label']}{number}")).bold = True
    if question["words"]:
        most = ngettext("%(number)s word at most", "%(number)s words at most", question["words"])
        head.add_run(f" {most % {'number': question['words']}}").italic = True
    if question["options"]:
        head.add_run(": " + _plain(" / ".join(str(each["label"]) for each in question["options"])))
    _hide(head, mark)
    first, *more = _plain(as_text(question, value)).split("\n")
    cell.paragraphs[0].add_run(first)
    for line in more:
        cell.add_paragraph(line)
    document.add_paragraph()


def as_text(question: Item, value: Any) -> str:
    """An answer as it is written in its box; what was chosen by its label, one on each line."""
    if question["options"]:
        chosen = [value] if isinstance(value, str) else value or []
        return "\n".join(_label(each) for each in question["options"] if each["key"] in chosen)
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _label(option: Item) -> str:
    label = option["label"]
    return next(iter(label.values()), "") if isinstance(label, dict) else str(label)


def as_value(question: Item, text: str) -> Any:
    """What a text from a box answers. Raises ValueError where it is none of what can be chosen."""
    if not question["options"]:
        return text if question["kind"] == "text" else " ".join(text.split())
    keys = {fold(words): each["key"] for each in question["options"] for words in each["label"].values() if words}
    chosen = [keys.get(fold(line)) for line in text.split("\n") if line.strip()]
    if None in chosen or (question["kind"] == "choice" and len(chosen) > 1):
        raise ValueError(text)
    return chosen if question["kind"] == "choices" else (chosen[0] if chosen else "")


def _turn(document: Any) -> None:
    """Everything runs from right to left."""
    from docx.oxml import OxmlElement

    for paragraph in document.element.body.iter(f"{_W}p"):
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in document.element.body.iter(f"{_W}r"):
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    for table in document.element.body.iter(f"{_W}tblPr"):
        table.insert(1, OxmlElement("w:bidiVisual"))


def read(raw: bytes, code: str) -> Returned:
    """The answers in a Word file that was exported from the file of this code.

    Raises Refusal for whatever is no such file, and for one of another city's file.
    """
    if not raw:
        raise refused("empty")
    if len(raw) > MOST_MEGABYTES * 1_000_000:
        reason = _("This file is larger than %(most)d MB.") % {"most": MOST_MEGABYTES}
        raise Refusal(reason, code="paper-too-large", status=413)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused("encrypted")
    if not raw.startswith(b"PK"):
        raise refused("not-word")
    try:
        packages.look_into(raw)
        body = _body(raw)
    except packages.NotWord as error:
        raise refused(error.code) from error
    except Exception as error:  # lxml and python-docx raise many kinds; all mean that nothing can be read
        raise refused("broken") from error
    if not (found := _FILE.search(_text(body, hidden=True))) or found[1] != code:
        raise Refusal(
            _("This Word file was not exported from this application."),
            remedy=_("Download it here, and write in that one."), code="word-other-file", status=422,
        )  # fmt: skip
    return _returned(body)


def _body(raw: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(raw)).element.body


def _returned(body: Any) -> Returned:
    """Each box once: of a box that was copied only the first counts."""
    found = Returned()
    for table in body.iter(f"{_W}tbl"):
        rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table]
        mark = _ANSWER.search(_text(rows[0], hidden=True)) if len(rows) > 1 else None
        if mark is None or (place := (mark[1], int(mark[2]))) in found.texts:
            continue
        text = legible("\n".join(_text(row) for row in rows[1:])).strip()
        if len(text) > LONGEST:
            raise Refusal(_("This text is far too long to be kept: shorten it."), code="too-long", status=413)
        found.texts[place], found.versions[place] = text, int(mark[3])
    return found


def _text(part: Any, *, hidden: bool = False) -> str:
    """The text of a part, a paragraph on each line, as it reads when tracked changes are accepted."""
    lines = ("".join(_pieces(each, hidden)) + ("" if _is_joined(each) else "\n") for each in part.iter(f"{_W}p"))
    return "".join(lines).removesuffix("\n")


def _is_joined(paragraph: Any) -> bool:
    """Whether its end was deleted, so that the next one goes on in the same line; or it stands in a copy."""
    marks = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del")
    return marks is not None or any(each.tag in _GONE for each in paragraph.iterancestors())


def _pieces(paragraph: Any, hidden: bool) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}cr", *_SIGNS):
        above = list(node.iterancestors())
        run = next((each for each in above if each.tag == f"{_W}r"), None)
        if run is None or next(each for each in above if each.tag == f"{_W}p") is not paragraph:
            continue
        if any(each.tag in _GONE for each in above) or (not hidden and _is_hidden(run)):
            continue
        yield node.text or "" if node.tag == f"{_W}t" else _SIGNS.get(node.tag, "\n")


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")
