"""The timetable of meetings, worked out: two slots at a time, by whole numbers, until nothing better is found.

The whole at once is too much for any solver in a minute; two slots are a matter of a tenth of a second, and turn after
turn of them comes within a percent of the bound. The bound is that of everybody's time, without saying who is with whom
when: it is as high as that of the whole problem without whole numbers wherever both were compared.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from creativecities.conference.compute.linear import Problem, Solution
from creativecities.conference.compute.timetable import (
    FIRST,
    HOUSE,
    LEVELS,
    Pair,
    Reasons,
    Task,
    Timetable,
    changes,
    further,
    seated,
    value,
)  # fmt: skip

AT_ONCE = 1500
"""How many places in time (pair and slot) are planned at once; above it is two slots at a time."""
ROUNDS = 2
"""How often every two slots are looked at together."""
ENOUGH = 0.001
"""What a timetable may lack of the bound, for each meeting, to be good enough: a thousandth of a wish."""
PATIENCE = 30
"""After so many turns that gained nothing there are no more."""


def best(task: Task) -> Timetable:
    """The timetable, with the bound it is measured by, and with what changes if there was one."""
    placed, most = _placed(task)
    meetings, reasons = seated(task, placed), Reasons(task, placed)
    without = sorted(task.by_key.keys() - _met(placed))
    why = {each.pair: reasons.why(each.pair) for each in task.present if each.pair not in placed}
    return Timetable(
        meetings, reasons.waiting(), without, changes(task, meetings, why), value(task, placed), most
    )  # fmt: skip


def _placed(task: Task) -> tuple[dict[Pair, int], float]:
    """When each pair meets, and what no timetable can be worth more than."""
    slots = sorted({slot for open_ in task.open.values() for slot in open_})
    if sum(map(len, task.open.values())) <= AT_ONCE:
        whole = _Turn(task, {}, slots)
        return whole.placed(), whole.solution.bound
    most, placed = bound(task), _stand(task)
    for slot in slots:
        placed = _Turn(task, placed, [slot]).placed()
    placed = _improved(task, placed, slots, most)
    if len(_met(placed)) < len(task.able):
        others = _Turn(task, placed, slots, first_only=True).placed()
        if len(_met(others)) > len(_met(placed)):
            placed = _improved(task, others, slots, most)
    return placed, most


def _met(placed: Mapping[Pair, int]) -> set[int]:
    return {key for two in placed for key in two}


def _stand(task: Task) -> dict[Pair, int]:
    """The meetings there are, as many as can stand together."""
    return _Turn(task, {}, task.tables, among={two: (each.slot,) for two, each in task.standing.items()}).placed()


def _improved(task: Task, placed: dict[Pair, int], slots: Collection[int], most: float) -> dict[Pair, int]:
    now, in_vain = value(task, placed), 0
    for two in ROUNDS * list(_turns(slots)):
        if most - now <= ENOUGH * len(placed) or in_vain >= PATIENCE:
            break
        placed = _Turn(task, placed, two).placed()
        before, now = now, value(task, placed)
        in_vain = 0 if now - before > ENOUGH else in_vain + 1
    return placed


def _turns(slots: Collection[int]) -> Iterator[tuple[int, int]]:
    """Every two slots, those far from each other in the list between those that are near."""
    order = sorted(combinations(range(len(slots)), 2), key=lambda each: (each[1] - each[0], each))
    known = list(slots)
    yield from ((known[one], known[other]) for one, other in order)


class _Turn:
    """The meetings of some slots, all others staying where they are, as a linear problem."""

    def __init__(
        self, task: Task, placed: Mapping[Pair, int], slots: Collection[int], *,
        first_only: bool = False, among: Mapping[Pair, Collection[int]] | None = None,
    ) -> None:  # fmt: skip
        self.task, self.problem = task, Problem()
        self.rest = {two: slot for two, slot in placed.items() if slot not in slots}
        self.first_only = first_only
        self.places = [
            (two, slot)
            for two, open_ in (task.open if among is None else among).items() if two not in self.rest
            for slot in open_ if slot in slots
        ]  # fmt: skip
        for two, slot in self.places:
            less = task.worth[two] if first_only else 0
            self.problem.variable(task.worth_at(two, slot) - less, whole=True)
        self._meet_once()
        self._keep_to_tables()
        self._keep_to_teams()
        self._let_rest()
        self._share_out()

    @cached_property
    def solution(self) -> Solution:
        """What the solver finds."""
        return self.problem.solved()

    def placed(self) -> dict[Pair, int]:
        """All meetings, those of these slots as they are best."""
        here = (place for place, share in zip(self.places, self.solution.taken, strict=False) if share > 0.5)
        return {**self.rest, **dict(here)}

    def _by(self, keys: Callable[[Pair, int], Iterable[Any]]) -> dict[Any, list[int]]:
        """The places by what they take."""
        found: dict[Any, list[int]] = defaultdict(list)
        for at, (two, slot) in enumerate(self.places):
            for key in keys(two, slot):
                found[key].append(at)
        return found

    def _meet_once(self) -> None:
        for places in self._by(lambda two, _slot: [two]).values():
            self.problem.at_most(1, places)

    def _keep_to_tables(self) -> None:
        for slot, places in self._by(lambda _two, slot: [slot]).items():
            self.problem.at_most(self.task.tables[slot], places)
        for (who, slot), places in self._by(lambda two, slot: [(self.task.interpreter(two, slot), slot)]).items():
            if who is not None:
                self.problem.at_most(self.task.interpreters[slot] if who == HOUSE else 1, places)

    def _keep_to_teams(self) -> None:
        self.seats = self._by(lambda two, slot: [(key, slot) for key in two])
        for (key, _slot), places in self.seats.items():
            self.problem.at_most(self.task.by_key[key].parallel, places)

    def _let_rest(self) -> None:
        elsewhere = Counter((key, slot) for two, slot in self.rest.items() for key in two)
        for window in self.task.windows:
            for team in self.task.by_key.values():
                places = [at for slot in window for at in self.seats.get((team.key, slot), ())]
                if places:
                    taken = sum(elsewhere[team.key, slot] for slot in window)
                    self.problem.at_most(self.task.in_row * team.parallel - taken, places)

    def _share_out(self) -> None:
        has = Counter(key for two in self.rest for key in two)
        for key, places in self._by(lambda two, _slot: two).items():
            if not self.first_only:
                _share(self.problem, places, has[key])
            elif not has[key]:
                met = self.problem.variable(FIRST)
                self.problem.limit([(met, 1), *((at, -1) for at in places)], -len(places), 0)


def _share(problem: Problem, meetings: Sequence[int], has: int = 0) -> None:
    """Let each further meeting of a delegation that has some be worth less, and its first one be missed dearly."""
    numbers = range(max(2, has + 1), LEVELS + 1)[: len(meetings)]
    levels = [problem.variable(further(number)) for number in numbers]
    levels.append(problem.variable(0, len(meetings)))
    terms = [*((at, 1.0) for at in meetings), *((level, -1.0) for level in levels)]
    if not has:
        terms.append((problem.variable(-FIRST), 1.0))
    problem.limit(terms, float(not has), float(not has))


def bound(task: Task) -> float:
    """What no timetable can be worth more than: of who meets whom and of everybody's time, not of both together."""
    problem = Problem()
    meet = {two: problem.variable(task.worth[two] + task.held(two)) for two in task.open}
    time: dict[int, dict[int, int]] = defaultdict(dict)
    for key, slot in sorted({(key, slot) for two, slots in task.open.items() for slot in slots for key in two}):
        time[key][slot] = problem.variable(0, task.by_key[key].parallel)
    for key in task.able:
        mine = [meet[two] for two in meet if key in two]
        _share(problem, mine)
        problem.limit([*((at, 1) for at in mine), *((at, -1) for at in time[key].values())], 0, 0)
        for window in task.windows:
            places = [time[key][slot] for slot in window if slot in time[key]]
            problem.at_most(task.in_row * task.by_key[key].parallel, places)
    for slot, tables in task.tables.items():
        problem.at_most(2 * tables, [each[slot] for each in time.values() if slot in each])
    _bound_of_staying(task, problem, meet, time)
    house = [at for two, at in meet.items() if all(task.interpreter(two, slot) == HOUSE for slot in task.open[two])]
    problem.at_most(sum(task.interpreters[slot] for slot in task.tables), house)
    return problem.solved(whole=False).bound


def _bound_of_staying(
    task: Task, problem: Problem, meet: Mapping[Pair, int], time: Mapping[int, Mapping[int, int]]
) -> None:
    """A meeting stays where it is only if it is held, and both have time then."""
    for two, each in task.standing.items():
        stays = problem.variable(task.stays(two))
        for other in (meet[two], *(time[key][each.slot] for key in two)):
            problem.limit([(stays, 1), (other, -1)], float("-inf"), 0)
