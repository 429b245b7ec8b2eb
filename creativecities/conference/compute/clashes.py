"""What does not go together in a draft of the programme: rooms, people and audiences at one time, with the reason.

Nothing is forbidden by it: who plans may know better, and reads why.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Part:
    """A session as it is planned: who is to be where, and when. People are named by their code."""

    slug: str
    title: str
    kind: str
    admits: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    room: str = ""
    field: str = ""
    seats: int | None = None
    signed_up: int = 0
    speakers: tuple[str, ...] = ()

    def is_beside(self, other: "Part") -> bool:
        """Whether both are on at some moment."""
        if not (self.starts_at and self.ends_at and other.starts_at and other.ends_at):
            return False
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the rooms, of the people and of the cities."""

    rooms: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    """By key: the name, and how many people it holds."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of speakers and of those who interpret for them, by code."""
    interpreters: Mapping[str, str] = field(default_factory=dict)
    """By the code of an interpreter, that of whom they interpret for."""
    mayors: frozenset[str] = frozenset()
    """Who comes as mayor or deputy mayor."""
    days: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of those who are not there all the time, on which days they are."""
    newcomer_fields: frozenset[str] = frozenset()
    """Fields of the cities designated last."""
    zone: dt.tzinfo = dt.UTC


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions, or one by itself, and why that does not go."""

    about: str
    slugs: tuple[str, ...]
    reason: str


def clashes(parts: Sequence[Part], around: Around) -> list[Clash]:
    """Every clash, those of one session first. Of n sessions only those that are on at one time are compared."""
    found = [clash for part in parts for rule in ALONE for clash in rule(part, around)]
    timed = sorted((each for each in parts if each.starts_at), key=lambda each: (str(each.starts_at), each.slug))
    for one, other in combinations(timed, 2):
        if one.is_beside(other):
            found += [Clash(about, (one.slug, other.slug), reason) for about, reason in _between(one, other, around)]
    return found


def _seats(part: Part, around: Around) -> Iterator[Clash]:
    name, capacity = around.rooms.get(part.room, ("", None))
    if capacity is None:
        return
    words = {"title": part.title, "room": name, "capacity": capacity, "seats": part.seats, "people": part.signed_up}
    if part.signed_up > capacity:
        text = _("%(people)d people have signed up for “%(title)s”; %(room)s holds %(capacity)d.")
        yield Clash("room", (part.slug,), text % words)
    elif part.seats and part.seats > capacity:
        text = _("“%(title)s” has %(seats)d seats; %(room)s holds %(capacity)d.")
        yield Clash("room", (part.slug,), text % words)


def _absent(part: Part, around: Around) -> Iterator[Clash]:
    if part.starts_at is None:
        return
    day = part.starts_at.astimezone(around.zone).date().isoformat()
    for code in part.speakers:
        if around.days.get(code) and day not in around.days[code]:
            words = {"name": around.names.get(code, code), "title": part.title}
            text = _("%(name)s speaks in “%(title)s” and is not there on that day.")
            yield Clash("people", (part.slug,), text % words)


ALONE: tuple[Callable[[Part, Around], Iterator[Clash]], ...] = (_seats, _absent)


def _between(one: Part, other: Part, around: Around) -> Iterator[tuple[str, str]]:
    words = {"one": one.title, "other": other.title}
    if one.room and one.room == other.room:
        room = around.rooms.get(one.room, (one.room, None))[0]
        yield "room", _("“%(one)s” and “%(other)s” are in %(room)s at one time.") % {**words, "room": room}
    for reason in _of_people(one, other, around):
        yield "people", reason
    for reason in _of_audiences(one, other, around):
        yield "audience", reason


def _of_people(one: Part, other: Part, around: Around) -> Iterator[str]:
    for code in (each for each in one.speakers if each in other.speakers):
        words = {"name": around.names.get(code, code), "one": one.title, "other": other.title}
        yield _("%(name)s speaks in “%(one)s” and in “%(other)s” at one time.") % words
    for first, second in ((one, other), (other, one)):
        for code in (each for each in first.speakers if around.interpreters.get(each) in second.speakers):
            words = {
                "name": around.names.get(code, code), "whom": around.names.get(around.interpreters[code], ""),
                "one": first.title, "other": second.title,
            }  # fmt: skip
            yield _("%(name)s speaks in “%(one)s” and interprets for %(whom)s in “%(other)s” at one time.") % words


def _of_audiences(one: Part, other: Part, around: Around) -> Iterator[str]:
    words = {"one": one.title, "other": other.title}
    if "plenary" in (one.kind, other.kind):
        yield _("“%(one)s” and “%(other)s” are on at one time, and a plenary is for everybody.") % words
    for forum, beside in ((one, other), (other, one)):
        if forum.admits != "mayors":
            continue
        for code in (each for each in beside.speakers if each in around.mayors):
            named = {"name": around.names.get(code, code), "forum": forum.title, "title": beside.title}
            yield _("%(name)s speaks in “%(title)s” while “%(forum)s” is on, which is for mayors.") % named
    if one.admits == other.admits == "field" and one.field == other.field:
        yield _("“%(one)s” and “%(other)s” are for the same cities at one time.") % words
    if {one.admits, other.admits} == {"newcomers"}:
        yield _("“%(one)s” and “%(other)s” are for the same cities at one time.") % words
    if {one.admits, other.admits} == {"newcomers", "field"} and (one.field or other.field) in around.newcomer_fields:
        yield _("Cities designated last belong in “%(one)s” and in “%(other)s” at one time.") % words
