"""`schedule.json`: what `schedule.xml` says, in the form programs of the same family read."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from creativecities.conference.compute.programmes import Fault, Link, Programme, Room, Session
from creativecities.conference.formats.frab import NO_SCHEDULE
from creativecities.conference.formats.layout import acronym, by_day, generator, hours, named, numbered
from creativecities.conference.formats.reading import About, Limits, Raw, Reading, UnreadableError, decoded
from creativecities.conference.formats.sessions import on_one_line, read_programme
from creativecities.core.text import legible

SCHEMA = "https://c3voc.de/schedule/schema.json"
NEAR = 50_000
"""How far on in the file the next session is looked for, to tell its line."""
TEXTS = ("guid", "id", "room", "title", "subtitle", "track", "type", "date", "start", "duration", "language",
         "abstract", "description", "slug", "url")  # fmt: skip


def write(programme: Programme) -> dict[str, Any]:
    """The programme as `schedule.json` has it."""
    last = programme.end - dt.timedelta(days=1)
    numbers = numbered(programme.sessions)
    names = named(programme, numbers)
    days = by_day(programme)
    conference = {
        "acronym": acronym(programme), "title": legible(programme.title), "start": programme.start.isoformat(),
        "end": last.isoformat(), "daysCount": len(days), "timeslot_duration": "00:05",
        "time_zone_name": programme.zone, "rooms": [_room(room) for room in programme.rooms if room.guid],
        "days": [
            {
                "index": index, "date": day.date.isoformat(), "day_start": day.start.isoformat(),
                "day_end": day.end.isoformat(),
                "rooms": {
                    room.name: [_session(programme, session, numbers, names) for session in sessions]
                    for room, sessions in day.rooms
                },
            }
            for index, day in enumerate(days, 1)
        ],
    }  # fmt: skip
    if programme.url:
        conference["url"] = programme.url
    schedule = {"version": programme.version, "conference": conference}
    return {"$schema": SCHEMA, "generator": generator(), "schedule": schedule}


def _room(room: Room) -> dict[str, Any]:
    return {"name": room.name, "guid": room.guid, "description": room.description or None, "capacity": room.capacity}


def _session(programme: Programme, session: Session, numbers: dict[str, int], slugs: dict[str, str]) -> dict[str, Any]:
    start = session.start.astimezone(ZoneInfo(programme.zone))
    texts = {
        "room": session.room, "slug": slugs[session.guid], "title": session.title,
        "subtitle": session.subtitle, "track": session.track, "type": session.kind, "language": session.language,
        "abstract": session.abstract, "description": session.description,
    }  # fmt: skip
    return {
        "id": numbers[session.guid], "guid": session.guid, "date": start.isoformat(), "start": f"{start:%H:%M}",
        "duration": hours(session.duration), "url": session.url or programme.url,
        **{name: legible(text) for name, text in texts.items()},
        "do_not_record": session.do_not_record,
        "persons": [
            {"guid": speaker.guid, "name": legible(speaker.name), "public_name": legible(speaker.name)}
            for speaker in session.speakers
        ],
        "links": [{"url": link.url, "title": legible(link.title)} for link in session.links],
        "attachments": [{"url": link.url, "title": legible(link.title)} for link in session.attachments],
    }  # fmt: skip


def read(content: bytes, *, zone: str, limits: Limits | None = None) -> Reading:
    """A programme from a `schedule.json`, with whatever is wrong with it. `zone` is used where the file names none."""
    limits = limits or Limits()
    try:
        text, faults = decoded(content, limits)
        document = _parsed(text)
    except UnreadableError as error:
        return Reading(None, [Fault(error.line, "", str(error))])
    schedule = _dict(_dict(document).get("schedule"))
    about = _dict(schedule.get("conference"))
    if not about:
        return Reading(None, [Fault(0, "", str(NO_SCHEDULE))])
    reading = read_programme(_about(schedule, about), list(_events(about, text)), zone=zone, limits=limits)
    return Reading(reading.programme, [*faults, *reading.faults])


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(_("From this line on this is no JSON that can be read."), error.lineno) from None
    except (RecursionError, ValueError):  # nested without end; a number of a million digits
        raise UnreadableError(_("This file has more parts than a programme has.")) from None


def _about(schedule: dict[str, Any], about: dict[str, Any]) -> About:
    rooms = [
        Room(on_one_line(_text(room.get("name"))), _text(room.get("guid")), _count(room.get("capacity")),
             _text(room.get("description")))
        for room in map(_dict, _list(about.get("rooms")))
    ]  # fmt: skip
    rooms += [
        Room(on_one_line(name)) for day in map(_dict, _list(about.get("days"))) for name in _dict(day.get("rooms"))
    ]
    return About(
        title=_text(about.get("title")), acronym=_text(about.get("acronym")), start=_text(about.get("start")),
        end=_text(about.get("end")), zone=_text(about.get("time_zone_name")).strip(),
        version=_text(schedule.get("version")), url=_text(about.get("url")) or _text(schedule.get("base_url")),
        rooms=rooms,
    )  # fmt: skip


def _events(about: dict[str, Any], text: str) -> Iterator[Raw]:
    at, line = 0, 1
    for day in map(_dict, _list(about.get("days"))):
        for room, events in _dict(day.get("rooms")).items():
            for event in map(_dict, _list(events)):
                found = text.find(json.dumps(event.get("guid") or event.get("title")), at, at + NEAR)
                line, at = line + text.count("\n", at, max(found, at)), max(found, at)
                yield _event(event, room, _text(day.get("date")), line)


def _event(event: dict[str, Any], room: str, day: str, line: int) -> Raw:
    facts = {name: _text(event.get(name)) for name in TEXTS}
    return Raw(
        line, facts | {"room": facts["room"] or room}, day,
        speakers=[
            {"guid": _text(each.get("guid")), "id": _text(each.get("code")) or _text(each.get("id")),
             "name": _text(each.get("public_name")) or _text(each.get("name")) or _text(each.get("full_public_name"))}
            for each in map(_dict, _list(event.get("persons")))
        ],
        links=_links(event.get("links")), attachments=_links(event.get("attachments")),
        do_not_record=event.get("do_not_record") not in (None, False, "", "false", 0),
    )  # fmt: skip


def _links(links: Any) -> list[Link]:
    return [
        Link(_text(each.get("url")), _text(each.get("title"))) if isinstance(each, dict) else Link(_text(each))
        for each in _list(links)
    ]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """A text or number as text; of texts in several languages the English one, else the first."""
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()), "")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1_000_000 else None
