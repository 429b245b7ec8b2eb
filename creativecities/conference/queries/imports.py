"""A file with a programme beside the draft: what it would change if it were taken in now."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.compute import taking_in
from creativecities.conference.compute.programmes import Fault, Programme, Session
from creativecities.conference.compute.taking_in import Around, Preview
from creativecities.conference.formats import frab_json
from creativecities.conference.formats.reading import Reading
from creativecities.conference.models import Edition, ProgrammeFile
from creativecities.conference.models import Session as Planned
from creativecities.core.words import in_language


def draft(edition: Edition, language: str) -> Programme:
    """What is planned with an hour, in one language where it is written. Two statements."""
    rooms = {room.pk: in_one(room.name, language) for room in edition.rooms.all()}
    return _draft(edition, language, edition.sessions.planned(), rooms)


def _draft(edition: Edition, language: str, planned: QuerySet[Planned], rooms: dict[int, str]) -> Programme:
    zone, first = ZoneInfo(edition.zone), edition.starts_on or timezone.now().date()
    sessions = tuple(
        Session(
            str(each.guid), in_one(each.title, language), each.starts_at.astimezone(zone),
            each.ends_at - each.starts_at, room=rooms.get(each.room_id or 0, ""),
            abstract=in_one(each.abstract, language), kind=each.kind, language=each.language,
        )
        for each in planned.order_by("starts_at", "pk") if each.starts_at and each.ends_at
    )  # fmt: skip
    end = (edition.last_day or first) + dt.timedelta(days=1)
    return Programme(in_one(edition.settings["about"]["title"], language), edition.slug, first, end, edition.zone,
                     sessions=sessions)  # fmt: skip


def kept(reading: Reading) -> tuple[dict[str, object], list[dict[str, object]]]:
    """A programme that was read and its faults, as they wait for the decision; without the names of people."""
    assert reading.programme is not None
    sessions = tuple(replace(each, speakers=()) for each in reading.programme.sessions)
    return frab_json.write(replace(reading.programme, sessions=sessions)), [asdict(fault) for fault in reading.faults]


def waiting(edition: Edition) -> ProgrammeFile | None:
    """The file that is looked at now. One statement."""
    return edition.programme_files.filter(state=states.READ).first()


def preview(file: ProgrammeFile) -> Preview:
    """What taking it in would change now. Three statements, whatever is in it."""
    edition, reading = file.edition, Reading(faults=[Fault(**each) for each in file.faults])
    found = frab_json.read(json.dumps(file.content).encode(), zone=edition.zone).programme
    assert found is not None  # it was written by ourselves
    named = {room.pk: (in_one(room.name, file.language), room.name) for room in edition.rooms.all()}
    known = {taking_in.room_key(name): shown for shown, names in named.values() for name in names.values()}
    own = _draft(
        edition, file.language, edition.sessions.planned(), {pk: shown for pk, (shown, _names) in named.items()}
    )
    guids = [session.guid for session in found.sessions]
    foreign = Planned.objects.filter(guid__in=guids).exclude(edition=edition).values_list("guid", flat=True)
    around = Around(
        edition.slug, own, known, tuple(Planned.Kind.values), frozenset(map(str, foreign)), file.language,
    )  # fmt: skip
    return taking_in.preview(found, around, {taking_in.own_guid(guid, around) for guid in reading.unsure})


def fingerprint(shown: Preview) -> str:
    """Of all that is shown: what is taken in is what was looked at."""
    rows = [(row.kind, repr(row.before), repr(row.after)) for row in shown.changes]
    return hashlib.sha256(repr((rows, shown.missing)).encode()).hexdigest()[:16]


def in_one(text: dict[str, str], language: str) -> str:
    """A text in one language where it is written, else in the first that there is."""
    return in_language(text, language, list(text))[0]
