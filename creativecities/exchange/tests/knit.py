"""A network small enough to be counted by hand: A, B, C in Africa, D, E in Europe, F alone."""

import datetime as dt
from typing import Any

from creativecities.exchange.compute.health import Health
from creativecities.exchange.compute.ties import Member, Part, ties

DAY = dt.date(2024, 6, 1)
KEYS = {letter: number for number, letter in enumerate("ABCDEF", start=1)}


def city(letter: str, **facts: Any) -> Member:
    """A and B hold design, the others music; C and E lie in developing countries, E in an LDC."""
    said = {
        "region": "africa" if letter in "ABC" else "europe",
        "field": "design" if letter in "AB" else "music",
        "development": "developing" if letter in "CE" else "developed",
        "is_ldc": letter == "E",
        "joined_on": dt.date(2010, 1, 1),
    } | facts
    return Member(key=KEYS[letter], slug=letter.lower(), name=letter, country="PT", is_sids=False, x=0.0, y=0.0, **said)


MEMBERS = {KEYS[letter]: city(letter) for letter in KEYS}


def part(lead: str, guest: str, year: int | None = 2020, *, confirmed: bool = False) -> Part:
    begins = dt.date(year, 1, 1) if year else None
    return Part(
        f"{lead}-{guest}-{year}".lower(), f"{lead} and {guest}", "en", begins, KEYS[lead], KEYS[guest], confirmed
    )


PARTS = (
    part("A", "B", 2015), part("B", "A", 2018, confirmed=True), part("B", "C"), part("A", "C", 2020),
    part("C", "D", 2021), part("D", "E", None),
)  # fmt: skip


def health(*, day: dt.date = DAY, is_today: bool = True) -> Health:
    return Health(tuple(MEMBERS.values()), tuple(ties(PARTS, MEMBERS, day, is_today=is_today)))
