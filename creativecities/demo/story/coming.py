"""People come to an edition of the story: doors, badges that are scanned, and what does not go together."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference.actions import badges, checkin, doors
from creativecities.conference.compute.scans import Item, digest
from creativecities.conference.models import Badge, Delegate, Door, Edition, Session
from creativecities.core.actor import Robot
from creativecities.demo.story import clock, programme, words
from creativecities.demo.story.gathering import HOUR

GATES = ("North gate", "South gate")
NOW_AND_THEN = dt.timedelta(minutes=1)
ABSENT = 9
"""Of so many who come, one is not there on a day."""


def make_doors(edition: Edition, on: dt.datetime, *, by: Person, also: Iterable[Session] = ()) -> list[Door]:
    """Two of the house, and one for each session whose gate is guarded."""
    with clock.at(on):
        made = [doors.make(edition, name=name, by=by) for name in GATES]
        made += [doors.make(edition, name=each.title["en"], session=each, by=by) for each in also]
    return made


def tokens(edition: Edition, without: Iterable[str] = ()) -> dict[Delegate, str]:
    """What stands on the badges of those who come; nobody of some cities does."""
    held = Badge.objects.filter(delegate__in=Delegate.objects.coming(), revoked_at=None)
    rows = held.filter(delegate__delegation__edition=edition).exclude(delegate__delegation__city__slug__in=without)
    return {each.delegate: each.token for each in rows.select_related("delegate__delegation__city").order_by("pk")}


def come(gates: list[Door], people: dict[Delegate, str], day: int) -> int:
    """On a day, within an hour and a half, each by a gate of their own; as many as have come by now. Says how many."""
    edition = gates[0].edition
    opens = programme.at(edition, day, "08:30")
    came = 0
    for turn, gate in enumerate(gates):
        seen = [
            (opens + words.number(_seed(each) + str(day), 0, 90) * NOW_AND_THEN, token)
            for each, token in people.items()
            if words.number(_seed(each), 0, len(gates) - 1) == turn
            and words.number(_seed(each) + f"{day}there", 1, ABSENT) > 1
        ]
        came += scan(gate, seen, opens + 2 * HOUR, first=1000 * day)
    return came


def _seed(delegate: Delegate) -> str:
    """The same each time, for the code of a delegate is not."""
    return f"{delegate.delegation.city.slug} {delegate.role}"


def scan(door: Door, seen: list[tuple[dt.datetime, str]], until: dt.datetime, *, first: int) -> int:
    """A phone hands in what it has seen by then, in its order. Says how much that was."""
    until = min(until, timezone.now())
    items = list(_items(door, sorted(each for each in seen if each[0] < until), first))
    if items:
        with clock.at(until):
            checkin.sync(door, items, offset=dt.timedelta(), by=Robot("Door"))
    return len(items)


def _items(door: Door, seen: list[tuple[dt.datetime, str]], first: int) -> Iterator[Item]:
    phone = uuid.uuid5(door.key, "phone")
    for number, (at, token) in enumerate(seen, first + 1):
        yield Item(device=phone, sequence=number, said="admitted", scanned_at=at, digest=digest(token), list_at=None)


def go_wrong(gates: list[Door], people: dict[Delegate, str], day: int, *, by: Person) -> None:
    """What happens at doors: a badge twice, one by both gates, one that was lost, one that is none."""
    edition, (again, both, lost, *_others) = gates[0].edition, [*people][::7]
    lunch = programme.at(edition, day, "13:00")
    with clock.at(min(lunch, timezone.now() - HOUR)):
        badges.replace(lost, reason="Left in the bus", by=by)
    north = [(lunch, people[again]), (lunch + NOW_AND_THEN, people[both]), (lunch + 3 * NOW_AND_THEN, people[lost])]
    south = [(lunch + 20 * NOW_AND_THEN, people[both]), (lunch + 21 * NOW_AND_THEN, "a badge of another fair")]
    scan(gates[0], north, lunch + HOUR, first=1000 * day + 500)
    scan(gates[1], south, lunch + HOUR, first=1000 * day + 500)


def come_in(door: Door, people: dict[Delegate, str]) -> int:
    """To a session, those whom its gate lets in, and one whom it does not. Says how many."""
    assert door.session
    begins = door.session.starts_at
    assert begins
    wanted = [each for each in people if each.role == "mayor"] + [each for each in people if each.role == "expert"][:1]
    seen = [(begins + number * NOW_AND_THEN / 4, people[each]) for number, each in enumerate(wanted)]
    return scan(door, seen, begins + HOUR, first=0)
