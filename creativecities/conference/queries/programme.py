"""The draft of the programme as those who plan it see it: what is planned, what clashes, who speaks from where."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from creativecities.conference import states
from creativecities.conference.compute import clashes
from creativecities.conference.models import Delegate, Edition, Room, Session, Speaker
from creativecities.conference.rules.programme import LISTENERS
from creativecities.core import days
from creativecities.core.words import Words, in_language
from creativecities.network.models import Designation, DesignationRound, Region

MAYORS = (Delegate.Role.MAYOR, Delegate.Role.DEPUTY_MAYOR)


def title_of(session: Session) -> Words:
    """What a session is called, in the reader's language where it is written."""
    return Words(*in_language(session.title, get_language() or "en", list(session.title)))


def name_of(room: Room) -> str:
    """What stands on the door of a room."""
    return in_language(room.name, get_language() or "en", list(room.name))[0]


def days_of(edition: Edition) -> list[dt.date]:
    """The days of an edition, both ends included; none while they are not known."""
    first, last = edition.starts_on, edition.last_day
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)] if first and last else []


@dataclass(frozen=True)
class Plan:
    """Everything in the draft of an edition, with what clashes in it."""

    edition: Edition
    sessions: list[Session]
    parts: list[clashes.Part]
    dropped: list[Session]
    rooms: list[Room]
    clashes: list[clashes.Clash]


def plan(edition: Edition) -> Plan:
    """The draft of an edition. Six statements, however much is planned."""
    speakers = Prefetch("speakers", Speaker.objects.select_related("delegate__delegation__city__country__region"))
    found = list(edition.sessions.select_related("room", "field").prefetch_related(speakers))
    planned = [each for each in found if each.state == states.PLANNED]
    rooms = list(edition.rooms.all())
    around = _around(edition, planned, rooms)
    parts = [_part(each) for each in planned]
    known = clashes.clashes(parts, around)
    return Plan(edition, planned, parts, [each for each in found if each.state != states.PLANNED], rooms, known)


def _part(session: Session) -> clashes.Part:
    return clashes.Part(
        slug=session.slug, title=str(title_of(session)), kind=session.kind, admits=session.admits,
        starts_at=session.starts_at, ends_at=session.ends_at, room=session.room.key if session.room else "",
        field=session.field_id or "", seats=session.seats,
        speakers=tuple(each.delegate.code for each in session.speakers.all()),
    )  # fmt: skip


def _around(edition: Edition, planned: Sequence[Session], rooms: Sequence[Room]) -> clashes.Around:
    speaking = {each.delegate_id: each.delegate for session in planned for each in session.speakers.all()}
    interpreters = list(Delegate.objects.coming().filter(bound_to__in=speaking))
    people = [*speaking.values(), *interpreters]
    return clashes.Around(
        rooms={room.key: (name_of(room), room.capacity) for room in rooms},
        names={each.code: each.name for each in people},
        interpreters={each.code: speaking[each.bound_to_id].code for each in interpreters if each.bound_to_id},
        mayors=frozenset(each.code for each in people if each.role in MAYORS),
        days={each.code: frozenset(each.days) for each in people if each.days},
        newcomer_fields=newcomer_fields(edition),
        zone=ZoneInfo(edition.zone),
    )


def newcomer_fields(edition: Edition) -> frozenset[str]:
    """The fields of the cities designated in the last round before the edition. One statement."""
    last = (
        DesignationRound.objects.filter(announced_on__lt=edition.starts_on or days.today())
        .order_by("-year")
        .values("pk")[:1]
    )
    return frozenset(Designation.objects.filter(round_id__in=last).values_list("field_id", flat=True))


def able_to_speak(edition: Edition) -> QuerySet[Delegate]:
    """Who can be named as speaking: confirmed by name, with the right to speak; by city."""
    found = Delegate.objects.coming().filter(delegation__edition=edition).exclude(role__in=LISTENERS)
    return found.select_related("delegation__city__country").order_by("delegation__city__name", "name")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who speak come from a region, beside how many of the cities that come are of it."""

    region: str
    speakers: int
    cities: int


def balance(plan: Plan) -> list[Share]:
    """Speakers by region, each person once, while one still builds. Two statements."""
    people = {each.delegate_id: each.delegate for session in plan.sessions for each in session.speakers.all()}
    speakers = Counter(each.delegation.city.country.region_id for each in people.values())
    coming = plan.edition.delegations.filter(state=states.CONFIRMED).values_list("city__country__region", flat=True)
    cities: Counter[Any] = Counter(coming)
    return [Share(region.name, speakers[region.pk], cities[region.pk]) for region in Region.objects.all()]
