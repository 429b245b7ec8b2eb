"""What a timetable of meetings rests on, and how one that was worked out is kept."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.compute import timetable
from creativecities.conference.compute.slots import Meetings, Time, meetings
from creativecities.conference.compute.timetable import Slot, Task, Team, Wish
from creativecities.conference.models import Delegate, Delegation, Edition, Meeting, MeetingWish
from creativecities.conference.queries.occupied import Span, occupied
from creativecities.network import rules as network

RANKS = 8
"""Of so many partners that matching suggests to a city, each is worth less than the one before."""
PAUSE = 1000
"""Numbers of pauses begin here; there are never as many slots."""


@dataclass(frozen=True)
class Basis:
    """Everything that decides who meets whom, and a fingerprint of it."""

    task: Task
    times: dict[int, Time]
    present: dict[timetable.Pair, Meeting]

    @property
    def fingerprint(self) -> str:
        """Changes when anything of it does; what matching suggests does not count."""
        slots = [(each.key, each.tables, each.interpreters) for each in self.task.slots]
        teams = [
            (each.key, sorted(each.free), each.parallel, sorted(each.languages), sorted(each.interpreted))
            for each in self.task.teams
        ]
        wishes = sorted((each.of, each.whom) for each in self.task.wishes)
        held = sorted((*two, each.starts_at.isoformat(), each.table) for two, each in self.present.items())
        said = json.dumps([slots, teams, wishes, self.task.in_row, held])
        return hashlib.sha256(said.encode()).hexdigest()


def basis(edition: Edition, suggestions: dict[timetable.Pair, float] | None = None) -> Basis:
    """What is on record now of what is still ahead. As many statements whatever the number of delegations."""
    said, now = meetings(edition.settings), timezone.now()
    times = [time for time in said.times(edition.zone) if time.starts_at > now]
    willing = list(
        Delegation.objects.filter(edition=edition, times__isnull=False, city__in=network.member_cities())
        .exclude(state=states.DECLINED).select_related("times").prefetch_related("delegates").order_by("pk")
    )  # fmt: skip
    busy, held = occupied(edition), list(Meeting.objects.filter(edition=edition, state=states.PLANNED))
    present = {(each.one_id, each.other_id): each for each in held if each.starts_at > now}
    met = {(each.one_id, each.other_id) for each in held} - present.keys()
    wishes = MeetingWish.objects.filter(of__in=willing, whom__in=willing).order_by("pk")
    task = Task(
        _slots(times, said),
        [_team(each, times, busy) for each in willing],
        [Wish(each.of_id, each.whom_id) for each in wishes if timetable.pair(each.of_id, each.whom_id) not in met],
        {two: worth for two, worth in (suggestions or {}).items() if two not in met},
        said.in_row,
        [_present(each, times) for each in present.values()],
    )
    return Basis(task, {time.number: time for time in times}, present)


def ahead_of(sent: Delegation) -> QuerySet[Meeting]:
    """The meetings a delegation still has."""
    mine = Meeting.objects.filter(Q(one=sent) | Q(other=sent), state=states.PLANNED, starts_at__gt=timezone.now())
    return mine.select_related("one", "other").order_by("pk")


def left_the_network() -> QuerySet[Delegation]:
    """Delegations with meetings to come whose city is no member any more. One statement."""
    mine = Q(one=OuterRef("pk")) | Q(other=OuterRef("pk"))
    ahead = Meeting.objects.filter(mine, state=states.PLANNED, starts_at__gt=timezone.now())
    gone = Delegation.objects.exclude(city__in=network.member_cities())
    return gone.filter(Exists(ahead)).select_related("edition", "city").order_by("pk")


def _slots(times: list[Time], said: Meetings) -> list[Slot]:
    """The slots, with a pause wherever another window begins."""
    found: list[Slot] = []
    for before, time in zip([None, *times], times, strict=False):
        if before and time.window != before.window:
            found.append(Slot(PAUSE + time.number, 0, is_pause=True))
        found.append(Slot(time.number, said.tables, said.interpreters))
    return found


def _present(meeting: Meeting, times: list[Time]) -> timetable.Meeting:
    """A meeting as it is planned; in a slot that is no longer there it has none."""
    slot = next((each.number for each in times if each.starts_at == meeting.starts_at), 0)
    return timetable.Meeting((meeting.one_id, meeting.other_id), slot, meeting.table, is_announced=True)


def _team(delegation: Delegation, times: list[Time], busy: Mapping[int, list[Span]]) -> Team:
    """A delegation meets when as many of it are in no session as it takes tables; nobody counts where none is named."""
    people = [each for each in delegation.delegates.all() if each.state in (states.CONFIRMED, states.NOMINATED)]
    own = [each for each in people if each.role != Delegate.Role.INTERPRETER]
    through = [each for each in people if each.role == Delegate.Role.INTERPRETER]

    def left(some: list[Delegate], time: Time) -> int:
        return sum(not any(a < time.ends_at and b > time.starts_at for a, b in busy.get(one.pk, ())) for one in some)

    free = frozenset(
        time.number for time in times
        if time.key not in delegation.times.busy and (not own or left(own, time) >= delegation.times.tables)
    )  # fmt: skip
    interpreting = frozenset(time.number for time in times if time.number in free and left(through, time))
    return Team(delegation.pk, free, delegation.times.tables, _spoken(own), _spoken(through), interpreting)


def _spoken(people: list[Delegate]) -> frozenset[str]:
    return frozenset(code for each in people for code in each.languages)


def suggestions(edition: Edition) -> dict[timetable.Pair, float]:
    """What matching suggests among the delegations that are willing; the first of a city's partners is worth most."""
    from creativecities.exchange.queries import matching  # with arrays

    there = dict(
        Delegation.objects.filter(edition=edition, times__isnull=False)
        .exclude(Q(state=states.DECLINED)).values_list("city_id", "pk")
    )  # fmt: skip
    found: dict[timetable.Pair, float] = {}
    for city, partners in matching.suggested(reach=True).items():
        for rank, partner in enumerate(partners if city in there else ()):
            if partner in there:
                two = timetable.pair(there[city], there[partner])
                found[two] = max(found.get(two, 0.0), 1 - rank / RANKS)
    return found


def as_kept(found: timetable.Timetable, times: dict[int, Time]) -> dict[str, Any]:
    """A timetable as it is kept: plain numbers and texts."""

    def held(each: timetable.Meeting | None) -> dict[str, Any] | None:
        if each is None or each.slot not in times:
            return None
        time = times[each.slot]
        return {"starts_at": time.starts_at.isoformat(), "ends_at": time.ends_at.isoformat(), "table": each.table}

    changes = [
        {"kind": each.kind, "reason": each.reason, "pair": list((each.after or each.before).pair),  # type: ignore[union-attr]
         "before": held(each.before), "after": held(each.after)}
        for each in found.changes
    ]  # fmt: skip
    return {
        "changes": changes,
        "waiting": [[*two, reason] for two, reason in found.waiting.items()],
        "without": found.without,
        "gap": round(100 * found.gap, 2),
    }
