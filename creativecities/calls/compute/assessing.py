"""How a city that judges itself by the rubric stands, and what a file will ask of it. Advice, never a verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from creativecities.calls.compute import rubric, scores
from creativecities.calls.compute.definition import GROUPS, Definition, Item


@dataclass(frozen=True)
class Standing:
    """A criterion, where the city sees itself, and what the most points for it would still bring by its weight."""

    criterion: Item
    points: int
    most: int

    @property
    def missing(self) -> int:
        """Points between where it stands and the most there are."""
        return self.most - self.points

    @property
    def gain(self) -> int:
        """Those points by the weight of the criterion."""
        return int(self.criterion["weight"]) * self.missing

    @property
    def is_strength(self) -> bool:
        """Above the middle of the scale, which begins with 1."""
        return self.points * 2 > self.most + 1


@dataclass(frozen=True)
class Mean:
    """What a group's rubric comes to, with the arithmetic; nothing where its weights sum to nothing."""

    group: str
    arithmetic: str
    points: Decimal | None


@dataclass(frozen=True)
class Writing:
    """What a section of the form asks to be written."""

    section: Item
    questions: int
    words: int


def standings(criteria: Iterable[Item], points: Mapping[str, int], most: int) -> list[Standing]:
    """What to work on first comes first; what would bring the same stays in the order of the call."""
    return sorted((Standing(each, points[each["key"]], most) for each in criteria), key=lambda each: -each.gain)


def means(definition: Definition, points: Mapping[str, int]) -> list[Mean]:
    """For each group that judges, by itself: the two are never mixed."""
    return [_mean(group, rows, points) for group in GROUPS if (rows := rubric.criteria_of(definition, group))]


def _mean(group: str, criteria: list[Item], points: Mapping[str, int]) -> Mean:
    found = scores.weighted_mean(points, criteria)
    if found is None:
        return Mean(group, "", None)
    parts = " + ".join(f"{each['weight']} × {points[each['key']]}" for each in criteria)
    whole = sum(each["weight"] for each in criteria)
    return Mean(group, f"({parts}) ÷ {whole}", scores.shown(found))


def writing(sections: Iterable[Item]) -> list[Writing]:
    """By section as `reading.read` gives them: how many questions, and how many words at most, blocks as often as
    they can be answered.
    """
    return [Writing(each, len(each["questions"]), sum(map(_words, each["questions"]))) for each in sections]


def _words(question: Item) -> int:
    if question["kind"] == "block":
        return (question["most"] or 1) * sum(map(_words, question["inside"]))
    return question["words"] or 0


def people(sections: Iterable[Item]) -> list[Item]:
    """Whom the file names: the blocks and questions of the sections that ask for people."""
    return [question for each in sections if each.get("is_personal") for question in each["questions"]]
