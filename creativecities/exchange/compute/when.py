"""When something was or will be: years or days, as a person writes them and as they are kept."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2}))?")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class When:
    """First and last day, and whether only their years are known."""

    starts_on: dt.date | None
    ends_on: dt.date | None
    precision: str


def read(starts: str, ends: str) -> When:
    """`2024` or `2024-05-31`, digits of any script. Raises ValueError with its reason in the reader's language."""
    first, last = _numbers(starts), _numbers(ends)
    if first and last and len(first) != len(last):
        raise ValueError(_("Write both as years, or both as days."))
    when = When(_day(first, 1, 1), _day(last, 12, 31), "day" if 3 in (len(first), len(last)) else "year")
    if when.starts_on and when.ends_on and when.ends_on < when.starts_on:
        raise ValueError(_("It ends before it begins."))
    return when


def _numbers(text: str) -> tuple[int, ...]:
    if not text.strip():
        return ()
    found = WRITTEN.fullmatch(text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(_("Write a year, such as 2024, or a day, such as 2024-05-31."))
    return tuple(int(part) for part in found.groups() if part)


def _day(numbers: tuple[int, ...], month: int, day: int) -> dt.date | None:
    if not numbers:
        return None
    try:
        return dt.date(*numbers) if len(numbers) == 3 else dt.date(numbers[0], month, day)
    except ValueError:
        raise ValueError(_("There is no such day.")) from None


def written(day: dt.date | None, precision: str) -> str:
    """The way back: what `read` understands."""
    if day is None:
        return ""
    return str(day.year) if precision == "year" else day.isoformat()
