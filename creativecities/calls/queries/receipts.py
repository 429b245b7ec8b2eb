"""Receipts: what was handed in, when by whose clock, and by what everybody can tell that it was not changed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import get_language

from creativecities.calls.compute import telling
from creativecities.calls.compute.definition import Definition, find
from creativecities.calls.compute.differences import Difference, differences
from creativecities.calls.compute.files import canonical, fingerprint
from creativecities.calls.models import Submission
from creativecities.calls.queries import reading
from creativecities.calls.queries.files import Mine
from creativecities.core.words import Words
from creativecities.network.compute.differences import Piece
from creativecities.network.compute.differences import differences as compared


@dataclass(frozen=True)
class Receipt:
    """One of a file: what `calls/_receipt.html` shows."""

    submission: Any
    papers: list[reading.Paper]
    at: str
    utc: str
    size: int
    is_sound: bool


def receipts(one: Mine) -> list[Any]:
    """All that was handed in, the last first. One statement."""
    return list(one.file.submissions.defer("content"))


def submission(one: Mine, number: int) -> Submission:
    """What was handed in under a number. Raises Http404."""
    found: Submission | None = one.file.submissions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def receipt(one: Mine, number: int) -> Receipt:
    """The receipt of what was handed in; its fingerprint is computed anew each time. Three statements."""
    said = submission(one, number)
    asked = reading.version_of(one.file, said.content)
    return Receipt(
        said, reading.papers(asked, said.content, get_language() or "en"), when(said.at, one.clock.deadline.tzinfo),
        f"{said.at:%Y-%m-%d %H:%M:%S}", len(canonical(said.content)), fingerprint(said.content) == said.fingerprint,
    )  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """A place of a file that was handed in otherwise the next time."""

    label: Words
    row: int
    pieces: list[Piece]
    is_paper: bool


def changes(one: Mine, number: int, earlier: int) -> list[Changed]:
    """What differs between two that were handed in, in the words of the later. Raises Http404. Three statements."""
    before, after = submission(one, earlier), submission(one, number)
    asked = reading.version_of(one.file, after.content)
    return [_changed(asked, each) for each in differences(before.content, after.content)]


def _changed(asked: Definition, change: Difference) -> Changed:
    reader = get_language() or "en"
    kind, *rest = change.place.split("/")
    question = find(asked, "questions", rest[0]) if kind == "questions" else None
    row = int(rest[1]) + 1 if question and question.get("block") else int(rest[1]) if kind == "documents" else 0
    pieces = compared(*telling.wordings(asked, change, reader))
    return Changed(telling.label_of(asked, change.place, reader), row, pieces, kind == "documents")


def when(at: dt.datetime, zone: Any) -> str:
    """An instant to the second as the clock of a zone shows it, with the zone and how far it is from UTC."""
    there = at.astimezone(zone)
    name = zone.key.replace("_", " ") if isinstance(zone, ZoneInfo) else str(zone)
    offset = f"{there:%z}"
    return f"{date_format(there, 'DATE_FORMAT')}, {there:%H:%M:%S} ({name}, UTC{offset[:3]}:{offset[3:]})"
