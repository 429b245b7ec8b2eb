"""What differs between two programmes: two releases, or the present one and a file, as rows that people read."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.conference.compute.programmes import Programme, Session

KINDS: dict[str, str | Promise] = {
    "new": gettext_lazy("New session"),
    "cancelled": gettext_lazy("Cancelled"),
    "moved": gettext_lazy("Moved in time"),
    "room": gettext_lazy("Other room"),
    "renamed": gettext_lazy("Renamed"),
    "speakers": gettext_lazy("Other speakers"),
    "details": gettext_lazy("Said otherwise"),
}
DETAILS = (
    "subtitle", "abstract", "description", "language", "kind", "track", "url", "links", "attachments", "do_not_record",
)  # fmt: skip
"""What is told as one change, without both wordings."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about one session that is otherwise now; a session that is new or cancelled has one side only."""

    kind: str
    before: Session | None
    after: Session | None

    @property
    def session(self) -> Session:
        """The session as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def changes(before: Programme | None, after: Programme) -> list[Change]:
    """Every difference, session by session in the order of the programme; those cancelled stand where they were."""
    old = {session.guid: session for session in before.sessions} if before else {}
    new = {session.guid: session for session in after.sessions}
    cancelled = [session for guid, session in old.items() if guid not in new]
    rows: list[Change] = []
    for session in sorted([*new.values(), *cancelled], key=in_order):
        was, is_now = old.get(session.guid), new.get(session.guid)
        if was and is_now:
            rows += [Change(kind, was, is_now) for kind in _differing(was, is_now)]
        else:
            rows.append(Change("new" if is_now else "cancelled", was, is_now))
    return rows


def in_order(session: Session) -> tuple[dt.datetime, str, str]:
    """By time, then by room: how a programme is read."""
    return session.start, session.room, session.guid


def _differing(was: Session, is_now: Session) -> Iterator[str]:
    if (was.start, was.duration) != (is_now.start, is_now.duration):
        yield "moved"
    if was.room != is_now.room:
        yield "room"
    if was.title != is_now.title:
        yield "renamed"
    if _names(was) != _names(is_now):
        yield "speakers"
    if any(getattr(was, name) != getattr(is_now, name) for name in DETAILS):
        yield "details"


def _names(session: Session) -> list[tuple[str, str]]:
    return [(speaker.guid, speaker.name) for speaker in session.speakers]


def counts(rows: Iterable[Change]) -> dict[str, int]:
    """How many sessions each kind of change concerns; kinds that do not occur are left out."""
    found = [row.kind for row in rows]
    return {kind: found.count(kind) for kind in KINDS if kind in found}


def wordings(change: Change, zone: str) -> tuple[str, str]:
    """What a session said before and says now, by the clock of a zone; empty where there is nothing to compare."""
    return _worded(change.kind, change.before, zone), _worded(change.kind, change.after, zone)


def _worded(kind: str, session: Session | None, zone: str) -> str:
    if session is None or kind == "details":
        return ""
    if kind == "room":
        return session.room or _("no room yet")
    if kind == "renamed":
        return session.title
    if kind == "speakers":
        return ", ".join(speaker.name for speaker in session.speakers) or _("nobody yet")
    return ", ".join(
        part for part in (when(session, zone), session.room if kind in ("new", "cancelled") else "") if part
    )


def when(session: Session, zone: str) -> str:
    """`May 4, 2027, 10:00–11:30` by the clock of a zone."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (session.start, session.end))
    return f"{date_format(start.date())}, {start:%H:%M}–{end:%H:%M}"
