"""An answer on its way: which one a page was opened with, how far a section has come, and what can be kept at all."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from creativecities.calls.compute.definition import Definition, Item, questions_in
from creativecities.calls.compute.files import is_empty

Place = tuple[str, int]
"""The key of a question, and the row in a block."""
LONGEST = 60_000
"""Characters of one answer: beyond any limit of words, so that a text that is too long is kept and said to be."""
_TOKEN = re.compile(r"(\d{1,9})-([0-9a-f]{12})", re.ASCII)
FORGED = 2**31 - 1
"""A version no answer has: what a page that was tampered with builds on."""


class Opened(NamedTuple):
    """What a page was opened with: the version of an answer, and the mark of its value."""

    version: int
    mark: str

    def __str__(self) -> str:
        return f"{self.version}-{self.mark}"


def box(place: Place) -> str:
    """The name of the box on a page into which this answer is typed."""
    return f"{place[0]}_{place[1]}"


def opened(version: int, value: Any) -> Opened:
    """What a page keeps of an answer that it shows."""
    return Opened(version, mark(value))


def read_opened(text: str) -> Opened:
    """What a page sends back; a forged one builds on no version there is."""
    found = _TOKEN.fullmatch(text)
    return Opened(int(found[1]), found[2]) if found else Opened(FORGED, "")


def mark(value: Any) -> str:
    """By which one knows that a value is the same as before; nothing said is the same in every form."""
    said = None if is_empty(value) else value.strip() if isinstance(value, str) else value
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def is_too_long(value: Any) -> bool:
    """Whether a text is beyond what is kept."""
    return isinstance(value, str) and len(value) > LONGEST


def leaves(definition: Definition, section: str) -> list[tuple[Item, int]]:
    """Every question of a section that takes an answer, in a block in each of its rows."""
    found: list[tuple[Item, int]] = []
    for question in questions_in(definition, section):
        if question["kind"] == "block":
            inside = questions_in(definition, section, question["key"])
            found += [(each, row) for row in range(question["most"] or 1) for each in inside]
        else:
            found.append((question, 0))
    return found


def progress(definition: Definition, section: str, values: Mapping[Place, Any]) -> tuple[int, int]:
    """How many questions of a section are answered, and how many there are; a block is one of them."""
    asked = questions_in(definition, section)
    said = {key for (key, _row), value in values.items() if not is_empty(value)}
    answered = [each for each in asked if said & _keys(definition, each)]
    return len(answered), len(asked)


def _keys(definition: Definition, question: Item) -> set[str]:
    if question["kind"] != "block":
        return {question["key"]}
    return {each["key"] for each in questions_in(definition, question["section"], question["key"])}
