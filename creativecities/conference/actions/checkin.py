"""What phones at doors have seen is kept row by row, judged knowing all doors, and each person counted once a day.

The doors of an edition are taken one after the other: the row of the edition is held meanwhile.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from creativecities.conference.compute.scans import Item, corrected
from creativecities.conference.models import CheckIn, Door, Edition, Scan
from creativecities.conference.queries import book as queries
from creativecities.conference.queries.book import Book, Key
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor


@action(quiet=True)
def sync(door: Door, items: Sequence[Item], *, offset: dt.timedelta, by: Actor) -> list[Scan]:
    """Take what a phone has seen, in its order; what came before is answered as it was then.

    `offset` is our time minus that of the phone, measured now.
    """
    Edition.objects.select_for_update().get(pk=door.edition_id)
    there = queries.there(door, items)
    fresh = {each.key: each for each in items if each.key not in there}
    made = _keep(door, [fresh[key] for key in sorted(fresh, key=str)], there, offset)
    verdicts = [scan.verdict for scan in made.values()]
    counts = {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}
    record("conference.door.synced", door, by=by, received=len(items), fresh=len(made), verdicts=counts)
    known = there | made
    return [known[each.key] for each in items]


@step
def _keep(door: Door, items: Sequence[Item], there: dict[Key, Scan], offset: dt.timedelta) -> dict[Key, Scan]:
    """Judge and add rows; those that take others back come after what they take back."""
    received, made = timezone.now(), dict[Key, Scan]()
    book = Book(door, items, list(there.values()))
    for item in items:
        made[item.key] = scan = Scan(
            door=door, device=item.device, sequence=item.sequence, said=item.said, digest=item.digest,
            scanned_at=item.scanned_at, offset=offset // dt.timedelta(milliseconds=1), list_at=item.list_at,
            at=corrected(item, offset, received), received_at=received,
        )  # fmt: skip
        if item.undoes is None:
            book.judge(scan, item)
        else:
            book.take_back(scan, made.get((item.device, item.undoes)) or there.get((item.device, item.undoes)))
    Scan.objects.bulk_create([each for each in made.values() if each.said != Scan.Said.TAKEN_BACK])
    Scan.objects.bulk_create([each for each in made.values() if each.said == Scan.Said.TAKEN_BACK])
    _count(book)
    return made


@step
def _count(book: Book) -> None:
    """Let each person be in by the first scan that stands, and not be in where none stands."""
    new, gone = [], []
    for stay in book.touched:
        first = min(book.standing[stay], key=lambda scan: (scan.at, scan.pk), default=None)
        held = book.check_ins.get(stay)
        if first is None:
            gone += [held.pk] if held else []
        elif held is None:
            new.append(_check_in(book, stay, first))
        elif held.scan_id != first.pk:
            CheckIn.objects.filter(pk=held.pk).update(scan=first, door=first.door_id, at=first.at)
    CheckIn.objects.filter(pk__in=gone).delete()
    CheckIn.objects.bulk_create(new)


def _check_in(book: Book, stay: queries.Stay, first: Scan) -> CheckIn:
    delegate, day = stay
    session = book.door.session_id
    return CheckIn(delegate_id=delegate, day=day, session_id=session, door_id=first.door_id, scan=first, at=first.at)
