"""What a group of reviewers judges a file by, and what a change of that asks of a review that was begun before."""

from collections.abc import Mapping
from typing import Any

from creativecities.calls.compute.definition import Definition, Item

DISAGREEMENT = 2
"""How many points apart two reviewers disagree, where a call does not say it."""
POINTS = "points_"
"""What the name of the points of a criterion begins with, on forms."""


def criteria_of(definition: Definition, group: str) -> list[Item]:
    """What a group of reviewers judges, in the order of the call."""
    return [each for each in definition["criteria"] if group in each["groups"]]


def scale(definition: Definition) -> int:
    """The points a criterion has at most; the fewest are 1."""
    return int(definition["evaluation"]["scale"])


def threshold(definition: Definition) -> float:
    """How many points apart two reviewers of a group disagree."""
    return float(definition["evaluation"].get("disagreement") or DISAGREEMENT)


def wanted(definition: Definition, group: str) -> int:
    """How many reviews of a file the call wants of a group."""
    return int(definition["evaluation"][f"{group.replace('-', '_')}_reviews"])


def has_changed(before: Definition, after: Definition, group: str) -> bool:
    """Whether the group judges by something else than before: a criterion, its words or weight, or the scale."""
    return scale(before) != scale(after) or criteria_of(before, group) != criteria_of(after, group)


def usable(points: Mapping[str, int], definition: Definition, group: str) -> dict[str, int]:
    """The points that a rubric still asks for, within its scale."""
    keys = {each["key"] for each in criteria_of(definition, group)}
    return {key: value for key, value in points.items() if key in keys and 1 <= value <= scale(definition)}


def lacking(points: Mapping[str, int], definition: Definition, group: str) -> list[Item]:
    """The criteria without points."""
    given = usable(points, definition, group)
    return [each for each in criteria_of(definition, group) if each["key"] not in given]


def as_fields(said: Mapping[str, Any]) -> dict[str, Any]:
    """A review under the names of its form: each criterion's points for themselves, and the texts."""
    points = {f"{POINTS}{key}": value for key, value in said["scores"].items()}
    return points | {name: said[name] for name in ("for_city", "in_confidence")}
