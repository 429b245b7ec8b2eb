"""The hall of the fair: rows of places, from which its picture and its list are drawn."""

import datetime as dt
from dataclasses import dataclass
from string import ascii_uppercase

from creativecities.conference.compute.definition import Settings

MOST_ROWS, MOST_IN_ROW = 12, 20
SIDE, GAP, AISLE = 40, 4, 28
"""Of a place, between neighbours, and between pairs of rows that stand back to back; in units of the picture."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one booth stands: its key, and its corner in the picture."""

    key: str
    x: int
    y: int
    side: int = SIDE

    @property
    def middle(self) -> tuple[int, int]:
        """Where its name is written."""
        return self.x + self.side // 2, self.y + self.side // 2


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of a hall, row by row, and until when cities apply for a booth."""

    rows: tuple[int, ...]
    apply_by: dt.date | None

    @property
    def places(self) -> list[Place]:
        """All places: A1, A2, …; two rows stand back to back, then comes an aisle."""
        return [
            Place(f"{ascii_uppercase[row]}{number + 1}", GAP + number * (SIDE + GAP), _above(row))
            for row, wide in enumerate(self.rows)
            for number in range(wide)
        ]

    @property
    def keys(self) -> list[str]:
        """The names of all places."""
        return [place.key for place in self.places]

    @property
    def width(self) -> int:
        """Of the picture."""
        return max(self.rows, default=0) * (SIDE + GAP) + GAP

    @property
    def height(self) -> int:
        """Of the picture."""
        return _above(len(self.rows) - 1) + SIDE + GAP if self.rows else 0


def _above(row: int) -> int:
    return GAP + row * (SIDE + GAP) + (row // 2) * AISLE


def plan(settings: Settings) -> Plan:
    """The plan of an edition; without rows it has no fair, or none yet."""
    said = settings.get("fair") or {}
    day = said.get("apply_by")
    return Plan(tuple(said.get("rows", ())), dt.date.fromisoformat(day) if day else None)
