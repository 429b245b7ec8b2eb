"""Sets of rows of lists as numbers: bit n is the nth row, in the order of names.

Joining and cutting sets are single operations on numbers, and a count is a number of bits. Ten thousand rows are 1,250
bytes a set.
"""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import or_, xor
from typing import Any, TypeVar

FOREVER = dt.date(9999, 12, 31)
FACETS = ("field", "region", "country", "year", "size", "development")
GROUPS = ("ldc", "lldc", "sids")
COLUMNS = (
    "start", "end", "joined_on", "city_id", "field_id", "region_id", "country_id", "year", "size", "development",
    "is_ldc", "is_lldc", "is_sids",
)  # fmt: skip
"""The columns of a row from which sets are made, in the order `of_rows` wants them."""
KEY = "I"
"""How the key of a city is kept: four bytes without sign."""
_AS_DIGITS = bytes.maketrans(b"\0\1", b"01")
_AS_FLAGS = bytes.maketrans(b"01", b"\0\1")
Sets = Mapping[str, Mapping[str, int]]
T = TypeVar("T")


def of_rows(rows: Sequence[Sequence[Any]]) -> dict[tuple[str, str], bytes]:
    """By (facet, value), the set of rows that have it, as bytes; `city` holds the city of each row instead.

    `rows` are the values of COLUMNS, in the order of names.
    """
    length = (len(rows) + 7) // 8
    sets: dict[tuple[str, str], bytearray] = defaultdict(lambda: bytearray(length))
    for number, row in enumerate(rows):
        for key in _of_row(*row):
            sets[key][number >> 3] |= 1 << (number & 7)
    found = {key: bytes(bits) for key, bits in sets.items()}
    return {**found, ("city", ""): array(KEY, [row[3] for row in rows]).tobytes()}


def _of_row(start: dt.date, end: dt.date, joined: dt.date, _city: int, *values: Any) -> Iterator[tuple[str, str]]:
    yield "start", start.isoformat()
    if end != FOREVER:
        yield "end", end.isoformat()
    yield "joined", joined.isoformat()
    yield from zip(FACETS, map(str, values), strict=False)
    yield from (("group", group) for group, belongs in zip(GROUPS, values[len(FACETS) :], strict=True) if belongs)


def read(bits: bytes) -> int:
    """A set as it is kept."""
    return int.from_bytes(bits, "little")


def cities(kept: bytes) -> Sequence[int]:
    """The city of each row."""
    return array(KEY, kept)


def during(sets: Sets, day: dt.date) -> int:
    """The rows of a day: those that have started and not ended."""
    until = day.isoformat()
    return reduce(
        xor, (rows for facet in ("start", "end") for on, rows in sets.get(facet, {}).items() if on <= until), 0
    )


def any_of(sets: Mapping[str, int], values: Iterable[str]) -> int:
    """The rows with one of the values of a facet; nothing has a value nobody knows."""
    return reduce(or_, (sets.get(value, 0) for value in values), 0)


def pick(rows: int, things: Iterable[T]) -> Iterator[T]:
    """Of things that stand one for each row, those of the rows of a set."""
    return compress(things, f"{rows:b}".encode().translate(_AS_FLAGS)[::-1])


def where_among(things: Iterable[T], wanted: Collection[T]) -> int:
    """The rows whose thing is among the wanted ones."""
    return int(bytes(map(wanted.__contains__, things)).translate(_AS_DIGITS)[::-1] or b"0", 2)
