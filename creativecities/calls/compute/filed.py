"""What a city handed in, as people read it: each section with its questions and what was answered."""

from typing import Any

from creativecities.calls.compute.definition import Definition, Item
from creativecities.calls.compute.files import Content, is_empty, rows_of
from creativecities.calls.compute.reading import read


def filed(definition: Definition, content: Content, reader: str) -> list[Item]:
    """The sections of a file; a question has `answers`, and a block `rows` of questions with their answers."""
    sections: list[Item] = read(definition, reader)["sections"]
    return [
        {"label": each["label"], "questions": [_asked(question, content) for question in each["questions"]]}
        for each in sections
    ]


def _asked(question: Item, content: Content) -> Item:
    inside = question["inside"]
    answers = {each["key"]: rows_of(content, each["key"]) for each in inside or [question]}
    used = sorted({row for rows in answers.values() for row, value in rows.items() if not is_empty(value)})
    if not inside:
        return {"label": question["label"], "kind": question["kind"],
                "answers": [_said(question, answers[question["key"]][row]) for row in used]}  # fmt: skip
    rows = [[{"label": each["label"], "kind": each["kind"],
              "answers": [_said(each, value)] if not is_empty(value := answers[each["key"]].get(row)) else []}
             for each in inside] for row in used]  # fmt: skip
    return {"label": question["label"], "kind": "block", "rows": rows}


def _said(question: Item, value: Any) -> Any:
    """A text; what was chosen by its label."""
    if question["kind"] not in ("choice", "choices"):
        return value
    labels = {option["key"]: str(option["label"]) for option in question["options"]}
    chosen = [value] if isinstance(value, str) else value
    return ", ".join(labels.get(key, key) for key in chosen)
