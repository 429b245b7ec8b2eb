"""`schedule.xml` as frab, pretalx and their like write and read it.

Written so that the public schema of the format (github.com/voc/schedule, `validator/xsd/schedule.xml.xsd`) accepts it;
what it asks for is listed in docs/schedules.md and held by tests.
"""

import datetime as dt
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Written
from xml.etree.ElementTree import SubElement
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from creativecities.conference.compute.programmes import Fault, Link, Programme, Room, Session
from creativecities.conference.formats.layout import acronym, by_day, generator, hours, named, numbered
from creativecities.conference.formats.markup import Element, parsed
from creativecities.conference.formats.reading import About, Limits, Raw, Reading, UnreadableError, decoded
from creativecities.conference.formats.sessions import on_one_line, read_programme
from creativecities.core.text import legible

NO_SCHEDULE = gettext_lazy("This is not a schedule: no “schedule” with its “conference” is in it.")
TEXTS = ("room", "title", "subtitle", "track", "type", "date", "start", "duration", "language", "abstract",
         "description", "slug", "url")  # fmt: skip


def write(programme: Programme) -> bytes:
    """The programme as `schedule.xml`, in UTF-8."""
    root = Written("schedule")
    SubElement(root, "generator", generator())
    if programme.url:
        _put(root, "url", programme.url)
    _put(root, "version", programme.version)
    _write_about(SubElement(root, "conference"), programme)
    numbers = numbered(programme.sessions)
    names = named(programme, numbers)
    for index, day in enumerate(by_day(programme), 1):
        times = {"start": day.start.isoformat(), "end": day.end.isoformat()}
        part = SubElement(root, "day", {"index": str(index), "date": day.date.isoformat()} | times)
        for room, sessions in day.rooms:
            place = SubElement(part, "room", {"name": legible(room.name)} | ({"guid": room.guid} if room.guid else {}))
            for session in sessions:
                _write_session(place, programme, session, numbers, names)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _write_about(part: Written, programme: Programme) -> None:
    last = programme.end - dt.timedelta(days=1)
    _put(part, "title", programme.title)
    _put(part, "acronym", acronym(programme))
    _put(part, "start", programme.start.isoformat())
    _put(part, "end", last.isoformat())
    _put(part, "days", str((programme.end - programme.start).days))
    _put(part, "timeslot_duration", "00:05")
    if programme.url:
        _put(part, "url", programme.url)
    _put(part, "time_zone_name", programme.zone)


def _write_session(
    place: Written, programme: Programme, session: Session, numbers: dict[str, int], slugs: dict[str, str]
) -> None:
    event = SubElement(place, "event", {"guid": session.guid, "id": str(numbers[session.guid])})
    start = session.start.astimezone(ZoneInfo(programme.zone))
    said = {
        "room": session.room, "title": session.title, "subtitle": session.subtitle, "type": session.kind,
        "date": start.isoformat(), "start": f"{start:%H:%M}", "duration": hours(session.duration),
        "abstract": session.abstract, "slug": slugs[session.guid], "track": session.track,
        "language": session.language, "description": session.description,
    }  # fmt: skip
    for name, text in said.items():
        _put(event, name, text)
    recording = SubElement(event, "recording")
    _put(recording, "license", "")
    _put(recording, "optout", "true" if session.do_not_record else "false")
    persons = SubElement(event, "persons")
    for speaker in session.speakers:
        _put(persons, "person", speaker.name, guid=speaker.guid)
    for name, links in (("link", session.links), ("attachment", session.attachments)):
        part = SubElement(event, f"{name}s")
        for link in links:
            _put(part, name, link.title, href=link.url)
    if session.url:
        _put(event, "url", session.url)


def _put(part: Written, name: str, text: str, **attributes: str) -> None:
    SubElement(part, name, attributes).text = legible(text)


def read(content: bytes, *, zone: str, limits: Limits | None = None) -> Reading:
    """A programme from a `schedule.xml`, with whatever is wrong with it. `zone` is used where the file names none."""
    limits = limits or Limits()
    try:
        text, faults = decoded(content, limits)
        root = parsed(text, limits.elements)
    except UnreadableError as error:
        return Reading(None, [Fault(error.line, "", str(error))])
    about = root.one("conference")
    if root.name != "schedule" or about is None:
        return Reading(None, [Fault(root.line, "", str(NO_SCHEDULE))])
    reading = read_programme(_about(root, about), list(_events(root)), zone=zone, limits=limits)
    return Reading(reading.programme, [*faults, *reading.faults])


def _about(root: Element, about: Element) -> About:
    rooms = [Room(on_one_line(room.attributes.get("name", "")), room.attributes.get("guid", ""))
             for day in root.all("day") for room in day.all("room")]  # fmt: skip
    return About(
        title=about.said("title"), acronym=about.said("acronym"), start=about.said("start"), end=about.said("end"),
        zone=about.said("time_zone_name").strip(), version=root.said("version") or about.said("release"),
        url=about.said("url") or about.said("base_url") or root.said("url"), day_change=about.said("day_change"),
        rooms=rooms,
    )  # fmt: skip


def _events(root: Element) -> Iterator[Raw]:
    for day in root.all("day"):
        for room in day.all("room"):
            for event in room.all("event"):
                yield _event(event, day.attributes.get("date", ""), room.attributes.get("name", ""))


def _event(event: Element, day: str, room: str) -> Raw:
    facts = {name: event.said(name) for name in TEXTS}
    facts |= {name: event.attributes.get(name, "") for name in ("guid", "id")} | {"room": facts["room"] or room}
    recording, persons = event.one("recording"), event.one("persons")
    return Raw(
        event.line, facts, day,
        speakers=[{**person.attributes, "name": person.text} for person in (persons.all("person") if persons else ())],
        links=_links(event, "link"), attachments=_links(event, "attachment"),
        do_not_record=recording is not None and recording.said("optout").strip().lower() in ("true", "1"),
    )  # fmt: skip


def _links(event: Element, name: str) -> list[Link]:
    part = event.one(f"{name}s")
    return [Link(link.attributes.get("href", ""), link.text) for link in part.all(name)] if part else []
