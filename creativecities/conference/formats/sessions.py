"""What a file says of its events, made into sessions; what cannot be is told event by event."""

import datetime as dt
import html
import re
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.conference.compute.programmes import Fault, Link, Programme, Room, Session, Speaker, stable_guid
from creativecities.conference.formats.reading import About, Limits, Raw, Reading
from creativecities.core.text import legible

TAG = re.compile(r"</?(a|b|blockquote|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|span|strong|u|ul)\b[^<>]{0,1000}>", re.I)
ENDS_A_LINE = ("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr")
ADDRESS = re.compile(r"\s*[<(\[]?(mailto:)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+[>)\]]?")
DURATION = re.compile(r"(\d{1,3}):(\d{2})(?::\d{1,2})?")
HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
YEARS = range(1990, 2900)
LONGEST = dt.timedelta(days=3)
USUAL_CHANGE = dt.time(4)


def read_programme(about: About, events: list[Raw], *, zone: str, limits: Limits) -> Reading:
    """The programme, with every session that can be read. `zone` is the edition's, where the file names none."""
    if len(events) > limits.sessions:
        told = _("This file has %(found)d sessions; at most %(most)d are read at once.")
        return Reading(None, [Fault(0, "", told % {"found": len(events), "most": limits.sessions})])
    said = Counter(own for event in events for own in (event.get("guid"), event.get("id")))
    reader = _Reader(about, limits, *_zone(about.zone, zone), {own for own, times in said.items() if times > 1})
    for event in events:
        reader.take(event)
    return Reading(reader.programme(), sorted(reader.all_faults(), key=lambda fault: fault.line))


def plain(text: str) -> str:
    """A text without markup and without what nobody sees; paragraphs and breaks of HTML become lines."""
    text = text.encode(errors="replace").decode()  # JSON may hold halves of letters, which no file can
    if TAG.search(text):
        text = html.unescape(TAG.sub(lambda tag: "\n" if tag[1].lower() in ENDS_A_LINE else "", text))
    lines = (line.strip() for line in legible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def on_one_line(text: str) -> str:
    return " ".join(plain(text).split())


def instant(written: str, zone: ZoneInfo) -> dt.datetime | None:
    """`2027-05-04T10:00:00+02:00` by the clock of the place; without an offset it is that clock's hour."""
    try:
        at = dt.datetime.fromisoformat(written.strip())
        return (at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)) if at.year in YEARS else None
    except (ValueError, OverflowError):
        return None


def day(written: str) -> dt.date | None:
    """The day of `2027-05-04`, or of an instant."""
    try:
        found = dt.date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _zone(written: str, ours: str) -> tuple[ZoneInfo, list[Fault]]:
    if not written:
        return ZoneInfo(ours), []
    try:
        return ZoneInfo(written), []
    except (KeyError, ValueError, OSError):  # no such zone, or no name of one
        told = _("The time zone “%(zone)s” is not known; hours are read by the clock of %(ours)s.")
        return ZoneInfo(ours), [Fault(0, "", told % {"zone": on_one_line(written)[:60], "ours": ours})]


@dataclass(slots=True)
class _Reader:
    """The sessions read so far, and what was told of them."""

    about: About
    limits: Limits
    zone: ZoneInfo
    faults: list[Fault]
    shared: set[str]
    """Identifiers that several events bear: they are nobody's own."""
    sessions: dict[str, Session] = field(default_factory=dict)
    unnamed: int = 0

    def take(self, raw: Raw) -> None:
        guid = self._guid(raw)
        start, duration = self._start(raw), _duration(raw.get("duration"))
        reason = ""
        if not on_one_line(raw.get("title")):
            reason = _("It has no title.")
        elif start is None:
            reason = _("“%(text)s” is not a day and an hour.") % {
                "text": on_one_line(raw.get("date") or raw.get("start"))[:60]
            }
        elif duration is None:
            reason = _("“%(text)s” is not a duration, such as 1:30.") % {"text": on_one_line(raw.get("duration"))[:60]}
        elif guid in self.sessions:
            reason = _("It is in the file twice, and was read once.")
        if reason or start is None or duration is None:
            self._tell(raw, guid, reason, is_left_out=True)
            return
        self.sessions[guid] = self._session(raw, guid, start, duration)

    def _session(self, raw: Raw, guid: str, start: dt.datetime, duration: dt.timedelta) -> Session:
        number = raw.get("id").strip()
        return Session(
            guid, self._short(raw, guid, "title"), start, duration,
            room=on_one_line(raw.get("room")), number=int(number) if number.isdecimal() and len(number) < 10 else 0,
            slug=on_one_line(raw.get("slug")), subtitle=self._short(raw, guid, "subtitle"),
            abstract=self._text(raw, guid, "abstract"), description=self._text(raw, guid, "description"),
            language=on_one_line(raw.get("language"))[:20], kind=self._short(raw, guid, "type"),
            track=self._short(raw, guid, "track"), url=web_address(raw.get("url"), self.about.url),
            speakers=tuple(filter(None, (self._speaker(each) for each in raw.speakers))),
            links=self._links(raw.links), attachments=self._links(raw.attachments), do_not_record=raw.do_not_record,
        )  # fmt: skip

    def _start(self, raw: Raw) -> dt.datetime | None:
        """`date` is the instant itself; without it the hour counts on its day, and early ones on the morning after."""
        written = (raw.get("date") or raw.get("start")).strip()
        at = instant(written, self.zone) if len(written) > len("2027-05-04") else None
        on, hour = day(raw.get("date") or raw.day), HOUR.fullmatch(raw.get("start").strip())
        if at is None and on and hour:
            time = dt.time(int(hour[1]), int(hour[2]))
            at = dt.datetime.combine(on + dt.timedelta(days=time < self._change()), time, self.zone)
        if at and at.astimezone(dt.UTC).astimezone(self.zone).time() != at.time():
            self._tell(raw, "", _("The clock of the place skips this hour; it was read as one hour later."))
            at = at.astimezone(dt.UTC).astimezone(self.zone)
        return at

    def _guid(self, raw: Raw) -> str:
        """The session's own, or one that is the same each time this file is read."""
        guid, number = ("" if raw.get(name) in self.shared else raw.get(name).strip() for name in ("guid", "id"))
        if given := _uuid(guid):
            return given
        self.unnamed += 1
        source = self.about.acronym or self.about.title
        if guid or number:
            return stable_guid("session", source, guid or number)
        return stable_guid("session", source, raw.get("title"), raw.get("date") or f"{raw.day} {raw.get('start')}")

    def _speaker(self, said: dict[str, str]) -> Speaker | None:
        """Somebody by their public name; an address of theirs is neither kept nor made into an identifier."""
        name = ADDRESS.sub("", on_one_line(said.get("name", ""))).strip()[:200]
        own, number = said.get("guid", "").strip(), said.get("id", "").strip()
        source = self.about.acronym or self.about.title
        return Speaker(_uuid(own) or stable_guid("person", source, number or name), name) if name else None

    def _links(self, links: list[Link]) -> tuple[Link, ...]:
        found = ((web_address(each.url, self.about.url), on_one_line(each.title)[:200]) for each in links)
        return tuple(Link(url, title) for url, title in found if url)

    def _short(self, raw: Raw, guid: str, name: str) -> str:
        return self._cut(raw, guid, on_one_line(raw.get(name)), self.limits.title)

    def _text(self, raw: Raw, guid: str, name: str) -> str:
        return self._cut(raw, guid, plain(raw.get(name)), self.limits.text)

    def _cut(self, raw: Raw, guid: str, text: str, most: int) -> str:
        if len(text) > most:
            told = _("A text of it has %(found)d characters; the first %(most)d are read.")
            self._tell(raw, guid, told % {"found": len(text), "most": most})
        return text[:most]

    def _tell(self, raw: Raw, guid: str, reason: str, *, is_left_out: bool = False) -> None:
        self.faults.append(Fault(raw.line, on_one_line(raw.called), reason, is_left_out, guid))

    def _change(self) -> dt.time:
        hour = HOUR.fullmatch(self.about.day_change.strip())
        return dt.time(int(hour[1]), int(hour[2])) if hour else USUAL_CHANGE

    def all_faults(self) -> list[Fault]:
        if not self.unnamed:
            return self.faults
        told = ngettext(
            "%(count)d session has no identifier of its own; it is known by its number or by its title and hour.",
            "%(count)d sessions have no identifier of their own; they are known by their number or by title and hour.",
            self.unnamed,
        )
        return [Fault(0, "", told % {"count": self.unnamed}), *self.faults]

    def programme(self) -> Programme:
        about, sessions = self.about, tuple(self.sessions.values())
        days = [session.start.date() for session in sessions]
        start, last = day(about.start), day(about.end)
        first = start or min(days, default=dt.date.min)
        named: dict[str, Room] = {}
        for room in [*about.rooms, *(Room(session.room) for session in sessions)]:
            if room.name:
                named.setdefault(room.name, replace(room, guid=_uuid(room.guid), description=plain(room.description)))
        return Programme(
            on_one_line(about.title)[: self.limits.title], on_one_line(about.acronym)[:100], first,
            max(last or max(days, default=first), first) + dt.timedelta(days=1), self.zone.key,
            version=on_one_line(about.version)[:100], url=web_address(about.url), rooms=tuple(named.values()),
            sessions=sessions, day_change=self._change(),
        )  # fmt: skip


def _uuid(written: str) -> str:
    try:
        return str(uuid.UUID(written)) if len(written) == 36 else ""
    except ValueError:
        return ""


def _duration(written: str) -> dt.timedelta | None:
    found = DURATION.fullmatch(written.strip())
    length = dt.timedelta(hours=int(found[1]), minutes=int(found[2])) if found else dt.timedelta()
    return length if dt.timedelta() < length <= LONGEST else None


def web_address(written: str, base: str = "") -> str:
    """An address of the web, a path put after the address it belongs to; anything else is none."""
    written = written.strip()
    if written != on_one_line(written):
        return ""
    if written.startswith("/") and base.startswith(("http://", "https://")):
        written = "/".join(base.split("/")[:3]) + written
    is_one = re.fullmatch(r"https?://\w[^\s<>\"'`]{0,2000}", written)
    return written if is_one else ""
