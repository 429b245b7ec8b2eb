"""What a Word file would change in a draft: answer by answer, beside what others wrote meanwhile."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute import answers, reading
from creativecities.calls.compute.answers import Place
from creativecities.calls.compute.definition import Item, languages
from creativecities.calls.formats import word
from creativecities.calls.models import Answer
from creativecities.calls.queries.files import Mine
from creativecities.calls.rules import applications as rules
from creativecities.core.words import Words
from creativecities.network.compute.differences import Piece, differences


@dataclass(frozen=True)
class Line:
    """An answer that the Word file has otherwise: both texts, and who wrote here since it was exported."""

    question: Words
    row: int
    place: Place
    text: str
    pieces: list[Piece]
    opened: int
    exported: int
    by_name: str
    at: dt.datetime | None
    problem: str

    @property
    def name(self) -> str:
        """In the form."""
        return f"{self.place[0]}.{self.place[1]}"

    @property
    def is_older(self) -> bool:
        """Whether somebody wrote here after the export."""
        return self.opened != self.exported


def leaves(one: Mine) -> dict[Place, Item]:
    """Every question that goes to Word, by place."""
    asked = one.definition
    found = [leaf for section in asked["sections"] for leaf in answers.leaves(asked, section["key"])]
    return {(each["key"], row): each for each, row in found if each["kind"] not in word.NOT_IN_WORD}


def exported(one: Mine) -> bytes:
    """The draft as a Word file. One statement."""
    said = {(each.question, each.row): (each.value, each.version) for each in one.file.answers.all()}
    return word.as_word(one.definition, one.file.code, one.file.city_name, said, one.file.language)


def changes(one: Mine, texts: Mapping[Place, str], versions: Mapping[Place, int]) -> list[Line]:
    """The answers that differ and can be written now, in the order of the call. Two statements."""
    stored = {(each.question, each.row): each for each in one.file.answers.all()}
    waits = rules.open_completion(one.file) if one.file.state == states.RETURNED else None
    open_now = {
        place: question for place, question in leaves(one).items()
        if waits is None or rules.covers(waits.items, f"questions/{place[0]}/{place[1]}")
    }  # fmt: skip
    fallback = languages(one.definition)
    found = (
        _line(place, question, fallback, (texts[place], versions.get(place, 0)), stored.get(place))
        for place, question in open_now.items() if place in texts
    )  # fmt: skip
    return [line for line in found if line]


def _line(
    place: Place, question: Item, fallback: list[str], sent: tuple[str, int], there: Answer | None
) -> Line | None:
    before, after = word.as_text(question, there.value if there else ""), sent[0]
    if before.strip() == after.strip():
        return None
    try:
        word.as_value(question, after)
        problem = ""
    except ValueError:
        problem = _("None of the answers to choose from: choose on the page.")
    label = reading.said(question, get_language() or "en", fallback)["label"]
    number, version = place[1] + 1 if question.get("block") else 0, there.version if there else 0
    by_name, at = (there.person_name, there.at) if there else ("", None)
    pieces = differences(before, after)
    return Line(label, number, place, after, pieces, version, sent[1], by_name, at, problem)


def values(one: Mine, texts: Mapping[Place, str]) -> dict[Place, Any]:
    """What is to be saved of the texts that were chosen; those that answer nothing are left out."""
    found: dict[Place, Any] = {}
    for place, question in leaves(one).items():
        if place in texts:
            try:
                found[place] = word.as_value(question, texts[place])
            except ValueError:
                continue
    return found
