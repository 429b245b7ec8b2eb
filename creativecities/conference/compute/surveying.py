"""A survey as data: its questions in a reader's language, and its answers counted so that no small group is told.

Nothing here knows who answered: it gets answers, each by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creativecities.core.words import Words, in_language

SCALE, CHOICE, CHOICES, YES_NO, TEXT = KINDS = ("scale", "choice", "choices", "yes-no", "text")
MARKS = ("1", "2", "3", "4", "5")
OPTIONS = {SCALE: (0, 2), CHOICE: range(2, 21), CHOICES: range(2, 21), YES_NO: (0,), TEXT: (0,)}
"""How many lines of options go with which kind; of a scale they say what its ends mean."""
FEWEST = 5
"""Of a group of fewer people nothing is told, nor what it could be reckoned from."""


@dataclass(frozen=True)
class Question:
    """A question as one reader finds it. An answer is the number of an option, a mark, yes or no, or a text."""

    key: str
    kind: str
    label: Words
    guidance: str
    options: list[str]
    """Of a scale: what its first and its last mark mean, if that is said."""
    is_required: bool

    @property
    def values(self) -> Sequence[str]:
        """What can be answered, but for a text."""
        if self.kind == SCALE:
            return MARKS
        return ("yes", "no") if self.kind == YES_NO else [str(at) for at in range(len(self.options))]


def lines(text: str) -> list[str]:
    """The options that are written one to a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def question(item: Mapping[str, Any], reader: str, languages: Sequence[str]) -> Question:
    """One of the questions as they are kept, in the reader's language where it is written in it."""

    def words(name: str) -> Words:
        return Words(*in_language(item.get(name) or {}, reader, languages))

    return Question(
        item["key"], item["kind"], words("label") or Words(item["key"], ""), str(words("guidance")),
        lines(str(words("options"))), bool(item.get("is_required")),
    )  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What was answered to one question, as far as it is told."""

    question: Question
    answered: int | None
    """How many people; of fewer than five it is not told."""
    groups: list[tuple[list[str], int]] = field(default_factory=list)
    """Values that are told together, with how many people gave one of them."""
    untold: list[str] = field(default_factory=list)
    """Values, where several can be chosen, that fewer than five chose, or all but fewer than five."""
    texts: list[str] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether it can be told what was answered."""
        return bool(self.groups or self.texts)

    @property
    def mean(self) -> float | None:
        """Of a scale, reckoned from what is told and so telling no more."""
        if self.question.kind != SCALE or not self.groups or not self.answered:
            return None
        middle = [sum(map(int, values)) / len(values) for values, _number in self.groups]
        return sum(at * number for at, (_values, number) in zip(middle, self.groups, strict=True)) / self.answered


def counted(asked: Question, answers: Iterable[Any]) -> Counted:
    """Count the answers to a question. Texts come in the order of the alphabet: time has left no trace in them."""
    given = list(answers)
    if len(given) < FEWEST:
        return Counted(asked, None)
    if asked.kind == TEXT:
        return Counted(asked, len(given), texts=sorted(given))
    chosen = [value for each in given for value in (each if isinstance(each, list) else [each])]
    numbers = {value: chosen.count(value) for value in asked.values}
    if asked.kind != CHOICES:
        return Counted(asked, len(given), _together(numbers))
    told = _apart(numbers, len(given))
    return Counted(asked, len(given), [([value], number) for value, number in told.items()],
                   [value for value in numbers if value not in told])  # fmt: skip


def _apart(numbers: Mapping[str, int], people: int) -> dict[str, int]:
    """Of several that can be chosen those that are told: no few who chose one, or did not, and no few left over."""
    told = {value: number for value, number in numbers.items() if _is_large(number) and _is_large(people - number)}
    chosen = [value for value, number in told.items() if number]
    if chosen and 0 < people - sum(told.values()) < FEWEST:  # so many at least have chosen none of these
        del told[min(chosen, key=lambda value: told[value])]
    return told


def _is_large(number: int) -> bool:
    return number == 0 or number >= FEWEST


def _together(numbers: Mapping[str, int]) -> list[tuple[list[str], int]]:
    """Neighbours put together until each group is large enough, or empty. One group of all would tell nothing."""
    groups: list[list[str]] = []
    held: list[str] = []

    def size(values: Iterable[str]) -> int:
        return sum(numbers[value] for value in values)

    for value in numbers:
        held.append(value)
        if size(held) >= FEWEST or (len(held) == 1 and not numbers[value]):
            groups.append(held)
            held = []
    while held and groups and not _is_large(size(held)):
        held = [*groups.pop(), *held]
    groups += [held] if held else []
    filled = [each for each in groups if size(each)]
    is_apart = len(filled) > 1 or any(len(each) == 1 for each in filled)
    return [(each, size(each)) for each in groups] if is_apart else []
