"""Charts as plain numbers: bars with their share of the longest, and columns over the years with round ticks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

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


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart. `share` is its length in per cent of the longest, as text with a point."""

    label: str
    value: int
    url: str = ""
    css: str = ""
    glyph: str = ""
    share: str = "0"


@dataclass(frozen=True, slots=True)
class Column:
    """One year of a growth: members at its end, and how many were designated in it, as text for the drawing too."""

    year: int
    total: int
    new: int
    x: str = ""
    top: str = ""
    height: str = ""
    new_height: str = ""
    new_url: str = ""
    total_url: str = ""
    is_labelled: bool = False


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


def bars(rows: Iterable[Bar]) -> list[Bar]:
    """The same rows, each with its share of the longest."""
    rows = list(rows)
    most = max((row.value for row in rows), default=0) or 1
    return [
        Bar(row.label, row.value, row.url, row.css, row.glyph, share=f"{100 * row.value / most:.1f}") for row in rows
    ]


def growth(changes: Sequence[Happened], *, first_year: int, day: dt.date, as_of: str = "", query: str = "") -> Growth:
    """A column for each year from `first_year` to the day.

    `query` is what the atlas is asked for besides the year, `as_of` the day as it stands in the address, if it does.
    """
    columns, total = [], 0
    for year in range(first_year, day.year + 1):
        mine = [change for change in changes if change.year == year]
        total += sum(change.more for change in mine)
        columns.append(Column(year, total, sum(change.designated for change in mine)))
    ticks = round_ticks(max((column.total for column in columns), default=0))
    return Growth(
        columns=tuple(_placed(i, _linked(column, day, as_of, query), ticks[0]) for i, column in enumerate(columns)),
        ticks=tuple(ticks),
        lines=tuple(f"{HEIGHT * (1 - tick / ticks[0]):g}" for tick in ticks),
        width=f"{STEP * max(1, len(columns)):g}",
    )


def _linked(column: Column, day: dt.date, as_of: str, query: str) -> Column:
    """With the addresses of the rows behind its two numbers."""
    its_end = dt.date(column.year, 12, 31)
    then = as_of if its_end >= day else its_end.isoformat()
    return replace(
        column,
        new_url=_query(query, f"year={column.year}", as_of) if column.new else "",
        total_url=_query(query, "", then) if column.total else "",
    )


def _query(*parts: str) -> str:
    *asked, as_of = parts
    return "?" + "&".join([*filter(None, asked), *([f"as_of={as_of}"] if as_of else [])])


def _placed(position: int, column: Column, top: int) -> Column:
    height = HEIGHT * column.total / top
    return replace(
        column,
        x=f"{position * STEP + 1:g}",
        top=f"{HEIGHT - height:.2f}",
        height=f"{height:.2f}",
        new_height=f"{min(height, HEIGHT * column.new / top):.2f}",
        is_labelled=column.year % 5 == 0,
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
