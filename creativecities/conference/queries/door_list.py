"""The list a door judges by: who comes, what is on their badge, and whether this door admits them. Nothing more."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.conference.compute.scans import digest
from creativecities.conference.models import Badge, CheckIn, Delegate, Door, Edition
from creativecities.conference.queries import gate
from creativecities.conference.rules import doors as rules
from creativecities.core.refusal import Text


@dataclass(frozen=True)
class Listed:
    """Somebody on the list of a door."""

    code: str
    name: str
    city: str
    role: str
    badge: str
    """What the phone knows of the badge that holds; empty when none does."""
    revoked: tuple[str, ...]
    reason: str
    """Why this door does not admit them; empty when it does."""
    came_at: dt.datetime | None
    came_by: str

    @property
    def role_label(self) -> str:
        return str(Delegate.Role(self.role).label)


def day_of(edition: Edition) -> dt.date:
    """Today, by the calendar of the place."""
    return timezone.now().astimezone(ZoneInfo(edition.zone)).date()


def listed(door: Door) -> list[Listed]:
    """Everybody who comes, and those who have a badge and do not come any more. Four statements, and the gate's."""
    day = day_of(door.edition)
    outside, coming = kept_out(door), set(rules.coming(door).values_list("pk", flat=True))
    badges, came = _badges(door), _came(door, day)
    columns = ("pk", "code", "name", "role", "delegation__city__name")
    rows = Delegate.objects.filter(delegation__edition=door.edition_id).order_by("code").values_list(*columns)
    return [
        _entry(row, badges[row[0]], _reason(row[0] in coming, outside.get(row[0])), came.get(row[0]))
        for row in rows
        if row[0] in coming or row[0] in badges
    ]


def kept_out(door: Door) -> dict[int, Text]:
    """Those who come to the edition and whom the gate of the door's session keeps out, with the reason."""
    if door.session is None or gate.is_open(door.session):
        return {}
    verdicts = gate.verdicts(door.session, gate.coming(door.edition))
    return {pk: refusal.reason for pk, refusal in verdicts.items() if refusal}


def _entry(
    row: tuple[Any, ...], badges: Sequence[tuple[str, bool]], reason: str, came: tuple[Any, ...] | None
) -> Listed:
    _pk, code, name, role, city = row
    holding = next((known for known, holds in badges if holds), "")
    revoked = tuple(known for known, holds in badges if not holds)
    at, by = came or (None, "")
    return Listed(code, name, city, role, holding, revoked, reason, at, by)


def _reason(is_coming: bool, refused: Text | None) -> str:
    return str(refused or "") if is_coming else _("No longer comes to this edition.")


def _badges(door: Door) -> Mapping[int, list[tuple[str, bool]]]:
    """By delegate: what a phone knows of each badge, and whether it holds."""
    found: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows = Badge.objects.filter(delegate__delegation__edition=door.edition_id).order_by("pk")
    for delegate, token, revoked_at in rows.values_list("delegate_id", "token", "revoked_at"):
        found[delegate].append((digest(token), revoked_at is None))
    return found


def _came(door: Door, day: dt.date) -> dict[int, tuple[dt.datetime, str]]:
    """Who is in already today, since when, and by which door."""
    rows = CheckIn.objects.filter(door__edition=door.edition_id, session=door.session_id, day=day)
    return {pk: (at, name) for pk, at, name in rows.values_list("delegate_id", "at", "door__name")}
