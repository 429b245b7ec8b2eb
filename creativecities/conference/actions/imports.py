"""A programme comes in as a file: handed in, looked at, and taken into the draft as one act, or put aside."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import programme
from creativecities.conference.compute.programmes import Session
from creativecities.conference.compute.taking_in import room_key
from creativecities.conference.formats.reading import Reading
from creativecities.conference.models import Edition, ProgrammeFile, Room
from creativecities.conference.models import Session as Planned
from creativecities.conference.queries import imports as queries
from creativecities.conference.rules import programme as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.compute.slug import numbered, plain_letters

GATES = {Planned.Kind.MAYORS_FORUM: Planned.Admits.MAYORS, Planned.Kind.INTEGRATION: Planned.Admits.NEWCOMERS}
"""To whom a new session of a kind is open before anybody says otherwise."""


@action(quiet=True)
def hand_in(edition: Edition, reading: Reading, *, name: str, language: str, by: Person) -> ProgrammeFile:
    """Keep what was read from a file, to be looked at. One that was looked at until now is put aside."""
    if refusal := rules.plan(by, edition):
        raise refusal
    if reading.programme is None or not reading.programme.sessions:
        raise _unreadable(reading)
    for older in edition.programme_files.filter(state=states.READ):
        _empty(older, "put_aside", by=by)
    content, faults = queries.kept(reading)
    try:
        with transaction.atomic():
            file = ProgrammeFile.objects.create(
                edition=edition, person=by, name=name[:120], language=language, content=content, faults=faults
            )
    except IntegrityError:
        raise Refusal(_("Somebody handed in a file in this moment. Look at it first."), code="there-already") from None
    record("conference.programmefile.handed_in", file, by=by, sessions=len(reading.programme.sessions))
    return file


@action(quiet=True)
def take_in(file: ProgrammeFile, *, seen: str, drops_missing: bool, by: Person) -> dict[str, int]:
    """Bring the draft to what the file says: new sessions, changed ones and, if asked, without those it lacks.

    `seen` is the fingerprint of the preview that was looked at. Nothing is released by it. Says how many of each.
    """
    if refusal := rules.plan(by, file.edition):
        raise refusal
    _empty(file, "take_in", by=by)
    shown = queries.preview(file)
    if queries.fingerprint(shown) != seen:
        raise Refusal(_("The draft has changed meanwhile. Look again at what the file would change."), code="stale")
    rooms = _rooms(file, shown.new_rooms, by=by)
    there = {str(each.guid): each for each in file.edition.sessions.select_related("room", "edition")}
    done = {"new": 0, "changed": 0, "dropped": 0}
    for session in shown.sessions:
        if session.guid in there:
            done["changed"] += _bring(there[session.guid], session, file.language, rooms, by=by)
    done["new"] = _plan(file, [each for each in shown.sessions if each.guid not in there], rooms)
    for session in shown.missing if drops_missing else ():
        programme.drop_session(there[session.guid], by=by)
        done["dropped"] += 1
    record("conference.programmefile.taken_in", file, by=by, **done)
    return done


@action(quiet=True)
def put_aside(file: ProgrammeFile, *, by: Person) -> Event:
    """Change nothing, and forget what was read."""
    if refusal := rules.plan(by, file.edition):
        raise refusal
    return _empty(file, "put_aside", by=by)


@step
def _empty(file: ProgrammeFile, verb: str, *, by: Person) -> Event:
    """Move on, and forget what was read: of two who act at once one is told that somebody was faster."""
    event = move(file, verb, by=by)
    ProgrammeFile.objects.filter(pk=file.pk).update(content={}, faults=[])
    return event


@step
def _rooms(file: ProgrammeFile, new: list[str], *, by: Person) -> dict[str, Room]:
    """The rooms of the edition by their folded names, with those that only the file has."""
    for name in new:
        programme.add_room(file.edition, {"name": {file.language: name}}, by=by)
    return {room_key(name): room for room in file.edition.rooms.all() for name in room.name.values()}


def _values(session: Session, rooms: dict[str, Room]) -> dict[str, Any]:
    return {
        "kind": session.kind, "language": session.language, "starts_at": session.start, "ends_at": session.end,
        "room": rooms.get(room_key(session.room)),
    }  # fmt: skip


@step
def _plan(file: ProgrammeFile, new: list[Session], rooms: dict[str, Room]) -> int:
    """Put new sessions into the draft, all at once: there may be hundreds. Says how many."""
    taken, rows = set(file.edition.sessions.values_list("slug", flat=True)), []
    for session in new:
        slug = numbered(plain_letters(session.title, most=56) or "session", taken)
        taken.add(slug)
        texts = {"title": {file.language: session.title}}
        texts["abstract"] = {file.language: session.abstract} if session.abstract else {}
        admits = GATES.get(Planned.Kind(session.kind), Planned.Admits.EVERYBODY)
        rows.append(
            Planned(
                guid=session.guid, edition=file.edition, slug=slug, admits=admits, **texts, **_values(session, rooms)
            )
        )
    return len(Planned.objects.bulk_create(rows))


@step
def _bring(row: Planned, session: Session, language: str, rooms: dict[str, Room], *, by: Person) -> bool:
    """Bring a session of the draft to what the file says; whether anything was to be done."""
    was_dropped = row.state == states.DROPPED
    if was_dropped:
        programme.plan_again(row, by=by)
    values = _values(session, rooms)
    for name, text in (("title", session.title), ("abstract", session.abstract)):
        values[name] = _written(getattr(row, name), language, text)
    differing = {name: value for name, value in values.items() if value != getattr(row, name)}
    if differing:
        programme.edit_session(row, differing, opened=row.version, by=by)
    return was_dropped or bool(differing)


def _written(texts: dict[str, str], language: str, text: str) -> dict[str, str]:
    """The texts with one of them said anew; what already reads so, in whatever language, is left."""
    return texts if text == queries.in_one(texts, language) else {**texts, language: text}


def _unreadable(reading: Reading) -> Refusal:
    reason = reading.faults[0].reason if reading.faults else _("No session could be read from this file.")
    return Refusal(reason, code="unreadable")
