"""A programme from a file somebody hands in: what every format has in common.

Each format finds its way to `Raw` events; here they become sessions. What cannot be read is left out with its line and
reason, and all else is kept. Nothing is ever guessed silently.
"""

import codecs
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from creativecities.conference.compute.programmes import Fault, Link, Programme, Room


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: a conference of four days has some 120 sessions, the largest known ones a thousand."""

    megabytes: int = 5
    sessions: int = 2_000
    elements: int = 200_000
    title: int = 300
    text: int = 20_000


class UnreadableError(ValueError):
    """Nothing of the file can be read; its reason in the reader's language, and the line."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(slots=True)
class Reading:
    """What was read, and what is to be told of it. Without a programme the file could not be read at all."""

    programme: Programme | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def unsure(self) -> set[str]:
        """Sessions the file has and that could not be read: they are not missing from it."""
        return {fault.guid for fault in self.faults if fault.is_left_out and fault.guid}


@dataclass(slots=True)
class Raw:
    """An event as the file says it; `start` may be an instant, or an hour of `day`."""

    line: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    day: str = ""
    speakers: list[dict[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attachments: list[Link] = field(default_factory=list)
    do_not_record: bool = False

    def get(self, name: str) -> str:
        return self.facts.get(name) or ""

    @property
    def called(self) -> str:
        """By which words people find it in the file."""
        return self.get("title").strip()[:80] or self.get("guid")[:80] or self.get("id")[:80]


@dataclass(slots=True)
class About:
    """What a file says of the conference; an empty word where it says nothing."""

    title: str = ""
    acronym: str = ""
    start: str = ""
    end: str = ""
    zone: str = ""
    version: str = ""
    url: str = ""
    day_change: str = ""
    rooms: list[Room] = field(default_factory=list)


ENCODINGS = re.compile(
    r"utf-(8|16|32)|iso8859-\d+|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|ascii"
)
"""Those in which programmes are written; Python knows others that are no alphabets."""
BEGINNINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,30})["']""")


def decoded(content: bytes, limits: Limits) -> tuple[str, list[Fault]]:
    """The text of a file in the encoding it declares, else in UTF-8; else as Windows writes it in the west, and told.

    Raises UnreadableError if the file is too large.
    """
    if len(content) > limits.megabytes * 1_000_000:
        raise UnreadableError(_("This file is larger than %(size)d MB.") % {"size": limits.megabytes})
    encoding = next((name for mark, name in BEGINNINGS if content.startswith(mark)), "") or _declared(content)
    try:
        return content.decode(encoding), []
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        told = _("This is not written as the file says (%(encoding)s); it was read as Windows-1252. Look whether "
                 "the letters are right.") % {"encoding": encoding}  # fmt: skip
        return content.decode("cp1252", "replace"), [Fault(content.count(b"\n", 0, at) + 1, "", told)]


def _declared(content: bytes) -> str:
    if found := DECLARED.match(content[:300]):
        try:
            name = codecs.lookup(found[1].decode()).name
        except LookupError:
            return "utf-8"
        return name if ENCODINGS.fullmatch(name) else "utf-8"
    return "utf-8"
