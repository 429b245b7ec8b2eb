"""Seats as those who take them see them: what is free, whom one may sign up, one's own programme."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import released
from creativecities.conference.models import (
    CalendarKey,
    Delegate,
    Edition,
    Favourite,
    Release,
    Session,
    SignUp,
    Speaker,
)
from creativecities.conference.queries import gate, materials, releases
from creativecities.conference.rules import signups as rules
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def session_of(release: Release, slug: str) -> Session:
    """The session of the draft that stands in a release under this name. Raises Http404 for one it does not hold."""
    row = releases.found(release, slug)
    return Session.objects.select_related("edition", "field").get(guid=row["guid"])


def may_act_for(person: Any, release: Release) -> QuerySet[Delegate]:
    """Those a person may sign up: themselves, and their own city's delegates."""
    own = Q(person_id=person.pk) | Q(delegation__city__in=network.team_cities(person))
    found = Delegate.objects.coming().filter(own, delegation__edition=release.edition_id)
    return found.select_related("delegation__city", "bound_to__delegation").order_by("delegation__city__name", "name")


@dataclass(frozen=True, slots=True)
class Place:
    """One delegate before a session: their seat, that they wait, or why they do not sign up."""

    delegate: Delegate
    signup: SignUp | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Seating:
    """How many seats a session has, how many are taken, how many people wait; and whom one may sign up."""

    most: int | None
    taken: int
    waiting: int
    places: list[Place]
    is_marked: bool
    adds: bool
    """Whether one adds materials to it, or has added some."""


def seats(person: Any, release: Release, slug: str) -> Seating:
    """The seats of a session as one person sees them. Twelve statements at most, three for a visitor."""
    session = session_of(release, slug)
    signups = {each.delegate_id: each for each in session.signups.all()} if session.seats else {}
    taken = sum(1 for each in signups.values() if each.number)
    places: list[Place] = []
    is_marked = False
    if person.is_authenticated:
        delegates = list(may_act_for(person, release)) if session.seats else []
        closed = gate.verdicts(session, delegates) if delegates else {}
        places = [Place(each, signups.get(each.pk), rules.time(session) or closed[each.pk]) for each in delegates]
        is_marked = Favourite.objects.filter(person_id=person.pk, session=session).exists()
    adds = materials.has_part(person, session)
    return Seating(session.seats, taken, len(signups) - taken, places, is_marked, adds)


@dataclass(frozen=True)
class Own:
    """A session in somebody's own programme, why it stands there, and what of theirs is at the same time."""

    row: released.Row
    why: list[str]
    beside: list[released.Row]


def own(person: Any, release: Release) -> list[Own]:
    """Where a person speaks, has a seat or waits for one, and what they have marked. Three statements."""
    why: dict[str, list[str]] = defaultdict(list)
    edition = release.edition_id
    coming = Delegate.objects.coming().filter(person_id=person.pk, delegation__edition=edition)
    for guid in Speaker.objects.filter(delegate__in=coming).values_list("session__guid", flat=True):
        why[str(guid)].append(_("You speak."))
    for guid, number in SignUp.objects.filter(delegate__in=coming).values_list("session__guid", "number"):
        why[str(guid)].append(_("You have a seat.") if number else _("You are on the waiting list."))
    marked = Favourite.objects.filter(person_id=person.pk, session__edition=edition)
    for guid in marked.values_list("session__guid", flat=True):
        why[str(guid)].append(_("You have marked it."))
    rows = [row for row in release.listing["sessions"] if row["guid"] in why]
    return [Own(row, why[row["guid"]], _beside(rows, row)) for row in rows]


def _beside(rows: Iterable[released.Row], one: released.Row) -> list[released.Row]:
    return [each for each in rows if each is not one and released.is_beside(each, one)]


def turned_away() -> list[tuple[Session, list[Delegate]]]:
    """Of sessions to come those who have a seat, or wait for one, and are not admitted any more.

    One statement for each edition to come, and where a session with seats admits only some, six for each that does.
    """
    to_come = Edition.objects.filter(state=states.ANNOUNCED, last_day__gte=days.today())
    some = [guid for each in to_come for guid in releases.restricted(each)]
    rows = SignUp.objects.filter(
        session__state=states.PLANNED, session__starts_at__gt=timezone.now(), session__guid__in=some
    )
    held: dict[Session, list[Delegate]] = defaultdict(list)
    people = ("delegate__person", "delegate__delegation__city", "delegate__bound_to__delegation")
    for row in rows.select_related("session__edition", *people):
        row.delegate.delegation.edition = row.session.edition
        held[row.session].append(row.delegate)
    found = []
    for session, delegates in held.items():
        verdicts = gate.verdicts(session, delegates)
        if closed := [each for each in delegates if verdicts[each.pk]]:
            found.append((session, closed))
    return found


def calendar_key(person: Any) -> str:
    """The secret part of the address of a person's calendar; empty where they have made none."""
    return CalendarKey.objects.filter(person_id=person.pk).values_list("key", flat=True).first() or ""


def holder(key: str) -> Person | None:
    """Whose calendar it is."""
    held = CalendarKey.objects.filter(key=key, person__is_active=True).select_related("person").first()
    return held.person if held else None
