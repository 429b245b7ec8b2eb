"""What the reviews of a file come to: each group of reviewers by itself, each review by the rubric it was written for.

Experts and member cities are never put into one number. A review that abstains counts for no mean; it is not missing.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from creativecities.calls.compute import rubric
from creativecities.calls.compute.definition import GROUPS, Definition, Item

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Handed:
    """A review that was handed in, as far as numbers go."""

    group: str
    version: int
    points: Mapping[str, int]
    abstains: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """Some values: their mean, how far they lie from it, and the lowest and highest one."""

    values: tuple[float, ...]
    mean: float
    deviation: float

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class OfCriterion:
    """What a group gave for a criterion."""

    criterion: Item
    spread: Spread | None
    disagrees: bool


@dataclass(frozen=True, slots=True)
class OfVersion:
    """The reviews of a group that follow one version of the rubric."""

    version: int
    reviews: int
    criteria: list[OfCriterion]


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What one group of reviewers says of a file. `total` is over the weighted mean of each of its reviews."""

    group: str
    wanted: int
    reviews: int
    abstained: int
    versions: list[OfVersion]
    total: Spread | None
    disagrees: bool

    @property
    def missing(self) -> int:
        """How many reviews the call wants and does not have; who abstains has answered, but for nobody's mean."""
        return max(0, self.wanted - self.reviews)


@dataclass(frozen=True, slots=True)
class Result:
    """What both groups say of a file, side by side."""

    groups: list[OfGroup]
    has_quorum: bool

    @property
    def disagrees(self) -> bool:
        return any(each.disagrees for each in self.groups)


def spread(values: Iterable[float]) -> Spread | None:
    """Mean and standard deviation of all these values; None of no values."""
    found = tuple(values)
    return Spread(found, statistics.fmean(found), statistics.pstdev(found)) if found else None


def weighted_mean(points: Mapping[str, int], criteria: Iterable[Item]) -> float | None:
    """The mean of the points by the weights of their criteria; None where these sum to nothing."""
    given = [(points[each["key"]], each["weight"]) for each in criteria if each["key"] in points]
    whole = sum(weight for _points, weight in given)
    return sum(value * weight for value, weight in given) / whole if whole else None


def result(reviews: Sequence[Handed], versions: Mapping[int, Definition], now: Definition) -> Result:
    """Of one file. `versions` are the rubrics by number, `now` is the newest, which says how many are wanted."""
    scored = sum(not each.abstains for each in reviews)
    groups = [_of_group(name, [each for each in reviews if each.group == name], versions, now) for name in GROUPS]
    return Result(groups, has_quorum=scored >= now["evaluation"]["quorum"])


def _of_group(group: str, reviews: list[Handed], versions: Mapping[int, Definition], now: Definition) -> OfGroup:
    apart = rubric.threshold(now)
    scored = [each for each in reviews if not each.abstains]
    totals = [weighted_mean(each.points, rubric.criteria_of(versions[each.version], group)) for each in scored]
    total = spread(each for each in totals if each is not None)
    parts = [_of_version(number, group, scored, versions[number], apart)
             for number in sorted({each.version for each in scored})]  # fmt: skip
    disagrees = total is not None and total.width >= apart
    return OfGroup(
        group, rubric.wanted(now, group), len(scored), len(reviews) - len(scored), parts, total,
        disagrees or any(each.disagrees for part in parts for each in part.criteria),
    )  # fmt: skip


def _of_version(number: int, group: str, scored: list[Handed], definition: Definition, apart: float) -> OfVersion:
    same = [each for each in scored if each.version == number]
    rows = []
    for criterion in rubric.criteria_of(definition, group):
        given = spread(each.points[criterion["key"]] for each in same if criterion["key"] in each.points)
        rows.append(OfCriterion(criterion, given, disagrees=given is not None and given.width >= apart))
    return OfVersion(number, len(same), rows)


def shown(points: float) -> Decimal:
    """Points as pages show them, to two decimals: what reads alike is alike.

    >>> shown(2.125) == shown(2.13)
    True
    """
    return Decimal(str(points)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def ranked(means: Mapping[Key, float | None]) -> list[tuple[int, Key, float]]:
    """Places from the highest mean down; what reads alike shares a place. What has none is left out.

    >>> ranked({"a": 3.5, "b": 4, "c": 3.5001, "d": None, "e": 1})
    [(1, 'b', 4), (2, 'a', 3.5), (2, 'c', 3.5001), (4, 'e', 1)]
    """
    known = [(key, mean) for key, mean in means.items() if mean is not None]
    read = [shown(mean) for _key, mean in known]
    rows = [(1 + sum(other > mine for other in read), key, mean)
            for (key, mean), mine in zip(known, read, strict=True)]  # fmt: skip
    return sorted(rows, key=lambda row: row[0])
