"""What is known when scans of a door are judged: badges, who comes, who is kept out, who is in. It writes nothing."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from creativecities.conference.compute.scans import Item, digest
from creativecities.conference.models import Badge, CheckIn, Delegate, Door, Scan
from creativecities.conference.queries.door_list import kept_out
from creativecities.conference.rules import doors as rules

Stay = tuple[int, dt.date]
"""A delegate on a day."""
Key = tuple[uuid.UUID, int]
"""A phone, and its own number for what it saw."""
Said, Verdict = Scan.Said, Scan.Verdict


class Known(NamedTuple):
    """A badge of the edition."""

    pk: int
    delegate_id: int
    revoked_at: dt.datetime | None


class Book:
    """What is known of the people in a batch. Judging enters each scan, so that the next one is judged knowing it."""

    def __init__(self, door: Door, items: Sequence[Item], before: Collection[Scan]) -> None:
        self.door = door
        self.zone = ZoneInfo(door.edition.zone)
        self._badges = _badges(door) if any(each.digest for each in items) else {}
        self._codes = _by_code(door, [each.code for each in items if each.code])
        people = {self._badges[each.digest].delegate_id for each in items if each.digest in self._badges}
        people |= {*self._codes.values(), *(each.delegate_id for each in before if each.delegate_id)}
        self._coming = set(rules.coming(door).filter(pk__in=people).values_list("pk", flat=True))
        self._outside = kept_out(door)
        self.standing: defaultdict[Stay, list[Scan]] = defaultdict(list)
        for scan in _standing(door, people):
            self.standing[self.stay(scan)].append(scan)
        came = CheckIn.objects.filter(session=door.session_id, delegate__in=people)
        self.check_ins = {(each.delegate_id, each.day): each for each in came}
        self.touched: set[Stay] = set()
        self._taken_back = {each.key for each in before if hasattr(each, "undone_by")}

    def stay(self, scan: Scan) -> Stay:
        """Whose scan of which day it is, by the calendar of the place."""
        assert scan.delegate_id
        return scan.delegate_id, scan.at.astimezone(self.zone).date()

    def judge(self, scan: Scan, item: Item) -> None:
        """Say whose scan it is and what is to be said of it."""
        badge = self._badges.get(item.digest)
        scan.badge_id = badge.pk if badge else None
        scan.delegate_id = badge.delegate_id if badge else self._codes.get(item.code)
        scan.verdict = self._verdict(scan, badge)
        if scan.verdict in Scan.STANDS:
            self.standing[self.stay(scan)].append(scan)
            self.touched.add(self.stay(scan))

    def take_back(self, scan: Scan, target: Scan | None) -> None:
        """Let a scan stand no more, as if it had not been."""
        if target is None or target.said == Said.TAKEN_BACK or target.key in self._taken_back:
            scan.verdict = Verdict.NOTHING
            return
        self._taken_back.add(target.key)
        scan.undoes, scan.delegate_id, scan.verdict = target, target.delegate_id, Verdict.TAKEN_BACK
        if target.verdict in Scan.STANDS and target.delegate_id:
            stay = self.stay(target)
            self.standing[stay] = [each for each in self.standing[stay] if each.key != target.key]
            self.touched.add(stay)

    def _verdict(self, scan: Scan, badge: Known | None) -> str:
        if scan.delegate_id is None:
            return Verdict.FORGED
        if badge and badge.revoked_at and scan.at >= badge.revoked_at:
            return Verdict.REVOKED
        let_in = scan.said in (Said.ADMITTED, Said.REPEATED)
        whose, day = self.stay(scan)
        if whose not in self._coming or whose in self._outside:
            return Verdict.REFUSED if let_in else Verdict.KEPT_OUT
        if not let_in:
            return Verdict.TURNED_AWAY
        there = self.standing[whose, day]
        if not there:
            return Verdict.ACCEPTED
        return Verdict.REPEATED if any(each.door_id == self.door.pk for each in there) else Verdict.CLASH


def _badges(door: Door) -> dict[str, Known]:
    """Every badge of the edition, by what a phone knows of it. One statement."""
    rows = Badge.objects.filter(delegate__delegation__edition=door.edition_id).order_by()
    found = rows.values_list("token", "pk", "delegate_id", "revoked_at")
    return {digest(token): Known(pk, delegate, revoked) for token, pk, delegate, revoked in found}


def _by_code(door: Door, codes: list[str]) -> dict[str, int]:
    found = Delegate.objects.filter(delegation__edition=door.edition_id, code__in=codes)
    return dict(found.values_list("code", "pk"))


def _standing(door: Door, people: Iterable[int]) -> Iterable[Scan]:
    """The scans by which people are in at the place of a door, by whichever of its doors they came."""
    at_place = Scan.objects.filter(door__edition=door.edition_id, door__session=door.session_id)
    return at_place.filter(delegate__in=people, verdict__in=Scan.STANDS, undone_by__isnull=True)


def there(door: Door, items: Iterable[Item]) -> dict[Key, Scan]:
    """The rows that came before of those a phone sends, and of those it takes back. One statement a phone."""
    wanted: defaultdict[uuid.UUID, set[int]] = defaultdict(set)
    for each in items:
        wanted[each.device] |= {each.sequence} | ({each.undoes} if each.undoes is not None else set())
    found: dict[Key, Scan] = {}
    for device, sequences in wanted.items():
        rows = Scan.objects.filter(door=door, device=device, sequence__in=sequences).select_related("undone_by")
        found |= {(device, each.sequence): each for each in rows}
    return found
