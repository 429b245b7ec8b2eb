"""Several choices side by side: what differs in numbers, and which files not all of them take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from creativecities.calls.compute.board import DIMENSIONS, Board, File


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of cities: how many there are today, and after each choice."""

    key: str
    today: int
    after: tuple[int, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.after)) > 1


def numbers(boards: Sequence[Board]) -> dict[str, list[Row]]:
    """By everything a board counts by, a row for each kind that any of the choices changes."""
    found = {}
    for name in DIMENSIONS:
        rows = [{each.key: each for each in board.dimensions[name]} for board in boards]
        keys = list(dict.fromkeys(key for board in rows for key in board))
        today = {key: next(board[key].today for board in rows if key in board) for key in keys}
        made = [
            Row(key, today[key], tuple(board[key].after if key in board else today[key] for board in rows))
            for key in keys
        ]  # fmt: skip
        found[name] = [row for row in made if any(after != row.today for after in row.after)]
    return found


def differences(files: Sequence[File], choices: Sequence[frozenset[int]]) -> list[tuple[File, tuple[bool, ...]]]:
    """The files that some of the choices take and others do not."""
    marks = [(each, tuple(each.pk in choice for choice in choices)) for each in files]
    return [(each, taken) for each, taken in marks if len(set(taken)) > 1]


def mean_points(files: Mapping[int, File], chosen: Sequence[int], group: str) -> float | None:
    """What the chosen files have in one group of reviewers, on average; None if nobody judged any."""
    points = [value for pk in chosen if pk in files and (value := files[pk].scores.get(group)) is not None]
    return sum(points) / len(points) if points else None
