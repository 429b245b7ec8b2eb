"""Who reads which file: the best plan there is, proven, and a simple one to compare it with.

A plan is a flow: from each file's places in a pool, through the regions of the world, to reviewers and their load.
That makes the best plan a matter of seconds, and its proof exact. What counts, in this order: every place is filled;
reviewer and file fit, by field and by meaning; the reviewers of a file come from different regions; nobody carries more
than a fair load.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from creativecities.search.compute.vectors import Rows

Pair = tuple[int, int]
"""The key of a file, and that of a reviewer."""
FIELD, MEANING = 0.6, 0.4
"""What a pair is worth that fits by field, and one whose texts mean the same: together 1."""
SPREAD = 0.3
"""What another region among the reviewers of a file is worth."""
OVER = 0.2
"""What each file above a fair load costs."""
EMPTY = 10.0
"""What a place costs that stays empty: more than any plan can gain by it."""
SECONDS = 60.0
CONFLICT, OTHER_LANGUAGE, OTHER_FIELD, GIVEN_BACK, FULL = "conflict", "language", "field", "given-back", "full"
"""Why a reviewer does not get a file."""


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """A file to be read."""

    key: int
    field: str
    language: str
    vector: "Rows | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Somebody who reads files: up to `most`, in these languages. `body` is the city for which several may read."""

    key: int
    group: str
    fields: frozenset[str]
    languages: frozenset[str]
    region: str
    most: int
    body: int | None = None
    vector: "Rows | None" = None


@dataclass(frozen=True, slots=True)
class Short:
    """Places of a file that stay empty in a pool, and what stands against its reviewers, how often."""

    file: int
    group: str
    missing: int
    causes: dict[str, int]


@dataclass(frozen=True)
class Plan:
    """New pairs with what each is worth; what could not be filled; what the whole is worth, and at most could be."""

    pairs: dict[Pair, float]
    short: list[Short]
    value: float
    bound: float

    @property
    def missing(self) -> int:
        """How many places stay empty."""
        return sum(each.missing for each in self.short)

    @property
    def gap(self) -> float:
        """How far the plan may be from the best there is, as a share."""
        return max(0.0, self.bound - self.value) / max(abs(self.bound), 1.0)


@dataclass(frozen=True)
class Task:
    """What is to be planned: how many of each pool for each file, among whom, besides what is kept."""

    files: Sequence[File]
    readers: Sequence[Reader]
    wanted: Mapping[str, int]
    conflicts: Collection[Pair] = ()
    given_back: Collection[Pair] = ()
    kept: Collection[Pair] = ()
    strict: Collection[str] = field(default=("member-city",))
    """Pools whose members judge files of their own field alone."""

    @cached_property
    def load(self) -> Counter[int]:
        """How many files each reader keeps."""
        return Counter(reader for _file, reader in self.kept)

    @cached_property
    def by_group(self) -> dict[str, list[Reader]]:
        """The readers of each pool."""
        return {group: [each for each in self.readers if each.group == group] for group in self.wanted}

    @cached_property
    def kept_by_file(self) -> dict[int, list[Reader]]:
        """Who reads each file already."""
        known, found = {each.key: each for each in self.readers}, defaultdict(list)
        for file, reader in self.kept:
            if reader in known:
                found[file].append(known[reader])
        return found

    def missing(self, file: File, group: str) -> int:
        """How many of a pool a file still lacks."""
        return max(0, self.wanted[group] - sum(each.group == group for each in self.kept_by_file.get(file.key, ())))

    def hindrance(self, file: File, reader: Reader) -> str:
        """Why this reader cannot be given this file, whatever the load; empty: nothing."""
        pair = (file.key, reader.key)
        if pair in self._conflicts:
            return CONFLICT
        if pair in self._given_back:
            return GIVEN_BACK
        if reader.group in self.strict and file.field not in reader.fields:
            return OTHER_FIELD
        return "" if file.language in reader.languages else OTHER_LANGUAGE

    @cached_property
    def _conflicts(self) -> frozenset[Pair]:
        return frozenset(self.conflicts)

    @cached_property
    def _given_back(self) -> frozenset[Pair]:
        return frozenset(self.given_back)

    @cached_property
    def pairs(self) -> list[tuple[File, Reader, float]]:
        """Every pair that may be, and what it is worth. No pair in conflict is ever among them."""
        kept, found = frozenset(self.kept), []
        for group, readers in self.by_group.items():
            free = [each for each in readers if each.most > self.load[each.key]]
            for file in self.files if free else ():
                taken = {each.body for each in self.kept_by_file.get(file.key, ())} - {None}
                if not self.missing(file, group):
                    continue
                found += [
                    (file, each, worth(file, each)) for each in free
                    if (file.key, each.key) not in kept and each.body not in taken and not self.hindrance(file, each)
                ]  # fmt: skip
        return found

    @cached_property
    def hopeless(self) -> int:
        """How many places nobody at all can fill."""
        open_to = {(file.key, reader.group) for file, reader, _value in self.pairs}
        return sum(
            self.missing(file, group)
            for file in self.files for group in self.wanted if (file.key, group) not in open_to
        )  # fmt: skip

    @cached_property
    def fair(self) -> dict[str, int]:
        """How many files each of a pool reads if all read alike."""
        places = {group: self.wanted[group] * len(self.files) for group in self.wanted}
        able = {group: sum(each.most > 0 for each in readers) for group, readers in self.by_group.items()}
        return {group: -(-places[group] // max(1, able[group])) for group in self.wanted}


def worth(file: File, reader: Reader) -> float:
    """How well a reader fits a file, from 0 to 1."""
    return FIELD * (file.field in reader.fields) + MEANING * likeness(file, reader)


def likeness(file: File, reader: Reader) -> float:
    """How near what the file says is to what the reader knows; 0 where one of them is not told."""
    if file.vector is None or reader.vector is None:
        return 0.0
    return min(1.0, max(0.0, float(file.vector @ reader.vector)))


def best(task: Task) -> Plan:
    """The best plan, with the bound that proves it."""
    chosen, bound = _Flow(task).solved() if task.pairs else ([], 0.0)
    return _plan(task, [task.pairs[at] for at in chosen], bound - EMPTY * task.hopeless)


def greedy(task: Task) -> Plan:
    """A simple plan: turn by turn every file, the hardest first, takes whoever fits it best then."""
    open_to: dict[tuple[int, str], list[tuple[File, Reader, float]]] = defaultdict(list)
    for pair in task.pairs:
        open_to[pair[0].key, pair[1].group].append(pair)
    load, chosen = Counter(task.load), list[tuple[File, Reader, float]]()
    there = {key: list(readers) for key, readers in task.kept_by_file.items()}
    for turn in range(max(task.wanted.values(), default=0)):
        for (key, group), pairs in sorted(open_to.items(), key=lambda each: (len(each[1]), each[0])):
            if turn >= task.missing(pairs[0][0], group):
                continue
            beside = there.setdefault(key, [])
            if fitting := [each for each in pairs if _fits(each[1], beside, load)]:
                pick = max(fitting, key=lambda each: _gain(task, each, beside, load))
                chosen.append(pick)
                beside.append(pick[1])
                load[pick[1].key] += 1
    return _plan(task, chosen, None)


def _fits(reader: Reader, beside: Iterable[Reader], load: Mapping[int, int]) -> bool:
    if load[reader.key] >= reader.most:
        return False
    return all(other.key != reader.key and (reader.body is None or other.body != reader.body) for other in beside)


def _gain(task: Task, pair: tuple[File, Reader, float], beside: Iterable[Reader], load: Mapping[int, int]) -> float:
    _file, reader, value = pair
    is_new = all((other.group, other.region) != (reader.group, reader.region) for other in beside)
    return value + SPREAD * is_new - OVER * (load[reader.key] >= task.fair[reader.group])


def _plan(task: Task, chosen: Sequence[tuple[File, Reader, float]], bound: float | None) -> Plan:
    """What a choice is worth, counted anew from the pairs alone."""
    pairs = {(file.key, reader.key): value for file, reader, value in chosen}
    load, kept_load = task.load + Counter(reader for _file, reader in pairs), task.load
    given: dict[int, list[Reader]] = defaultdict(list)
    for file, reader, _value in chosen:
        given[file.key].append(reader)
    spread = over = 0
    for file in task.files:
        kept = {(each.group, each.region) for each in task.kept_by_file.get(file.key, ())}
        spread += len({(each.group, each.region) for each in given[file.key]} - kept)
    for reader in task.readers:
        fair = max(task.fair.get(reader.group, 0), kept_load[reader.key])
        over += max(0, load[reader.key] - fair)
    short = list(_short(task, given, load))
    plan = Plan(pairs, short, 0.0, 0.0)
    value = sum(pairs.values()) + SPREAD * spread - OVER * over - EMPTY * plan.missing
    return replace(plan, value=value, bound=value if bound is None else bound)


def _short(task: Task, given: Mapping[int, Sequence[Reader]], load: Mapping[int, int]) -> Iterator[Short]:
    for group, readers in task.by_group.items():
        for file in task.files:
            missing = task.missing(file, group) - sum(each.group == group for each in given[file.key])
            if missing <= 0:
                continue
            there = {each.key for each in (*task.kept_by_file.get(file.key, ()), *given[file.key])}
            causes = Counter(
                task.hindrance(file, each) or (FULL if load[each.key] >= each.most else "")
                for each in readers if each.key not in there and each.most
            )  # fmt: skip
            yield Short(file.key, group, missing, {cause: number for cause, number in causes.items() if cause})


class _Flow:
    """The plan as a linear problem over four kinds of variables, all whole by the shape of a flow.

    A pair is chosen or not; a file has, or has not, a reader of a region in a pool; a reader reads so many files above
    a fair load; so many places stay empty.
    """

    def __init__(self, task: Task) -> None:
        self.task, self.pairs = task, task.pairs
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._values: list[float] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self.costs = [-value for _file, _reader, value in self.pairs]
        self.most = [1.0] * len(self.pairs)
        self._fill_places()
        self._limit_loads()
        self._spread_regions()
        self._keep_bodies_apart()

    def _variable(self, cost: float, most: float) -> int:
        self.costs.append(cost)
        self.most.append(most)
        return len(self.costs) - 1

    def _constrain(self, terms: Iterable[tuple[int, float]], lower: float, upper: float) -> None:
        row = len(self._lower)
        for column, value in terms:
            self._rows.append(row)
            self._columns.append(column)
            self._values.append(value)
        self._lower.append(lower)
        self._upper.append(upper)

    def _grouped(self, key: Any) -> dict[Any, list[int]]:
        """The pairs by something that file and reader have."""
        found: dict[Any, list[int]] = defaultdict(list)
        for at, (file, reader, _value) in enumerate(self.pairs):
            found[key(file, reader)].append(at)
        return found

    def _fill_places(self) -> None:
        files = {each.key: each for each in self.task.files}
        for (key, group), pairs in self._grouped(lambda file, reader: (file.key, reader.group)).items():
            missing = self.task.missing(files[key], group)
            empty = self._variable(EMPTY, missing)
            self._constrain([*((at, 1) for at in pairs), (empty, 1)], missing, missing)

    def _limit_loads(self) -> None:
        for reader, pairs in self._grouped(lambda _file, reader: reader).items():
            kept = self.task.load[reader.key]
            room, fair = reader.most - kept, max(0, self.task.fair[reader.group] - kept)
            self._constrain([(at, 1) for at in pairs], 0, room)
            if fair < min(room, len(pairs)):
                over = self._variable(OVER, room - fair)
                self._constrain([*((at, 1) for at in pairs), (over, -1)], -room, fair)

    def _spread_regions(self) -> None:
        kept = {(key, each.group, each.region) for key, readers in self.task.kept_by_file.items() for each in readers}
        for place, pairs in self._grouped(lambda file, reader: (file.key, reader.group, reader.region)).items():
            if place not in kept:
                has = self._variable(-SPREAD, 1)
                self._constrain([(has, 1), *((at, -1) for at in pairs)], -len(pairs), 0)

    def _keep_bodies_apart(self) -> None:
        for (_key, body), pairs in self._grouped(lambda file, reader: (file.key, reader.body)).items():
            if body is not None and len(pairs) > 1:
                self._constrain([(at, 1) for at in pairs], 0, 1)

    def solved(self) -> tuple[list[int], float]:
        """The places of the chosen pairs, and the value that no plan exceeds."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        shape = len(self._lower), len(self.costs)
        matrix = csr_array((self._values, (self._rows, self._columns)), shape=shape)
        is_pair = np.zeros(shape[1])
        is_pair[: len(self.pairs)] = 1
        found = milp(
            np.array(self.costs), integrality=is_pair, bounds=Bounds(0, np.array(self.most)),
            constraints=LinearConstraint(matrix, self._lower, self._upper),
            options={"time_limit": SECONDS, "mip_rel_gap": 1e-4},
        )  # fmt: skip
        if found.x is None:
            raise RuntimeError(found.message)
        return list(np.flatnonzero(found.x[: len(self.pairs)] > 0.5)), -found.mip_dual_bound
