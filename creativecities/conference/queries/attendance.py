"""Who attended what: what trip reports, certificates and statistics read.

Never kept between writes (`freshness.kept`): what doors hand in does not make pages of the public stale.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from creativecities.conference.models import CheckIn, Delegate, Edition, Session
from creativecities.network.models import City


@dataclass(frozen=True)
class Attendance:
    """What a delegate, or a whole delegation, came to."""

    days: frozenset[dt.date] = frozenset()
    """On which they entered the house, or any session."""
    sessions: tuple[Session, ...] = ()
    """Those at whose doors they were scanned, in the order of the programme."""

    @property
    def came(self) -> bool:
        """Whether anybody came at all."""
        return bool(self.days)


@dataclass
class _Gathered:
    days: set[dt.date] = field(default_factory=set)
    sessions: dict[int, Session] = field(default_factory=dict)

    def as_attendance(self) -> Attendance:
        return Attendance(frozenset(self.days), tuple(self.sessions.values()))


def check_ins(edition: Edition) -> QuerySet[CheckIn]:
    """Each person once a day in the house, and once in each session they came to. For counting in the database."""
    return CheckIn.objects.filter(delegate__delegation__edition=edition)


def of_delegates(delegates: Iterable[Delegate]) -> dict[int, Attendance]:
    """What each came to, by delegate. One statement; who did not come is there too."""
    found = {each.pk: _Gathered() for each in delegates}
    for row in _in_order(CheckIn.objects.filter(delegate__in=found)):
        _enter(found[row.delegate_id], row)
    return {pk: gathered.as_attendance() for pk, gathered in found.items()}


def of_city(edition: Edition, city: City) -> Attendance:
    """What anybody of a city's delegation came to. One statement."""
    whole = _Gathered()
    for row in _in_order(check_ins(edition).filter(delegate__delegation__city=city)):
        _enter(whole, row)
    return whole.as_attendance()


def came(edition: Edition) -> QuerySet[Delegate]:
    """Who came on at least one day."""
    here = check_ins(edition).values("delegate_id")
    return Delegate.objects.filter(pk__in=here)


def _in_order(rows: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    return rows.select_related("session").order_by("session__starts_at", "session_id", "at")


def _enter(into: _Gathered, row: Any) -> None:
    into.days.add(row.day)
    if row.session is not None:
        into.sessions[row.session_id] = row.session
