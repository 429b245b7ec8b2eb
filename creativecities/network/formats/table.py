"""One CSV file: text into clean values, or the file, line, column and reason of every fault."""

import csv
import datetime as dt
import io
import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

Parse = Callable[[str], Any]
Columns = Mapping[str, Parse]
A_TEXT = 5000
"""From this length on a cell may hold several lines."""


@dataclass(frozen=True)
class RowError:
    """What is wrong, and where. Line 1 holds the names of the columns; line 0 means the whole file."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return ", ".join(part for part in (f"{self.file}:{self.line}", self.column) if part) + f": {self.reason}"


@dataclass(frozen=True)
class Row:
    """A row that can be read, with the line it begins on."""

    file: str
    line: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def error(self, column: str, reason: str) -> RowError:
        return RowError(self.file, self.line, column, reason)


def read_table(path: Path, columns: Columns, *, optional: bool = False) -> tuple[list[Row], list[RowError]]:
    """Rows and faults of a file. Other columns are left alone; of a row with a fault nothing is kept."""
    if not path.is_file():
        return [], [] if optional else [RowError(path.name, 0, "", _("the file is missing"))]
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    rows: list[Row] = []
    errors: list[RowError] = []
    lines = _lines(text)
    _line, header = next(lines, (1, []))
    if found := _header_errors(path.name, header, columns):
        return [], found
    for line, cells in lines:
        found = _row_errors(path.name, line, header, cells)
        if not found:
            values, found = _values(path.name, line, dict(zip(header, cells, strict=True)), columns)
            rows.append(Row(path.name, line, values))
        errors += found
    return rows, errors


def _header_errors(file: str, header: list[str], columns: Columns) -> list[RowError]:
    missing = [column for column in columns if column not in header]
    twice = [column for column in dict.fromkeys(header) if header.count(column) > 1]
    return [
        *(RowError(file, 1, column, _("the column is missing")) for column in missing),
        *(RowError(file, 1, column, _("the column is there twice")) for column in twice),
    ]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on; blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    for cells in reader:
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _row_errors(file: str, line: int, header: list[str], cells: list[str]) -> list[RowError]:
    errors = []
    for index, cell in enumerate(cells):
        column = header[index] if index < len(header) else ""
        if any("\ud800" <= character <= "\udfff" for character in cell if character > "\u00ff"):
            errors.append(RowError(file, line, column, _("this is not UTF-8")))
        elif not cell.isprintable() and any(
            unicodedata.category(character) == "Cc" for character in cell.replace("\n", "")
        ):
            errors.append(RowError(file, line, column, _("there is a control character")))
    if len(cells) != len(header):
        counts = {"found": len(cells), "wanted": len(header)}
        errors.append(RowError(file, line, "", _("%(found)d cells instead of %(wanted)d") % counts))
    return errors


def _values(file: str, line: int, cells: dict[str, str], columns: Columns) -> tuple[dict[str, Any], list[RowError]]:
    values: dict[str, Any] = {}
    errors = []
    for column, parse in columns.items():
        try:
            values[column] = parse(cells[column])
        except ValueError as fault:
            errors.append(RowError(file, line, column, str(fault)))
    return values, errors


def text(longest: int, *, blank: bool = False) -> Parse:
    """Text without blanks at its ends."""

    def parse(cell: str) -> str:
        value = cell.strip()
        if not value and not blank:
            raise ValueError(_("nothing is written here"))
        if "\n" in value and longest < A_TEXT:
            raise ValueError(_("there is a line break"))
        if len(value) > longest:
            raise ValueError(_("longer than %(longest)d characters") % {"longest": longest})
        return value

    return parse


def number(low: int, high: int, *, blank: bool = False) -> Parse:
    """A whole number between two bounds; an empty cell is None."""

    def parse(cell: str) -> int | None:
        value = cell.strip()
        if not value and blank:
            return None
        if not (value.isascii() and value.removeprefix("-").isdigit()) or len(value) > 12:
            raise ValueError(_("“%(cell)s” is not a whole number") % {"cell": value[:40]})
        if not low <= int(value) <= high:
            raise ValueError(
                _("%(cell)s is not between %(low)d and %(high)d") % {"cell": value, "low": low, "high": high}
            )
        return int(value)

    return parse


def degrees(most: float) -> Parse:
    """Degrees of latitude or longitude."""

    def parse(cell: str) -> float:
        try:
            value = float(cell)
        except ValueError:
            raise ValueError(_("“%(cell)s” is not a number") % {"cell": cell[:40]}) from None
        if not math.isfinite(value) or abs(value) > most:
            raise ValueError(_("%(cell)s is not between -%(most)d and %(most)d") % {"cell": cell[:40], "most": most})
        return value

    return parse


def day(*, blank: bool = False) -> Parse:
    """A day written YYYY-MM-DD; it stays text, as JSON needs it."""

    def parse(cell: str) -> str | None:
        value = cell.strip()
        if not value and blank:
            return None
        try:
            return dt.datetime.strptime(value, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            raise ValueError(_("“%(cell)s” is not a day written YYYY-MM-DD") % {"cell": value[:40]}) from None

    return parse


def choice(*allowed: str) -> Parse:
    """One of a few words."""

    def parse(cell: str) -> str:
        value = cell.strip()
        if value not in allowed:
            words = {"cell": value[:40], "allowed": ", ".join(allowed)}
            raise ValueError(_("“%(cell)s” is none of: %(allowed)s") % words)
        return value

    return parse


def flag(cell: str) -> bool:
    """1 or 0."""
    return bool(choice("0", "1")(cell) == "1")


def several(cell: str) -> list[str]:
    """Texts separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]
