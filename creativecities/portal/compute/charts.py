"""Charts as plain numbers: bars with their share of the longest, and columns over the years with round ticks."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Protocol

STEP = 10.0
HEIGHT = 100.0


class Happened(Protocol):
    """What a growth is made of: how many more members in a year, how many of them newly designated."""

    @property
    def year(self) -> int: ...
    @property
    def more(self) -> int: ...
    @property
    def designated(self) -> int: ...


class Bar(NamedTuple):
    """One row of a bar chart."""

    label: str
    value: int
    url: str = ""
    css: str = ""
    glyph: str = ""


class Column(NamedTuple):
    """One year of a growth: members at its end, and how many were designated in it, as text for the drawing too."""

    year: int
    total: int
    new: int
    x: str
    top: str
    height: str
    new_height: str
    new_url: str
    total_url: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth over the years, drawn in a frame of `width` by 100 with its ticks from the top down."""

    columns: tuple[Column, ...]
    ticks: tuple[int, ...]
    lines: tuple[str, ...]
    width: str

    @property
    def first(self) -> Column | None:
        """The first year with a member."""
        return next((column for column in self.columns if column.total), None)

    @property
    def last(self) -> Column | None:
        return self.columns[-1] if self.columns else None


def growth(changes: Iterable[Happened], *, first_year: int, day: dt.date, as_of: str = "", query: str = "") -> Growth:
    """A column for each year from `first_year` to the day.

    `query` is what the atlas is asked for besides the year, `as_of` the day as it stands in the address, if it does.
    """
    more, new = Counter[int](), Counter[int]()
    for change in changes:
        more[change.year] += change.more
        new[change.year] += change.designated
    years = range(first_year, day.year + 1)
    totals = list(accumulate(more[year] for year in years))
    ticks = round_ticks(max(totals, default=0))
    addresses = _Addresses(query, day, as_of)
    return Growth(
        columns=tuple(
            _column(position, year, total, new[year], top=ticks[0], addresses=addresses)
            for position, (year, total) in enumerate(zip(years, totals, strict=True))
        ),
        ticks=tuple(ticks),
        lines=tuple(f"{HEIGHT * (1 - tick / ticks[0]):g}" for tick in ticks),
        width=f"{STEP * max(1, len(years)):g}",
    )


def _column(position: int, year: int, total: int, new: int, *, top: int, addresses: "_Addresses") -> Column:
    height = HEIGHT * total / top
    return Column(
        year=year,
        total=total,
        new=new,
        x=f"{position * STEP + 1:g}",
        top=f"{HEIGHT - height:.2f}",
        height=f"{height:.2f}",
        new_height=f"{min(height, HEIGHT * new / top):.2f}",
        new_url=addresses.of_new(year) if new else "",
        total_url=addresses.of_total(year) if total else "",
        is_labelled=year % 5 == 0,
    )


class _Addresses:
    """Where the rows behind the two numbers of a year are."""

    def __init__(self, query: str, day: dt.date, as_of: str) -> None:
        self._head = f"?{query}&" if query else "?"
        self._last, self._as_of = day.year, f"as_of={as_of}" if as_of else ""

    def of_new(self, year: int) -> str:
        return f"{self._head}year={year}{self._as_of and '&'}{self._as_of}"

    def of_total(self, year: int) -> str:
        then = f"as_of={year}-12-31" if year < self._last else self._as_of
        return f"{self._head}{then}" if then else self._head.rstrip("&")


def round_ticks(most: int) -> list[int]:
    """Three to five round numbers from a little above `most` down to 0.

    >>> round_ticks(405)
    [500, 400, 300, 200, 100, 0]
    >>> round_ticks(3)
    [3, 2, 1, 0]
    """
    step = 1
    while most > 5 * step:
        step = _next_round(step)
    top = max(step, -(-most // step) * step)
    return list(range(top, -1, -step))


def _next_round(step: int) -> int:
    """1, 2, 5, 10, 20, 50 …"""
    return step * 5 // 2 if str(step)[0] == "2" else step * 2
