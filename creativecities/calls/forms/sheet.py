"""A section of a file on its page: questions with their boxes, and blocks with their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from creativecities.calls.compute import reading
from creativecities.calls.compute.answers import Place
from creativecities.calls.compute.definition import Item, languages, questions_in
from creativecities.calls.forms.answers import AnswersForm, Box
from creativecities.calls.queries.writing import Part


@dataclass(frozen=True)
class Row:
    """One repetition of a block."""

    number: int
    boxes: list[Box]

    @property
    def is_used(self) -> bool:
        """Whether anything stands in it."""
        return any(box.is_answered for box in self.boxes)

    @property
    def is_open(self) -> bool:
        """Whether all of it can be written now."""
        return not any(box.is_locked for box in self.boxes)


@dataclass(frozen=True)
class Asked:
    """A question as it stands on the page: one box, or a block with its rows."""

    question: Item
    box: Box | None
    rows: list[Row]
    comments: list[Any]

    @property
    def open_comments(self) -> int:
        """How many of them are not resolved."""
        return sum(each.resolved_at is None for each in self.comments)


class Sheet:
    """The form of a section, as it is or with what was sent."""

    def __init__(self, part: Part, data: Any = None) -> None:
        self.part = part
        self.comments: dict[str, list[Any]] = {}
        self.form = AnswersForm(data, leaves=part.leaves, stored=part.stored, language=part.one.file.language)
        for place, box in self.form.boxes.items():
            box.is_locked = box.field.field.disabled = place not in part.is_open

    @property
    def boxes(self) -> Iterable[Box]:
        """All boxes."""
        return self.form.boxes.values()

    @property
    def asked(self) -> list[Asked]:
        """Its questions, in their order."""
        fallback, reader = languages(self.part.definition), get_language() or "en"
        questions = questions_in(self.part.definition, self.part.section["key"])
        return [self._asked(reading.said(each, reader, fallback)) for each in questions]

    def _asked(self, question: Item) -> Asked:
        said = self.comments.get(question["key"], [])
        if question["kind"] != "block":
            return Asked(question, self.form.boxes[question["key"], 0], [], said)
        numbers = range(question["most"] or 1)
        rows = [Row(row, [self.form.boxes[place] for place in self.row_of(question["key"], row)]) for row in numbers]
        return Asked(question, None, rows, said)

    def row_of(self, block: str, row: int) -> list[Place]:
        """The places of a row of a block."""
        return [(each["key"], row) for each in questions_in(self.part.definition, self.part.section["key"], block)]
