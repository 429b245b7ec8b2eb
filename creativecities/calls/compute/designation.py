"""A choice of cities proposed for stated wishes: the best by points that keeps them, what it costs, and why none does.

Solved as an integer programme. The points of the two groups of reviewers count together only by a weight that is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creativecities.calls.compute import scores
from creativecities.calls.compute.board import File

EXPERT, MEMBER_CITY = "expert", "member-city"
SECONDS = 10
TIME_WAS_OVER = 1
"""What the solver answers with when its seconds are over."""


@dataclass(frozen=True)
class Wishes:
    """What a choice is to keep. `expert_share` is the share of the experts' points, in per cent; 0 is no limit."""

    number: int
    expert_share: int = 50
    from_regions: int = 0
    regions: tuple[str, ...] = ()
    per_field: int = 0
    fields: tuple[str, ...] = ()
    new_countries: int = 0
    per_country: int = 0
    distinct_fields: bool = False


@dataclass(frozen=True)
class Short:
    """A wish that cannot be kept with the others, and by how many cities."""

    wish: str
    by: int
    key: str = ""


@dataclass(frozen=True)
class Proposal:
    """The files chosen, their points, those of the best choice without wishes, and what was left out or is tied.

    Where the `time_was_over`, a better choice may exist, or one at all.
    """

    chosen: tuple[int, ...] = ()
    points: float = 0.0
    best: float = 0.0
    best_chosen: tuple[int, ...] = ()
    unjudged: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    short: tuple[Short, ...] = ()
    time_was_over: bool = False

    @property
    def cost(self) -> float:
        """What the wishes cost in points, per city."""
        return (self.best - self.points) / len(self.chosen) if self.chosen else 0.0


@dataclass
class _Programme:
    """Rows of an integer programme: `low <= sum of columns <= high`."""

    rows: list[dict[int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    wishes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, wish: str, columns: dict[int, float], low: float, high: float, key: str = "") -> None:
        self.rows.append(columns)
        self.low.append(low)
        self.high.append(high)
        self.wishes.append((wish, key))


def combined(file: File, expert_share: int) -> float | None:
    """The points of both groups by the stated weight; None where a group that counts has given none."""
    total = 0.0
    for group, share in ((EXPERT, expert_share), (MEMBER_CITY, 100 - expert_share)):
        points = file.scores.get(group)
        if share and points is None:
            return None
        total += share * (points or 0.0) / 100
    return total


def propose(files: Sequence[File], wishes: Wishes, reached: frozenset[str]) -> Proposal:
    """The best choice that keeps the wishes. `reached` are the countries that have a member today.

    Where no choice keeps them all, `short` says which ones give way if as few cities as possible are missing.
    """
    points = {each.pk: combined(each, wishes.expert_share) for each in files}
    judged = sorted((each for each in files if points[each.pk] is not None), key=lambda each: each.code)
    unjudged = tuple(each.pk for each in files if points[each.pk] is None)
    known = {pk: value for pk, value in points.items() if value is not None}
    best = _without_wishes(judged, known, wishes.number)
    programme, columns = _programme(judged, wishes, reached)
    found, is_late = _solve(programme, [-known[each.pk] for each in judged] + [0.0] * (columns - len(judged)))
    if found is None:
        short, is_late = ([], True) if is_late else _missing(programme, columns)
        return Proposal(unjudged=unjudged, short=tuple(short), time_was_over=is_late)
    chosen = tuple(each.pk for each, value in zip(judged, found, strict=False) if value > 0.5)
    return Proposal(
        chosen, _sum(known, chosen), _sum(known, best), best, unjudged, ties(known, chosen), time_was_over=is_late,
    )  # fmt: skip


def _sum(points: Mapping[int, float], chosen: Sequence[int]) -> float:
    return sum(points[pk] for pk in chosen)


def _without_wishes(judged: Sequence[File], points: Mapping[int, float], number: int) -> tuple[int, ...]:
    ordered = sorted(judged, key=lambda each: (-points[each.pk], each.code))
    return tuple(each.pk for each in ordered[:number])


def ties(points: Mapping[int, float], chosen: Sequence[int]) -> tuple[int, ...]:
    """Files that are not chosen though one with the same points is: somebody has to say why."""
    taken = set(chosen)
    values = {scores.shown(points[pk]) for pk in taken if pk in points}
    return tuple(pk for pk, value in points.items() if pk not in taken and scores.shown(value) in values)


def _programme(files: Sequence[File], wishes: Wishes, reached: frozenset[str]) -> tuple[_Programme, int]:
    """The wishes as rows. One column for each file, then one for each country that would have its first city."""
    made = _Programme()
    everywhere = float(len(files) + 1)
    at = range(len(files))
    made.add("number", dict.fromkeys(at, 1.0), wishes.number, wishes.number)
    if wishes.from_regions:
        there = [i for i in at if files[i].place.region in wishes.regions]
        made.add("from_regions", dict.fromkeys(there, 1.0), wishes.from_regions, everywhere)
    for name in wishes.fields if wishes.per_field else ():
        there = [i for i in at if files[i].place.field == name]
        made.add("per_field", dict.fromkeys(there, 1.0), wishes.per_field, everywhere, name)
    if wishes.per_country:
        for country, there in _groups(files, lambda file: file.place.country).items():
            made.add("per_country", dict.fromkeys(there, 1.0), 0, wishes.per_country, country)
    if wishes.distinct_fields:
        for (country, _field), there in _groups(files, lambda file: (file.place.country, file.place.field)).items():
            made.add("distinct_fields", dict.fromkeys(there, 1.0), 0, 1, country)
    return made, len(files) + _first_cities(made, files, wishes, reached)


def _first_cities(made: _Programme, files: Sequence[File], wishes: Wishes, reached: frozenset[str]) -> int:
    """A country counts once however many of its cities are chosen: its column is at most their sum."""
    if not wishes.new_countries:
        return 0
    groups = _groups(files, lambda file: file.place.counted)
    new = {country: there for country, there in groups.items() if country not in reached}
    for number, there in enumerate(new.values()):
        made.add("", {**dict.fromkeys(there, 1.0), len(files) + number: -1.0}, 0, len(files))
    made.add(
        "new_countries", {len(files) + number: 1.0 for number in range(len(new))}, wishes.new_countries, len(files) + 1
    )
    return len(new)


def _groups(files: Sequence[File], key: Any) -> dict[Any, list[int]]:
    groups: dict[Any, list[int]] = {}
    for position, each in enumerate(files):
        groups.setdefault(key(each), []).append(position)
    return groups


def _solve(
    programme: _Programme, costs: Sequence[float], most: Sequence[float] | None = None
) -> tuple[list[float] | None, bool]:
    """The cheapest choice, None if none keeps every row; and whether the time was over before that was proven."""
    import numpy as np  # read when somebody asks for a proposal, not when the site starts
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    if not costs:
        return (None if any(low > 0 for low in programme.low) else []), False
    cells = [(row, column, value) for row, cells in enumerate(programme.rows) for column, value in cells.items()]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    matrix = coo_array((values, (rows, columns)), shape=(len(programme.rows), len(costs))).tocsr()
    solved = milp(
        np.array(costs),
        constraints=LinearConstraint(matrix, np.array(programme.low), np.array(programme.high)),
        integrality=np.ones(len(costs)), bounds=Bounds(0, np.array(most) if most is not None else 1),
        options={"time_limit": SECONDS},
    )  # fmt: skip
    return None if solved.x is None else [float(value) for value in solved.x], solved.status == TIME_WAS_OVER


def _missing(programme: _Programme, columns: int) -> tuple[list[Short], bool]:
    """Let every wish give way at a price of one a city, and say which ones do in the cheapest choice.

    The number of cities gives way last: it costs more than all the others together. Also whether the time was over.
    """
    relaxed = _Programme(list(map(dict, programme.rows)), list(programme.low), list(programme.high))
    costs, most, gives = [0.0] * columns, [1.0] * columns, {}
    for row, (wish, _key) in enumerate(programme.wishes):
        if not wish:
            continue
        price = 1000.0 if wish == "number" else 1.0
        sign = 1.0 if programme.low[row] else -1.0
        relaxed.rows[row][len(costs)] = sign
        gives[row] = len(costs)
        costs.append(price)
        most.append(float(columns + programme.low[row] + 1))
    found, is_late = _solve(relaxed, costs, most)
    short = [
        Short(wish, round(found[gives[row]]), key)
        for row, (wish, key) in enumerate(programme.wishes)
        if row in gives and found and found[gives[row]] > 0.5
    ]
    return short, is_late
