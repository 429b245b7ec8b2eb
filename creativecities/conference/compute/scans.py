"""What phones at doors have seen, and who is in by it. Pure: what is known is given, nothing is asked."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

MOST_AT_ONCE = 200
"""Scans in one message; a phone with more sends several."""


@dataclass(frozen=True)
class Item:
    """One row of a phone's queue."""

    device: uuid.UUID
    sequence: int
    said: str
    scanned_at: dt.datetime
    digest: str = ""
    """Of the token that was scanned; empty when the person was found by name."""
    code: str = ""
    """Of the delegate who was found by name."""
    undoes: int | None = None
    """The sequence of what is taken back."""
    list_at: dt.datetime | None = None
    """When the list was made by which the door judged; none if the list was not ours."""

    @property
    def key(self) -> tuple[uuid.UUID, int]:
        """The phone, and its own number for this."""
        return self.device, self.sequence


def digest(token: str) -> str:
    """What a phone keeps in place of a token, so that nobody prints badges from a phone that was lost."""
    return hashlib.sha256(token.encode()).hexdigest()


def corrected(item: Item, offset: dt.timedelta, received: dt.datetime) -> dt.datetime:
    """When it was scanned, by our clock: not after it came, and not before the list was made that judged it.

    A phone whose clock was put right between scan and sync would else tell of another day.
    """
    try:
        at = item.scanned_at + offset
    except OverflowError:
        at = received
    return min(max(at, item.list_at or at), received)
