"""What server and phone tell each other at a door, as JSON: the list in small leaves, and the queue of the phone.

The list is cut into leaves by the beginning of each delegate's code, so that only those travel that have changed. It is
stamped: the stamp names door, moment and digest, and is signed. A phone cannot check the signature, for it must not
have the secret; it checks the digest. What the signature gives: a phone cannot say later that it judged by a list that
was never given out.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core import signing
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from creativecities.conference.compute.scans import MOST_AT_ONCE, Item
from creativecities.conference.models import Door, Scan
from creativecities.conference.queries.door_list import Listed
from creativecities.core.refusal import Refusal

LARGEST = 400_000
"""Bytes of a message; the largest honest one is a quarter of that."""
_SALT = "conference.door-list"
_DIGEST = 64
Leaves = Mapping[str, str]


def leaves(people: Iterable[Listed]) -> Leaves:
    """The text of each leaf, people in the order of their codes."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in people:
        found[each.code[:2]].append(_entry(each))
    return {leaf: json.dumps(rows, ensure_ascii=False, separators=(",", ":")) for leaf, rows in sorted(found.items())}


def _entry(one: Listed) -> dict[str, Any]:
    entry: dict[str, Any] = {"c": one.code, "n": one.name, "s": one.city, "r": one.role_label, "b": one.badge}
    if one.revoked:
        entry["x"] = one.revoked
    if one.reason:
        entry["no"] = one.reason
    if one.came_at:
        entry["in"] = [one.came_at.isoformat(timespec="seconds"), one.came_by]
    return entry


def digest_of(text: str) -> str:
    """SHA-256, as the phone works it out as well."""
    return hashlib.sha256(text.encode()).hexdigest()


def message(door: Door, whole: Leaves, have: Mapping[str, str], at: dt.datetime) -> dict[str, Any]:
    """The list as a phone gets it that has some leaves already: what has changed, what is gone, and the stamp."""
    digests = {leaf: digest_of(text) for leaf, text in whole.items()}
    digest = digest_of("\n".join(f"{leaf}:{each}" for leaf, each in digests.items()))
    stamp = signing.dumps({"door": str(door.key), "at": at.isoformat(), "digest": digest}, salt=_SALT)
    return {
        "at": at.isoformat(timespec="seconds"), "digest": digest, "stamp": stamp,
        "leaves": {leaf: text for leaf, text in whole.items() if have.get(leaf) != digests[leaf][:16]},
        "gone": [leaf for leaf in have if leaf not in whole],
    }  # fmt: skip


def stamped_at(door: Door, stamp: str) -> dt.datetime | None:
    """When a list was made; None if we never made it for this door."""
    try:
        said = signing.loads(stamp, salt=_SALT)
        return parse_datetime(said["at"]) if said["door"] == str(door.key) else None
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def read(door: Door, body: bytes) -> tuple[list[Item], dt.datetime, dict[str, str]]:
    """A phone's queue, the time its clock showed, and the leaves it has. Raises Refusal (400) for any other text."""
    try:
        said = json.loads(body)
        device, now = uuid.UUID(said["device"]), _instant(said["now"])
        have = {str(leaf)[:2]: str(digest)[:16] for leaf, digest in said["have"].items()}
        stamps: dict[str, dt.datetime | None] = {}
        rows = said["scans"]
        if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
            raise ValueError
        items = [_item(door, device, row, stamps) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise Refusal(_("This is no message of a door."), code="bad-message", status=400) from None
    return items, now, have


def _item(door: Door, device: uuid.UUID, row: Mapping[str, Any], stamps: dict[str, dt.datetime | None]) -> Item:
    sequence, said, stamp = int(row["n"]), str(row["said"]), str(row.get("list", ""))
    undoes = int(row["undoes"]) if said == Scan.Said.TAKEN_BACK else None
    digest, code = str(row.get("digest", "")), str(row.get("code", ""))
    is_one = said in Scan.Said.values and 0 < sequence < 2**31 and (undoes is None or 0 < undoes < 2**31)
    if not is_one or (digest and len(digest) != _DIGEST) or "\0" in digest + code:
        raise ValueError
    if stamp not in stamps:
        stamps[stamp] = stamped_at(door, stamp)
    return Item(device, sequence, said, _instant(row["at"]), digest, code[:12], undoes, stamps[stamp])


def _instant(milliseconds: Any) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.UTC)
