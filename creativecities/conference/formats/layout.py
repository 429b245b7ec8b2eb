"""How a programme is laid out in the family of `schedule.xml`: by day, by room, with numbers and names of its own."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from zoneinfo import ZoneInfo

from django.conf import settings

from creativecities.conference.compute.programme_changes import in_order
from creativecities.conference.compute.programmes import Programme, Room, Session
from creativecities.network.compute.slug import plain_letters

SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]")
"""What both public schemas accept."""
MOST_DAYS = 60
HIGHEST = 900_000_000
"""Of numbers made of identifiers; ours are UUIDs."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day from one change of days to the next, with the sessions of each room."""

    date: dt.date
    start: dt.datetime
    end: dt.datetime
    rooms: list[tuple[Room, list[Session]]]


def by_day(programme: Programme) -> list[Day]:
    """Every day of the edition and every other on which something is; each has every room, also empty ones."""
    zone = ZoneInfo(programme.zone)
    of: dict[tuple[dt.date, str], list[Session]] = {}
    for session in sorted(programme.sessions, key=in_order):
        of.setdefault((programme.day_of(session), session.room), []).append(session)
    length = min((programme.end - programme.start).days, MOST_DAYS)  # a file may say anything
    days = {programme.start + dt.timedelta(days=number) for number in range(length)} | {day for day, _room in of}
    rooms = {room.name: room for room in programme.rooms}
    for session in programme.sessions:
        rooms.setdefault(session.room, Room(session.room))
    return [
        Day(day, dt.datetime.combine(day, programme.day_change, zone),
            dt.datetime.combine(day + dt.timedelta(days=1), programme.day_change, zone),
            [(room, of.get((day, room.name), [])) for room in rooms.values()])
        for day in sorted(days)
    ]  # fmt: skip


def generator() -> dict[str, str]:
    """By what the file was made: this site."""
    return {"name": settings.SITE["name"]}


def acronym(programme: Programme) -> str:
    """A short name of small letters, digits and low lines, four at least, as the schemas ask."""
    plain = plain_letters(programme.acronym or programme.title).replace("-", "_")
    return plain if len(plain) >= 4 else f"conf_{plain or 'programme'}"


def numbered(sessions: Iterable[Session]) -> dict[str, int]:
    """A number for each session: its own, else one that comes of its identifier; a file holds none twice."""
    rows = sorted(sessions, key=lambda session: (session.number == 0, *in_order(session)))
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for session in rows:
        number = session.number if session.number > 0 else int(session.guid[:8], 16) % HIGHEST + 1
        number = next(free for free in count(number) if free not in taken)
        taken.add(number)
        numbers[session.guid] = number
    return numbers


def named(programme: Programme, numbers: dict[str, int]) -> dict[str, str]:
    """The name of each session in a file: its own if the schemas accept it, with that of the edition or without.

    Where they do not, or another session has it, one is made of number and title.
    """
    short = acronym(programme)
    found: dict[str, str] = {}
    for session in programme.sessions:
        title = plain_letters(session.title) or "session"
        made = f"{short}-{numbers[session.guid]}-{title if len(title) > 2 else f'session-{title}'}"
        fitting = (name for name in (session.slug, f"{short}-{session.slug}") if SLUG.fullmatch(name))
        found[session.guid] = next((name for name in fitting if name not in found.values()), made)
    return found


def hours(length: dt.timedelta) -> str:
    """`1:30` as `01:30`."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
