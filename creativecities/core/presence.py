"""Who has the same form open: said to the others, so that two do not write the same thing unawares.

A page that shows a form gives out a `ticket` for its place, and the browser comes back with it while the form is open.
Places are texts that only slices understand, so they register who may be at theirs; asked each time, for a mandate may
end while a form is open. One row per person and place, kept in place; it is no event and changes nothing that anybody
else can see.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone

from creativecities.core.models import Presence

LASTS = dt.timedelta(minutes=15)
A_FORM_IS_OPEN_AT_MOST = dt.timedelta(hours=12)
SALT = "core.presence"
_rules: dict[str, Callable[[Any, str], bool]] = {}


@dataclass(frozen=True)
class Other:
    """Somebody else who has opened the same form."""

    name: str
    minutes: int


def register_places(prefix: str, may_be_at: Callable[[Any, str], bool]) -> None:
    """Say who may be at the places whose text begins with `<prefix>/`; nobody is at those of an unknown prefix."""
    _rules[prefix] = may_be_at


def ticket(place: str, person: Any) -> str:
    """What the browser of this person comes back with; whoever was not shown the form cannot ask who is at it."""
    return signing.dumps([place, person.pk], salt=SALT)


def place_on(ticket: str, person: Any) -> str | None:
    """The place of a ticket; None if it is forged, too old or somebody else's, or they may no longer be there."""
    try:
        place, pk = signing.loads(ticket, salt=SALT, max_age=A_FORM_IS_OPEN_AT_MOST)
    except signing.BadSignature:
        return None
    may_be_at = _rules.get(place.partition("/")[0])
    return str(place) if pk == person.pk and may_be_at and may_be_at(person, place) else None


def come(place: str, person: Any) -> list[Other]:
    """Note that a person is at this place, and tell who else is."""
    now = timezone.now()
    here = Presence.objects.filter(place=place, seen_at__gt=now - LASTS)
    if not here.filter(person_id=person.pk).update(seen_at=now):
        new = {"person_name": person.name, "opened_at": now, "seen_at": now}
        Presence.objects.update_or_create(place=place, person_id=person.pk, defaults=new)
    others = here.exclude(person_id=person.pk).order_by("opened_at")
    return [Other(one.person_name, max(1, (now - one.opened_at) // dt.timedelta(minutes=1))) for one in others]


def forget(person_id: int) -> None:
    """Nothing is left of where somebody was."""
    Presence.objects.filter(person_id=person_id).delete()


def sweep() -> None:
    """Forget who was where once it is no longer said."""
    Presence.objects.filter(seen_at__lt=timezone.now() - LASTS).delete()
