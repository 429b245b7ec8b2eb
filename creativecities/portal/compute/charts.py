"""Charts as plain numbers: bars, and members over the years with round ticks. How they look is up to the tags."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Protocol


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
    """One year of a growth: members at its end, how many were designated in it, and the addresses of both."""

    year: int
    total: int
    new: int
    total_url: str
    new_url: str


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth over the years, with its ticks from the top down."""

    columns: tuple[Column, ...]
    ticks: tuple[int, ...]

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
    asked, until = f"?{query}&" if query else "?", f"as_of={as_of}" if as_of else ""
    return Growth(
        columns=tuple(
            Column(
                year=year,
                total=total,
                new=new[year],
                total_url=(asked + (until if year == day.year else f"as_of={year}-12-31")).rstrip("&") if total else "",
                new_url=f"{asked}year={year}&{until}".rstrip("&") if new[year] else "",
            )
            for year, total in zip(years, totals, strict=True)
        ),
        ticks=tuple(round_ticks(max(totals, default=0))),
    )


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
