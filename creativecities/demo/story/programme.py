"""The programme of an edition of the story: rooms, sessions, who speaks; released, and released again."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from creativecities.accounts.models import Person
from creativecities.conference.actions import programme as planning
from creativecities.conference.actions import releases
from creativecities.conference.models import Delegate, Edition, Release, Room, Session
from creativecities.conference.queries import releases as drafts
from creativecities.conference.rules.programme import LISTENERS
from creativecities.demo.story import clock
from creativecities.demo.story.files import rows, several
from creativecities.demo.story.gathering import DAY, LANGUAGES
from creativecities.network.models import CreativeField


def plan(edition: Edition, name: str, on: dt.datetime, *, by: Person) -> int:
    """Rooms, then the sessions of this edition with those who speak. Says how many."""
    fields, speakers = CreativeField.objects.in_bulk(), _speakers(edition)
    told = [row for row in rows("sessions") if name in several(row["editions"])]
    with clock.at(on):
        rooms = {row["key"]: _room(edition, row, by=by) for row in rows("rooms")}
        for row in told:
            values = _values(edition, row) | {"room": rooms.get(row["room"]), "field": fields.get(row["field"])}
            session = planning.plan_session(edition, values, by=by)
            for slug in several(row["speakers"]):
                if slug in speakers:
                    planning.name_speaker(session, speakers[slug], by=by)
    return len(told)


def _speakers(edition: Edition) -> dict[str, Delegate]:
    """Of each city somebody who may speak: an expert rather than a focal point, either rather than the mayor."""
    wanted = ("mayor", "focal-point", "expert")
    found = Delegate.objects.coming().filter(delegation__edition=edition).exclude(role__in=LISTENERS)
    by_role = sorted(found.select_related("delegation__city"), key=lambda each: wanted.index(each.role))
    return {each.delegation.city.slug: each for each in by_role}


def _room(edition: Edition, row: dict[str, str], *, by: Person) -> Room:
    values = {
        "name": {code: row[code] for code in LANGUAGES}, "languages": several(row["languages"]), "place": "",
        "capacity": int(row["capacity"]) if row["capacity"] else None,
    }  # fmt: skip
    room: Room = planning.add_room(edition, values, by=by)
    return room


def _values(edition: Edition, row: dict[str, str]) -> dict[str, Any]:
    starts_at = at(edition, int(row["day"]), row["at"])
    return {
        "title": {code: row[code] for code in LANGUAGES},
        "abstract": {code: row[f"about_{code}"] for code in ("en", "fr") if row[f"about_{code}"]},
        "kind": row["kind"], "language": row["language"], "interpretation": several(row["interpretation"]),
        "starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=int(row["minutes"])),
        "admits": row["admits"], "seats": int(row["seats"]) if row["seats"] else None, "note": "",
    }  # fmt: skip


def at(edition: Edition, day: int, wall: str) -> dt.datetime:
    """An hour of a day of the edition, by the clock of the place."""
    assert edition.starts_on
    local = dt.datetime.combine(edition.starts_on + day * DAY, dt.time.fromisoformat(wall), ZoneInfo(edition.zone))
    return local.astimezone(dt.UTC)


def session(edition: Edition, title: str) -> Session:
    """By the title it has in English."""
    return next(each for each in edition.sessions.all() if each.title["en"] == title)


def release(edition: Edition, note: str, on: dt.datetime, *, by: Person) -> Release:
    """As the draft is read at that moment."""
    with clock.at(on):
        made: Release = releases.release(edition, note=note, read=drafts.draft(edition).fingerprint, by=by)
    return made


def change(edition: Edition, on: dt.datetime, *, by: Person) -> None:
    """What changes after a first release: another room, another hour, other words, one that is dropped."""
    rooms = {row["key"]: room for row, room in zip(rows("rooms"), edition.rooms.all(), strict=True)}
    with clock.at(on):
        moved = session(edition, "What a festival leaves behind")
        planning.move_session(
            moved, room=rooms["small"], starts_at=at(edition, 1, "18:15"), opened=moved.version, by=by
        )  # fmt: skip
        for title, values in _edits(edition, rooms):
            one = session(edition, title)
            planning.edit_session(one, values, opened=one.version, by=by)
        planning.drop_session(session(edition, "Reading machines, written by people"), by=by)


def _edits(edition: Edition, rooms: dict[str, Room]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "The city at night", {"room": rooms["library"], "starts_at": at(edition, 0, "14:00"),
                                "ends_at": at(edition, 0, "15:30")}  # fmt: skip
    yield "Visit: the water gallery", {"seats": 30}
    yield "Blue from the roof", {"interpretation": ["en", "fr"]}
