"""What a programme from elsewhere would make of the draft: brought into the form a draft has, and compared with it.

What a file leaves out stays as it is in the draft. Speakers are named from the delegations, never from a file.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from creativecities.conference.compute.programme_changes import Change, changes, in_order
from creativecities.conference.compute.programmes import Fault, Programme, Session, stable_guid
from creativecities.core.text import fold

KINDS = {
    "keynote": "plenary", "opening": "plenary", "lecture": "thematic", "talk": "thematic", "workshop": "thematic",
    "panel": "thematic", "discussion": "thematic", "meeting": "side-event", "excursion": "visit", "tour": "visit",
    "exhibition": "fair", "other": "side-event", "mayors forum": "mayors-forum", "side event": "side-event",
    "sub network": "sub-network", "sub network meeting": "sub-network", "integration session": "integration",
}  # fmt: skip
"""What others call kinds of sessions, folded; which kind it is with us."""
LONGEST_TITLE, LONGEST_TEXT = 200, 10_000


@dataclass(frozen=True)
class Around:
    """What is known of the edition: its draft, its rooms by folded name, its kinds, and identifiers taken elsewhere."""

    slug: str
    draft: Programme
    rooms: Mapping[str, str]
    kinds: tuple[str, ...]
    foreign: frozenset[str]
    language: str


@dataclass(frozen=True)
class Preview:
    """What would be done: the sessions as they would be, every change, what the file lacks, and what is to be told."""

    sessions: list[Session]
    changes: list[Change]
    missing: list[Session]
    new_rooms: list[str]
    notes: list[Fault]


def preview(programme: Programme, around: Around, unsure: set[str]) -> Preview:
    """Compare a programme that was read with the draft. `unsure` are sessions of the file that could not be read."""
    kept = {session.guid: session for session in around.draft.sessions}
    notes: list[Fault] = []
    taken = [_fitted(session, around, kept, notes) for session in sorted(programme.sessions, key=in_order)]
    there = {session.guid for session in taken} | unsure
    missing = [session for session in around.draft.sessions if session.guid not in there]
    after = replace(around.draft, sessions=(*taken, *(kept[guid] for guid in kept.keys() - {s.guid for s in taken})))
    rooms = dict.fromkeys(session.room for session in taken)
    new_rooms = [name for name in rooms if name and room_key(name) not in around.rooms]
    return Preview(taken, changes(around.draft, after), sorted(missing, key=in_order), new_rooms, notes)


def room_key(name: str) -> str:
    """By which a room is known whatever language its name is in and however it is written."""
    return fold(name) or name


def own_guid(guid: str, around: Around) -> str:
    """The session's identifier here: one that another edition has already is given on, the same each time."""
    return stable_guid("edition", around.slug, guid) if guid in around.foreign else guid


def _fitted(session: Session, around: Around, kept: Mapping[str, Session], notes: list[Fault]) -> Session:
    guid = own_guid(session.guid, around)
    was = kept.get(guid)
    start = session.start.astimezone(ZoneInfo(around.draft.zone)).replace(second=0, microsecond=0)
    known = around.rooms.get(room_key(session.room), session.room[:LONGEST_TITLE])
    fitted = Session(
        guid, session.title[:LONGEST_TITLE], start, session.duration, room=known or (was.room if was else ""),
        abstract=_abstract(session) or (was.abstract if was else ""), kind=_kind(session, around, was),
        language=_language(session) or (was.language if was else around.language),
    )  # fmt: skip
    notes += (Fault(0, session.title[:80], told, guid=guid) for told in _told(session, fitted, around))
    return fitted


def _abstract(session: Session) -> str:
    parts = dict.fromkeys([session.subtitle, session.abstract, session.description])
    return "\n\n".join(part for part in parts if part)[:LONGEST_TEXT]


def _kind(session: Session, around: Around, was: Session | None) -> str:
    said = session.kind.casefold()
    if said in around.kinds:
        return said
    return KINDS.get(fold(said)) or (was.kind if was else "side-event")


def _language(session: Session) -> str:
    """`de-DE` as `de`; a language that is named in words is not known."""
    code = session.language.split("-")[0].split("_")[0].casefold()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else ""


def _told(session: Session, fitted: Session, around: Around) -> Iterator[str]:
    """What of a session cannot be taken in as it is said."""
    if session.kind and session.kind.casefold() not in around.kinds and fold(session.kind) not in KINDS:
        yield _("The kind “%(kind)s” is not known here; look which kind it is.") % {"kind": session.kind[:60]}
    if not around.draft.start <= around.draft.day_of(fitted) < around.draft.end:
        yield _("It is outside the days of the edition.")
    if fitted.duration > dt.timedelta(days=1):
        yield _("It lasts longer than a day.")
    if len(session.title) > LONGEST_TITLE:
        told = _("A text of it has %(found)d characters; the first %(most)d are read.")
        yield told % {"found": len(session.title), "most": LONGEST_TITLE}
