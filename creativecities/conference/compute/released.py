"""A released programme as data: put together when it is released, read in one language when it is shown.

A session is a plain row. Instants are in UTC as ISO texts; of who speaks there is the code and the city, never a name.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from creativecities.conference.compute import programme_changes, programmes
from creativecities.core.words import Words, in_language
from creativecities.exchange import states as exchange

Row = dict[str, Any]
UNCOMPARED = ("abstract", "interpretation", "admits", "field", "seats", "contributions")
"""What a plain programme has no place for, and what is still a change when it is otherwise."""


def row(session: Any) -> Row:
    """One session of the draft, as a release keeps it."""
    room = session.room
    return {
        "guid": str(session.guid), "slug": session.slug, "kind": session.kind, "title": session.title,
        "language": session.language, "interpretation": session.interpretation,
        "room": room.key if room else "", "room_name": room.name if room else {},
        "starts_at": _instant(session.starts_at), "ends_at": _instant(session.ends_at), "admits": session.admits,
        "field": session.field_id or "", "seats": session.seats,
        "speakers": [_speaker(each.delegate) for each in session.speakers.all()],
    } | _contributions(session)  # fmt: skip


def _contributions(session: Any) -> Row:
    """Cases that stand in a session; a session without any says nothing of them."""
    found = [_contribution(each) for each in session.contributions.all()]
    return {"contributions": found} if found else {}


def _contribution(one: Any) -> Row:
    case, record = one.case, one.case.initiative
    is_public = record.state == exchange.PUBLISHED
    return {
        "case": case.code, "city": case.city.name, "city_slug": case.city.slug, "minutes": one.minutes,
        "format": case.filed["format"], "initiative": record.slug if is_public else "",
        "title": record.title if is_public else "", "title_language": record.language,
        "speakers": [each.delegate.code for each in one.speakers.all()],
    }  # fmt: skip


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


def _speaker(delegate: Any) -> Row:
    city = delegate.delegation.city
    return {"code": delegate.code, "city": city.name, "city_slug": city.slug}


def text(words: Mapping[str, str], reader: str) -> Words:
    """A text in the reader's language if it is written in it, else in the first one."""
    return Words(*in_language(words, reader, list(words)))


def instants(of: Row) -> tuple[dt.datetime, dt.datetime]:
    """When a session begins and ends, in UTC."""
    return dt.datetime.fromisoformat(of["starts_at"]), dt.datetime.fromisoformat(of["ends_at"])


def is_beside(one: Row, other: Row) -> bool:
    """Whether two sessions are on at some moment; instants of one form are in order as texts."""
    return bool(one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])


def cities(of: Row) -> list[str]:
    """From where those who speak come, each city once."""
    return list(dict.fromkeys(each["city"] for each in of["speakers"]))


def cases(of: Row) -> list[str]:
    """The cases in a session: what each tells of and which city tells it."""
    found = of.get("contributions", ())
    return [f"{each['title']} ({each['city']})" if each["title"] else each["city"] for each in found]


def without(listing: Row, hidden: Collection[str]) -> Row:
    """The same listing, in which some records have neither title nor address; their cases stay."""

    def shown(one: Row) -> Row:
        return {**one, "initiative": "", "title": ""} if one["initiative"] in hidden else one

    rows = ({**row, "contributions": [shown(each) for each in row["contributions"]]} if "contributions" in row else row
            for row in listing["sessions"])  # fmt: skip
    return {**listing, "sessions": list(rows)}


def session(of: Row, reader: str, abstracts: Mapping[str, Any], names: Mapping[str, str]) -> programmes.Session:
    """A session as programs exchange it; `names` are of those who agreed, by code."""
    start, end = instants(of)
    return programmes.Session(
        guid=of["guid"], slug=of["slug"], title=str(text(of["title"], reader)), start=start, duration=end - start,
        room=str(text(of["room_name"], reader)), language=of["language"], kind=of["kind"], track=of["field"],
        abstract=str(text(abstracts.get(of["slug"], {}), reader)), description="\n".join(cases(of)),
        speakers=tuple(
            programmes.Speaker(each["code"], names.get(each["code"], each["city"])) for each in of["speakers"]
        ),
    )  # fmt: skip


def programme(
    title: str, slug: str, days: tuple[dt.date, dt.date], listing: Row, reader: str, **more: Any
) -> programmes.Programme:
    """A release as programs exchange it; `days` are the first and the last."""
    abstracts, names = more.pop("abstracts", {}), more.pop("names", {})
    rooms = (programmes.Room(str(text(each["name"], reader)), capacity=each["capacity"]) for each in listing["rooms"])
    return programmes.Programme(
        title=title, acronym=slug, start=days[0], end=days[1] + dt.timedelta(days=1), zone=listing["zone"],
        rooms=tuple(rooms), sessions=tuple(session(each, reader, abstracts, names) for each in listing["sessions"]),
        **more,
    )  # fmt: skip


def changes(before: Iterable[Row], after: Iterable[Row]) -> list[Row]:
    """What is otherwise, as a release keeps it: the kind of change and the session on both sides."""
    old, new = ({each["guid"]: each for each in rows} for rows in (before, after))
    found = programme_changes.changes(_comparable(old.values()), _comparable(new.values()))
    return [
        {"kind": each.kind, "before": old.get(each.session.guid), "after": new.get(each.session.guid)} for each in found
    ]


def _comparable(rows: Iterable[Row]) -> programmes.Programme:
    """Texts in all their languages, and what a programme has no place for as one text."""
    sessions = (
        replace(
            session(each, "", {}, {}), title=_canonical(each["title"]), room=each["room"],
            description=_canonical({name: each.get(name) for name in UNCOMPARED}),
        )
        for each in rows
    )  # fmt: skip
    epoch = dt.date(1970, 1, 1)
    return programmes.Programme("", "", epoch, epoch, "UTC", sessions=tuple(sessions))


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def told(kept: Iterable[Row], reader: str) -> Iterator[programme_changes.Change]:
    """Changes a release keeps, in the reader's language."""
    for each in kept:
        sides = (session(each[side], reader, {}, {}) if each[side] else None for side in ("before", "after"))
        yield programme_changes.Change(each["kind"], *sides)
