"""Who meets whom at the exchange fair: what is asked, what a timetable is, what it leaves open, and how two differ.

Docs: `docs/timetable.md`. The timetable itself is worked out in `placing`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

Pair = tuple[int, int]
"""The keys of two delegations, the lower one first."""
MUTUAL, ONE_SIDED, SUGGESTED = 1.0, 0.5, 0.25
"""What a meeting is worth that both wish, one wishes, nobody wishes but matching suggests."""
FIRST, FURTHER = 1000.0, 4.0
"""What the first meeting of a delegation is worth; each further one, from the second (2), half of the one before."""
LEVELS = 9
"""After this many a further meeting is worth nothing to a delegation besides the wish."""
ANNOUNCED, PLANNED, ELSEWHERE, OTHER_TABLE = 40.0, 5.0, 0.5, 0.9
"""What it is worth that a meeting stays, if people were told of it or not; the share at another time, another table."""
HOUSE = 0
"""Where a delegation's own interpreter would stand: an interpreter of the house."""
NO_SLOT, NO_INTERPRETER = "no-slot", "no-interpreter"
"""Never both free; both free, and nobody who interprets."""
FULL, NO_TABLE, TAKEN_INTERPRETER, NO_REST, OTHERS = "full", "no-table", "interpreters-taken", "no-rest", "others-first"
"""One of them meets somebody else; all tables, or interpreters, are taken; too many in a row; others come first."""
GONE, WITHDRAWN = "gone", "withdrawn"
"""A delegation is no longer there; nobody wishes it any more."""
KEPT, MOVED, CANCELLED, NEW = "kept", "moved", "cancelled", "new"
"""What becomes of a meeting when the timetable is worked out again."""


def pair(one: int, other: int) -> Pair:
    """Two delegations, whoever asked."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for meetings, with tables, and interpreters of the house. A pause (a meal, a night) ends a row of them."""

    key: int
    tables: int
    interpreters: int = 0
    is_pause: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """A delegation that is willing to meet: when, at how many tables at once, and in which languages.

    Without languages nobody is asked to interpret. With an interpreter of its own it speaks more, where that is free.
    """

    key: int
    free: frozenset[int]
    parallel: int = 1
    languages: frozenset[str] = frozenset()
    interpreted: frozenset[str] = frozenset()
    interpreting: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """One delegation wishes to meet another; how much, from 0 to 1."""

    of: int
    whom: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two delegations at a table, and whether they were told."""

    pair: Pair
    slot: int
    table: int
    is_announced: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a meeting, and why it is no longer, if it is not."""

    kind: str
    before: Meeting | None
    after: Meeting | None
    reason: str = ""


@dataclass(frozen=True)
class Timetable:
    """Who meets whom; which wishes wait, and why; who has none; what it is worth, and at most could be."""

    meetings: list[Meeting]
    waiting: dict[Pair, str]
    without: list[int]
    changes: list[Change]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far it may be from the best there is, as a share."""
        return max(0.0, self.bound - self.value) / max(abs(self.bound), 1.0)


@dataclass(frozen=True)
class Task:
    """What is to be planned: slots in the order of time, and how many meetings in a row nobody has to exceed.

    `present` is the timetable there is: what can stand of it stays.
    """

    slots: Sequence[Slot]
    teams: Sequence[Team]
    wishes: Sequence[Wish]
    suggestions: Mapping[Pair, float] = field(default_factory=dict)
    in_row: int = 4
    present: Sequence[Meeting] = ()

    @cached_property
    def by_key(self) -> dict[int, Team]:
        """The delegations by their key."""
        return {each.key: each for each in sorted(self.teams, key=lambda each: each.key)}

    @cached_property
    def tables(self) -> dict[int, int]:
        """How many tables there are in each slot in which people meet."""
        return {each.key: each.tables for each in self.slots if not each.is_pause}

    @cached_property
    def interpreters(self) -> dict[int, int]:
        """How many interpreters the house has in each slot."""
        return {each.key: each.interpreters for each in self.slots}

    @cached_property
    def windows(self) -> list[tuple[int, ...]]:
        """Slots that follow each other, one more than may be in a row."""
        rows: list[list[int]] = [[]]
        for slot in self.slots:
            if slot.is_pause:
                rows.append([])
            else:
                rows[-1].append(slot.key)
        width = self.in_row + 1
        return [tuple(row[at : at + width]) for row in rows for at in range(len(row) - self.in_row)]

    @cached_property
    def worth(self) -> dict[Pair, float]:
        """What each meeting is worth that somebody wishes, or that is suggested."""
        wished: dict[Pair, dict[int, float]] = defaultdict(dict)
        for each in self.wishes:
            if each.of != each.whom and {each.of, each.whom} <= self.by_key.keys():
                wished[pair(each.of, each.whom)][each.of] = each.weight
        found = {
            two: (MUTUAL if len(of) == 2 else ONE_SIDED) * sum(of.values()) / len(of) for two, of in wished.items()
        }
        for two, score in self.suggestions.items():
            if two not in found and set(two) <= self.by_key.keys():
                found[two] = SUGGESTED * score
        return dict(sorted(found.items()))

    @cached_property
    def open(self) -> dict[Pair, tuple[int, ...]]:
        """When each of these meetings may be held, whatever else is."""
        found = {two: tuple(slot for slot in self.together(two) if self.can_talk(two, slot)) for two in self.worth}
        return {two: slots for two, slots in found.items() if slots}

    @cached_property
    def able(self) -> list[int]:
        """The delegations that may have a meeting at all."""
        return sorted({key for two in self.open for key in two})

    @cached_property
    def standing(self) -> dict[Pair, Meeting]:
        """The meetings there are that may stay, each seen by itself."""
        return {each.pair: each for each in self.present if each.slot in self.open.get(each.pair, ())}

    def together(self, two: Pair) -> Iterator[int]:
        """When both are free and there is a table at all."""
        one, other = (self.by_key[key] for key in two)
        return (slot for slot, tables in self.tables.items() if tables and slot in one.free and slot in other.free)

    @cached_property
    def helpers(self) -> dict[Pair, list[Team]]:
        """Delegations without a common language, and which of them have an interpreter of their own who speaks both.

        One that sits at several tables has that interpreter at one of them: the other gives its own first.
        """
        found = {}
        for two in self.worth:
            one, other = sorted((self.by_key[key] for key in two), key=lambda each: (each.parallel, each.key))
            if one.languages and other.languages and not one.languages & other.languages:
                both = ((one, other), (other, one))
                found[two] = [each for each, partner in both if each.interpreted & partner.languages]
        return found

    def interpreter(self, two: Pair, slot: int) -> int | None:
        """Whose interpreter they need: nobody's, that of one of them, or one of the house."""
        if two not in self.helpers:
            return None
        return next((each.key for each in self.helpers[two] if slot in each.interpreting), HOUSE)

    def can_talk(self, two: Pair, slot: int) -> bool:
        """Whether they understand each other, or somebody can interpret."""
        return self.interpreter(two, slot) != HOUSE or self.interpreters[slot] > 0

    def held(self, two: Pair) -> float:
        """What is gained because a meeting there is will be held at all."""
        if two not in self.by_pair:
            return 0.0
        return ELSEWHERE * (ANNOUNCED if self.by_pair[two].is_announced else PLANNED)

    def stays(self, two: Pair) -> float:
        """What is gained besides because it is held when it was to be."""
        known = self.by_pair[two]
        share = 1 if known.table <= self.tables[known.slot] else OTHER_TABLE
        return (ANNOUNCED if known.is_announced else PLANNED) * (share - ELSEWHERE)

    def worth_at(self, two: Pair, slot: int) -> float:
        """What a meeting is worth in a slot."""
        known = self.by_pair.get(two)
        return self.worth[two] + self.held(two) + (self.stays(two) if known and known.slot == slot else 0.0)

    @cached_property
    def by_pair(self) -> dict[Pair, Meeting]:
        """The meetings there are."""
        return {each.pair: each for each in self.present}


def further(number: int) -> float:
    """What the second meeting of a delegation is worth besides the wish, the third, and so on: ever less."""
    return FURTHER * 0.5 ** (number - 1) if number <= LEVELS else 0.0


def value(task: Task, placed: Mapping[Pair, int]) -> float:
    """What meetings in these slots are worth, less what it costs to leave somebody without."""
    count = Counter(key for two in placed for key in two)
    shared = sum(further(number) for each in count.values() for number in range(2, each + 1))
    wished = sum(task.worth_at(two, slot) for two, slot in placed.items())
    return wished + shared - FIRST * sum(not count[key] for key in task.able)


def seated(task: Task, placed: Mapping[Pair, int]) -> list[Meeting]:
    """Each meeting at a table: where it was, else where one of the two sat before, else at the first that is free."""
    found: list[Meeting] = []
    before: dict[int, int] = {}
    for slot, tables in task.tables.items():
        here = sorted(two for two, at in placed.items() if at == slot)
        stay = {each.pair: each for each in task.present if each.slot == slot and each.table <= tables}
        at = {two: stay[two].table for two in here if two in stay}
        kept = set(at)
        free = [table for table in range(1, tables + 1) if table not in at.values()]
        for two in here:
            if two not in at:
                wanted = next((before[key] for key in two if before.get(key) in free), free[0])
                free.remove(wanted)
                at[two] = wanted
        before = {key: table for two, table in at.items() for key in two}
        found += [Meeting(two, slot, at[two], two in kept and stay[two].is_announced) for two in here]
    return found


def changes(task: Task, meetings: Sequence[Meeting], reasons: Mapping[Pair, str]) -> list[Change]:
    """What becomes of the meetings there were, and which are new."""
    after = {each.pair: each for each in meetings}
    found = []
    for each in task.present:
        now = after.pop(each.pair, None)
        kind = CANCELLED if now is None else KEPT if (now.slot, now.table) == (each.slot, each.table) else MOVED
        found.append(Change(kind, each, now, reasons[each.pair] if now is None else ""))
    return found + [Change(NEW, None, each) for each in after.values()]


class Reasons:
    """Why a meeting is not in a timetable."""

    def __init__(self, task: Task, placed: Mapping[Pair, int]) -> None:
        self.task, self.placed = task, placed
        self.at = Counter((key, slot) for two, slot in placed.items() for key in two)
        self.used = Counter(placed.values())
        self.spoken = Counter((task.interpreter(two, slot), slot) for two, slot in placed.items())

    def waiting(self) -> dict[Pair, str]:
        """The wishes that wait; what was suggested alone does not count as one."""
        wished = sorted({pair(each.of, each.whom) for each in self.task.wishes if each.of != each.whom})
        return {two: self.why(two) for two in wished if two not in self.placed}

    def why(self, two: Pair) -> str:
        """The reason that is told: of the slot in which least stands against the meeting."""
        task = self.task
        if not set(two) <= task.by_key.keys():
            return GONE
        if two not in task.worth:
            return WITHDRAWN
        if two not in task.open:
            return NO_INTERPRETER if any(task.together(two)) else NO_SLOT
        found = {self._in_slot(two, slot) for slot in task.open[two]}
        order = (OTHERS, NO_TABLE, TAKEN_INTERPRETER, NO_REST, FULL)
        return next(each for each in order if each in found)

    def _in_slot(self, two: Pair, slot: int) -> str:
        task = self.task
        if any(self.at[key, slot] >= task.by_key[key].parallel for key in two):
            return FULL
        if any(self._is_row(key, slot) for key in two):
            return NO_REST
        if (who := task.interpreter(two, slot)) is not None:
            most = task.interpreters[slot] if who == HOUSE else 1
            if self.spoken[who, slot] >= most:
                return TAKEN_INTERPRETER
        return NO_TABLE if self.used[slot] >= task.tables[slot] else OTHERS

    def _is_row(self, key: int, slot: int) -> bool:
        most = self.task.in_row * self.task.by_key[key].parallel
        return any(sum(self.at[key, each] for each in window) >= most for window in self.task.windows if slot in window)
