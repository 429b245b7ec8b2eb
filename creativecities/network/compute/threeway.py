"""Three answers compared: what a file says, what it said last, and what the database holds.

A value that differs from what the file said last was changed by a person, and stays.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A thing as the files describe it. `identity` finds it, `values` are compared."""

    key: str
    identity: Values
    values: Values


@dataclass(frozen=True)
class Memory:
    """What the file said last about a thing, and what of it waits for a decision."""

    values: Values
    pending: Values


@dataclass(frozen=True)
class Change:
    """One value that becomes another."""

    key: str
    column: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Kept:
    """A value of a person that stays, beside what the file says. Without a column: the whole thing was removed here."""

    key: str
    column: str
    mine: Any
    theirs: Any


@dataclass
class Part:
    """The difference for one kind of thing."""

    label: str
    added: list[Record] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    memories: dict[str, Memory] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing to write, not even to remember."""
        return not (self.added or self.changed or self.memories)

    @property
    def touched(self) -> set[str]:
        return {record.key for record in self.added} | set(self.changed)


def compare(
    label: str, wanted: list[Record], held: Mapping[str, Values], remembered: Mapping[str, Memory],
    *, by_hand: Set[str] = frozenset(), whole: bool = False,
) -> Part:  # fmt: skip
    """The difference between the files and the database.

    `by_hand` are keys a person owns. `whole` things, such as a text and its source, are changed together or not at all.
    """
    part = Part(label)
    for record in wanted:
        memory = remembered.get(record.key)
        mine = held.get(record.key)
        if mine is None:
            _missing(part, record, memory)
        else:
            _present(part, record, mine, memory, owned=record.key in by_hand, whole=whole)
    seen = {record.key for record in wanted}
    part.removed = sorted(key for key in remembered if key not in seen and key in held)
    return part


def _missing(part: Part, record: Record, memory: Memory | None) -> None:
    if memory is None:
        part.added.append(record)
        part.memories[record.key] = Memory(record.values, {})
    else:
        part.kept.append(Kept(record.key, "", None, dict(record.values)))


def _present(part: Part, record: Record, mine: Values, memory: Memory | None, *, owned: bool, whole: bool) -> None:
    last = memory.values if memory else {}
    pending = dict(memory.pending) if memory else {}
    differing = [column for column, value in record.values.items() if mine[column] != value]
    theirs = {column for column in differing if not owned and column in last and last[column] == mine[column]}
    if whole and any(mine[column] != value for column, value in last.items()):
        theirs = set()
    for column, value in record.values.items():
        if column not in differing or column in theirs:
            pending.pop(column, None)
        else:
            part.kept.append(Kept(record.key, column, mine[column], value))
            if column not in last or last[column] != value:
                pending[column] = value
    if theirs:
        part.changed[record.key] = [Change(record.key, c, mine[c], record.values[c]) for c in differing if c in theirs]
    fresh = Memory(dict(record.values), pending)
    if memory is None or fresh != Memory(dict(memory.values), dict(memory.pending)):
        part.memories[record.key] = fresh
