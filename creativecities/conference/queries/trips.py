"""A trip report as its delegation writes it: what the platform knows they did, and a box for each of it."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.compute.released import Row
from creativecities.conference.compute.reporting import CITY, IDEA, IMPRESSION, MOST_IDEAS, SESSION, TOGETHER, Place
from creativecities.conference.models import Delegate, Delegation, Meeting, Session, TripNote, TripReport
from creativecities.conference.queries import attendance
from creativecities.conference.queries.outcomes import said
from creativecities.core.words import Words
from creativecities.exchange.models import Initiative, Need
from creativecities.network.compute.differences import Piece, differences
from creativecities.network.models import City


@dataclass
class Clash:
    """What somebody else saved in a box while it was open here, and what saving this one would change in it."""

    by_name: str
    at: Any
    theirs: str
    change: list[Piece]


@dataclass
class Box:
    """One text of a trip report on its page: as it is kept, or as it was typed."""

    kind: str
    key: str
    label: Words
    role: str = ""
    note: TripNote | None = None
    text: str = ""
    opened: int = 0
    is_saved: bool = False
    clash: Clash | None = None

    @property
    def place(self) -> Place:
        return self.kind, self.key

    @property
    def name(self) -> str:
        return f"{self.kind}_{self.key}"

    @property
    def saved(self) -> bool:
        return self.is_saved

    @property
    def now(self) -> int:
        """The version that is kept."""
        return self.note.version if self.note else 0

    @property
    def rows(self) -> int:
        """How tall the box is."""
        return 3 if self.kind == IDEA else 5

    def clashes(self, theirs: TripNote) -> None:
        """Somebody else has saved it since it was opened."""
        self.note = theirs
        by_name = theirs.person.name if theirs.person else "–"
        self.clash = Clash(by_name, theirs.at, theirs.text, differences(theirs.text, self.text))


@dataclass(frozen=True)
class Group:
    """The boxes of one kind."""

    kind: str
    boxes: list[Box]
    others: list[tuple[str, str]]
    """What can be added to them: key and label."""


def sheet(delegation: Delegation, report: TripReport | None, also: Collection[Place] = ()) -> list[Group]:
    """Every box of a report, in groups; `also` are those that somebody asks for, where there is such a thing."""
    notes = {} if report is None else {
        (each.kind, each.key): each for each in report.notes.select_related("person", "initiative", "need")
    }  # fmt: skip
    wanted = {*notes, *also}
    return [
        Group(IMPRESSION, _filled(_impressions(delegation, notes), notes), []),
        _sessions(delegation, wanted, notes),
        _cities(delegation, wanted, notes),
        Group(IDEA, _filled(_ideas(wanted), notes), []),
    ]


def _filled(boxes: Iterable[Box], notes: dict[Place, TripNote]) -> list[Box]:
    found = list(boxes)
    for box in found:
        if note := notes.get(box.place):
            box.note, box.text, box.opened = note, note.text, note.version
    return found


def _keys(wanted: Iterable[Place], of: str) -> list[str]:
    return [key for kind, key in wanted if kind == of]


def _impressions(delegation: Delegation, notes: dict[Place, TripNote]) -> Iterable[Box]:
    """One for each who came, and one for all; what was written by somebody whose name is deleted keeps their role."""
    yield Box(IMPRESSION, TOGETHER, Words(_("The delegation together"), ""))
    there = {each.code: each for each in delegation.delegates.coming().named()}
    for code, each in there.items():
        yield Box(IMPRESSION, code, Words(f"{each.name} ({each.get_role_display()})", ""), each.role)
    for key in _keys(notes, IMPRESSION):
        if key not in there and key != TOGETHER:
            role = notes[IMPRESSION, key].role
            yield Box(IMPRESSION, key, Words(str(dict(Delegate.Role.choices).get(role, role)), ""), role)


def _attended(delegation: Delegation, rows: Iterable[Row]) -> set[str]:
    """The sessions at which somebody of the delegation was: they speak in it, or were scanned at its door."""
    ours = {each.code for each in delegation.delegates.coming()}
    spoken = {row["guid"] for row in rows if ours & {each["code"] for each in row["speakers"]}}
    scanned = attendance.of_city(delegation.edition, delegation.city).sessions
    return spoken | {str(each.guid) for each in scanned}


def _sessions(delegation: Delegation, wanted: Iterable[Place], notes: dict[Place, TripNote]) -> Group:
    """Those of the released programme. What was dropped since keeps its box where it was attended or written about."""
    newest = delegation.edition.releases.values_list("listing", flat=True).first()
    rows = newest["sessions"] if newest else []
    known = _attended(delegation, rows)
    titles = {row["guid"]: said(row["title"]) for row in rows}
    gone = [key for key in {*known, *_keys(notes, SESSION)} - {*titles} if _is_guid(key)]
    if gone:
        dropped = Session.objects.filter(edition=delegation.edition_id, guid__in=gone)
        titles |= {str(each.guid): said(each.title) for each in dropped}
    shown = {*known, *_keys(wanted, SESSION)}
    boxes = [Box(SESSION, key, title) for key, title in titles.items() if key in shown]
    return Group(
        SESSION, _filled(boxes, notes), [(key, str(title)) for key, title in titles.items() if key not in shown]
    )


def _is_guid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _cities(delegation: Delegation, wanted: Iterable[Place], notes: dict[Place, TripNote]) -> Group:
    """The cities that came, among which the delegation says whom it met; at the fair the platform knows it."""
    came = City.objects.filter(delegations__edition=delegation.edition_id).exclude(delegations__state="declined")
    named = {*_keys(wanted, CITY), *_met(delegation)}
    boxes, others = [], []
    for each in came.exclude(pk=delegation.city_id).order_by("name").distinct():
        if each.slug in named:
            boxes.append(Box(CITY, each.slug, Words(each.name, "en")))
        else:
            others.append((each.slug, each.name))
    return Group(CITY, _filled(boxes, notes), others)


def _met(delegation: Delegation) -> Iterable[str]:
    """The cities whose meeting at the fair with this one was held. One statement."""
    mine = Q(one=delegation) | Q(other=delegation)
    held = Meeting.objects.filter(mine, state=states.PLANNED, ends_at__lte=timezone.now())
    for one, other in held.values_list("one__city__slug", "other__city__slug"):
        yield other if one == delegation.city.slug else one


def _ideas(wanted: Iterable[Place]) -> Iterable[Box]:
    """Those that are written, and one more."""
    numbers = [int(key) for key in _keys(wanted, IDEA) if key.isascii() and key.isdigit() and len(key) < 3]
    for number in range(1, min(max(numbers, default=0) + 1, MOST_IDEAS) + 1):
        yield Box(IDEA, str(number), Words(_("Idea %(number)d") % {"number": number}, ""))


def things_of(person: Any, city: City) -> tuple[QuerySet[Initiative], QuerySet[Need]]:
    """What a city has in the exchange that one of its ideas can point to."""
    initiatives = Initiative.objects.visible_to(person).owned_by([city.pk]).order_by("-pk")
    return initiatives, Need.objects.visible_to(person).filter(city=city)
