"""The public programme: which sessions are shown, and each as a line of markup, joined as text.

A programme has a hundred sessions and is read by all at once, so nothing is asked for twice.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from creativecities.conference.compute.released import Row, cases, cities, instants, is_beside, text
from creativecities.core.words import in_language

NOTHING: Mapping[str, str] = MappingProxyType({})
FILTERS = ("kind", "field", "language", "room")


@dataclass(frozen=True)
class Labels:
    """What a reader reads for what a release keeps."""

    reader: str
    kinds: Mapping[str, str]
    admits: Mapping[str, str]
    fields: Mapping[str, str]
    language: Callable[[str], str]


@dataclass(frozen=True)
class Day:
    """One day of the place: how far its clock is from UTC, and the sessions."""

    day: dt.date
    offset: str
    items: SafeString


def fits(row: Row, chosen: Mapping[str, str]) -> bool:
    """Whether a session is one somebody looks for; a language is spoken there or interpreted into."""
    return (
        chosen.get("kind", "") in ("", row["kind"])
        and chosen.get("field", "") in ("", row["field"])
        and chosen.get("room", "") in ("", row["room"])
        and chosen.get("language", "") in ("", row["language"], *row["interpretation"])
    )


def offset(at: dt.datetime) -> str:
    """How far a clock is from UTC at an instant: `UTC+1`, `UTC−3:30`."""
    minutes = round((at.utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def days(
    rows: Iterable[Row], labels: Labels, *, zone: str, other: str = "", root: str, further: Mapping[str, str] = NOTHING
) -> list[Day]:
    """The sessions day by day as the clock of the place tells them; with another zone its hours stand behind.

    `further` is what is to be said of a session, by its identifier.
    """
    line = _Line(labels, root, zone, other, further)
    return [
        Day(day, usual, mark_safe("".join(line.of(row, usual) for row in on_day)))
        for day, group in groupby(rows, key=lambda row: line.clock(row)[0].date())
        for on_day in [list(group)]
        for usual in [offset(line.clock(on_day[0])[0])]
    ]


class _Line:
    """Makes the markup of one session after the other; words and hours that come again are put together once."""

    def __init__(self, labels: Labels, root: str, zone: str, other: str, further: Mapping[str, str]) -> None:
        self.labels, self.root, self.further = labels, root, further
        self.zone, self.elsewhere = ZoneInfo(zone), ZoneInfo(other) if other else None
        self.other = escape(other.replace("_", " "))
        self.speakers_from = escape(_("Speakers from %(cities)s"))
        self.known: dict[Any, Any] = {}

    def of(self, row: Row, usual: str) -> str:
        reader = self.labels.reader
        title, language = in_language(row["title"], reader, list(row["title"]))
        written = "" if language == reader else f' lang="{escape(language)}"'
        return (
            f'<li id="s-{row["slug"]}" class="k-{row["kind"]}"><p class="hours">{self._hours(row, usual)}</p><div>'
            f'<h3{written}><a href="{self.root}{row["slug"]}/" dir="auto">{escape(title)}</a></h3>'
            f'<p class="meta">{self._about(row)}{self._place(row)}</p>{self._said(row)}</div></li>'
        )

    def clock(self, row: Row) -> tuple[dt.datetime, dt.datetime]:
        """When a session begins and ends by the clock of the place."""
        key = row["starts_at"], row["ends_at"]
        if key not in self.known:
            self.known[key] = tuple(at.astimezone(self.zone) for at in instants(row))
        found: tuple[dt.datetime, dt.datetime] = self.known[key]
        return found

    def _hours(self, row: Row, usual: str) -> str:
        key = row["starts_at"], row["ends_at"], usual
        if key not in self.known:
            self.known[key] = self._told(*self.clock(row), usual)
        return str(self.known[key])

    def _told(self, start: dt.datetime, end: dt.datetime, usual: str) -> str:
        moved = offset(start)
        here = (
            f'<time datetime="{start.isoformat()}">{start:%H:%M}</time>–<time datetime="{end.isoformat()}">'
            f"{end:%H:%M}</time>{f' <span>{moved}</span>' if moved != usual else ''}"
        )
        if self.elsewhere is None:
            return here
        there, until = start.astimezone(self.elsewhere), end.astimezone(self.elsewhere)
        day = f"{there:%d.%m.} " if there.date() != start.date() else ""
        return f"{here} <span>{day}{there:%H:%M}–{until:%H:%M} {self.other}</span>"

    def _place(self, row: Row) -> str:
        key = "place", row["room"]
        if key not in self.known:
            name = escape(text(row["room_name"], self.labels.reader).text)
            self.known[key] = f" · <bdi>{name}</bdi>" if name else ""
        return str(self.known[key])

    def _said(self, row: Row) -> str:
        said = []
        if row["speakers"]:
            said.append(self.speakers_from % {"cities": escape(", ".join(cities(row)))})
        if row["guid"] in self.further:
            said.append(f"<strong>{escape(self.further[row['guid']])}</strong>")
        return "".join(f'<p class="meta" dir="auto">{each}</p>' for each in said)

    def _about(self, row: Row) -> str:
        key = row["kind"], row["language"], *row["interpretation"], row["admits"], row["field"]
        if key not in self.known:
            self.known[key] = " · ".join(map(escape, about(row, self.labels)))
        return str(self.known[key])


def select(name: str, label: str, choices: Mapping[str, str], chosen: str, every: str) -> str:
    """A box to choose one of the values that occur, or all."""
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in {"": every, **choices}.items()
    )
    return (
        f'<div class="field"><label for="id_{name}">{escape(label)}</label>'
        f'<select name="{name}" id="id_{name}">{options}</select></div>'
    )


def choices(listing: Row, labels: Labels) -> dict[str, dict[str, str]]:
    """What can be chosen from: what occurs, in the reader's language."""
    rows = listing["sessions"]
    spoken = {code for row in rows for code in (row["language"], *row["interpretation"])}
    kinds, fields, rooms = ({row[name] for row in rows} for name in ("kind", "field", "room"))
    return {
        "kind": {kind: label for kind, label in labels.kinds.items() if kind in kinds},
        "field": {slug: name for slug, name in labels.fields.items() if slug in fields},
        "language": {code: labels.language(code) for code in sorted(spoken, key=labels.language)},
        "room": {
            each["key"]: str(text(each["name"], labels.reader)) for each in listing["rooms"] if each["key"] in rooms
        },
    }


def about(row: Row, labels: Labels) -> list[str]:
    """Of which kind a session is, in which languages, and for whom if not for everybody."""
    parts = [labels.kinds[row["kind"]], labels.language(row["language"])]
    if row["interpretation"]:
        into = ", ".join(map(labels.language, row["interpretation"]))
        parts.append(_("interpreted into %(languages)s") % {"languages": into})
    if row["field"]:
        parts.append(labels.fields.get(row["field"], row["field"]))
    if row["admits"] != "everybody":
        parts.append(_("for %(whom)s") % {"whom": labels.admits[row["admits"]]})
    return parts


COLUMNS = (
    "guid", "slug", "kind", "kind_label", "title", "title_language", "starts_at", "ends_at", "room", "language",
    "interpretation", "admits", "creative_field", "creative_field_label", "seats", "cities", "cases", "url",
)  # fmt: skip


def record(row: Row, labels: Labels, root: str) -> dict[str, Any]:
    """A session as it is written in JSON and CSV."""
    title = text(row["title"], labels.reader)
    return {
        "guid": row["guid"], "slug": row["slug"], "kind": row["kind"], "kind_label": labels.kinds[row["kind"]],
        "title": title.text, "title_language": title.language, "starts_at": row["starts_at"],
        "ends_at": row["ends_at"], "room": str(text(row["room_name"], labels.reader)), "language": row["language"],
        "interpretation": row["interpretation"], "admits": row["admits"], "creative_field": row["field"],
        "creative_field_label": labels.fields.get(row["field"], ""), "seats": row["seats"], "cities": cities(row),
        "cases": cases(row),
        "url": f"{root}{row['slug']}/",
    }  # fmt: skip


def neighbours(rows: list[Row], one: Row) -> tuple[list[Row], Row | None, Row | None]:
    """What is on at the same time, what ended last before a session, and what begins first after it."""
    start, end = one["starts_at"], one["ends_at"]
    beside = [each for each in rows if each is not one and is_beside(each, one)]
    before = [each for each in rows if each["ends_at"] <= start]
    after = [each for each in rows if each["starts_at"] >= end]
    return (
        beside,
        max(before, key=lambda each: each["ends_at"], default=None),
        min(after, key=lambda each: each["starts_at"], default=None),
    )
