"""How a programme is laid out in the family of `schedule.xml`: by day, by room, with numbers and names of its own."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from creativecities.conference.compute.programme_changes import in_order
from creativecities.conference.compute.programmes import Programme, Room, Session
from creativecities.network.compute.slug import plain_letters

SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]")
"""What both public schemas accept."""


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
    length = (programme.end - programme.start).days
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
    """A number for each session: its own where it has one; a file holds none twice."""
    rows = sorted(sessions, key=lambda session: (session.number, *in_order(session)))
    numbers: dict[str, int] = {}
    highest = max((session.number for session in rows), default=0)
    taken: set[int] = set()
    for session in rows:
        number = session.number
        if number < 1 or number in taken:
            highest = number = highest + 1
        taken.add(number)
        numbers[session.guid] = number
    return numbers


def named(programme: Programme, numbers: dict[str, int]) -> dict[str, str]:
    """The name of each session in addresses: its own if the schemas accept it and no other has it, else one made."""
    short = acronym(programme)
    found: dict[str, str] = {}
    for session in programme.sessions:
        title = plain_letters(session.title) or "session"
        made = f"{short}-{numbers[session.guid]}-{title if len(title) > 2 else f'session-{title}'}"
        is_fine = SLUG.fullmatch(session.slug) and session.slug not in found.values()
        found[session.guid] = session.slug if is_fine else made
    return found


def hours(length: dt.timedelta) -> str:
    """`1:30` as `01:30`."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
