"""A programme as plain data: what is published, exported, read from a file and compared.

It knows neither rows nor files. Intervals are [start, end); instants carry their zone.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

SOURCE = uuid.uuid5(uuid.NAMESPACE_URL, "schedule")
"""From this and where a thing comes from, what has no identifier of its own gets one that stays the same."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, as the public knows them; `guid` is never made from an address."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what it leads to."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A room by the name that stands on its door."""

    name: str
    guid: str = ""
    capacity: int | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a programme. `guid` stays the same through every version, file and program."""

    guid: str
    title: str
    start: dt.datetime
    duration: dt.timedelta
    room: str = ""
    number: int = 0
    slug: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    language: str = ""
    kind: str = ""
    track: str = ""
    url: str = ""
    speakers: tuple[Speaker, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()
    do_not_record: bool = False

    @property
    def end(self) -> dt.datetime:
        """The first moment after it, also on a night in which the clock is put forward or back."""
        return (self.start.astimezone(dt.UTC) + self.duration).astimezone(self.start.tzinfo)


@dataclass(frozen=True, slots=True)
class Programme:
    """All sessions of an edition in one version, with the days and the zone of the place.

    `start` and `end` are days, `end` the first one after the last. Up to `day_change` a session belongs to the day
    before: a night that lasts until two is one day.
    """

    title: str
    acronym: str
    start: dt.date
    end: dt.date
    zone: str
    version: str = ""
    url: str = ""
    rooms: tuple[Room, ...] = ()
    sessions: tuple[Session, ...] = field(default=())
    day_change: dt.time = dt.time(4)

    def day_of(self, session: Session) -> dt.date:
        """The day under which people look for a session."""
        there = session.start.astimezone(ZoneInfo(self.zone))
        return there.date() - dt.timedelta(days=there.time() < self.day_change)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a programme that was read, and where.

    Line 0 means the whole file; `guid` is the session concerned, where it is known.
    """

    line: int
    session: str
    reason: str
    is_left_out: bool = False
    guid: str = ""


def stable_guid(*origin: str) -> str:
    """The same identifier for the same origin, each time it is read."""
    return str(uuid.uuid5(SOURCE, "\n".join(origin)))
