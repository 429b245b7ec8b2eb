"""Editions, delegations and programmes for tests, around today; cities and people are invented."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import checkin, releases
from creativecities.conference.compute import definition
from creativecities.conference.compute.scans import Item, digest
from creativecities.conference.models import (
    Badge,
    Delegate,
    Delegation,
    Door,
    Edition,
    EditionHost,
    Release,
    Room,
    Scan,
    Seats,
    Session,
)
from creativecities.conference.queries import releases as drafts
from creativecities.core import days
from creativecities.core.actor import Robot
from creativecities.network.models import City, Mandate

PHONE = uuid.UUID(int=1)
WORDS = {"title": {"en": "Conference of the lamps", "fr": "Conférence des lampes"}, "theme": {"en": "Light"}}


def settings(**delegations: Any) -> definition.Settings:
    """As shipped, with a title, and what is said otherwise about delegations."""
    given = definition.empty(["en", "fr"])
    given["about"] |= WORDS
    given["delegations"] |= delegations
    return given


def edition(slug: str = "2031", *, starts_in: int = 60, lasts: int = 4, **facts: Any) -> Edition:
    """Announced, to be held in two months, with registration open: nominate within 20 days, confirm within 40."""
    first, now = days.today() + dt.timedelta(days=starts_in), timezone.now()
    given = {
        "year": first.year, "number": 31, "state": states.ANNOUNCED, "starts_on": first,
        "last_day": first + dt.timedelta(days=lasts - 1), "zone": "Europe/Lisbon", "settings": settings(),
        "opens_at": now - dt.timedelta(days=1), "nominate_by": now + dt.timedelta(days=20),
        "confirm_by": now + dt.timedelta(days=40), **facts,
    }  # fmt: skip
    return Edition.objects.create(slug=slug, **given)


def hosted(by: City, **facts: Any) -> Edition:
    """An edition with a member city as its host."""
    made = edition(**facts)
    EditionHost.objects.create(edition=made, city=by, name=by.name, country=by.country)
    return made


def delegation(of: Edition, city: City, state: str = states.CONFIRMED) -> Delegation:
    """What a city sends."""
    return Delegation.objects.create(edition=of, city=city, state=state)


def delegate(
    to: Delegation, role: str = "expert", name: str = "Ana Exemplo", *, person: Person | None = None, **facts: Any
) -> Delegate:
    """Somebody confirmed by name, in the next place of the role; one who holds a place is counted."""
    taken = to.delegates.filter(role=role, number__isnull=False).count()
    given = {"state": states.CONFIRMED, "number": taken + 1, **facts}
    if given["state"] in states.STANDING:
        Delegation.objects.filter(pk=to.pk).update(taken=F("taken") + 1)
        Seats.objects.get_or_create(edition=to.edition)
        Seats.objects.filter(edition=to.edition).update(taken=F("taken") + 1)
    return Delegate.objects.create(delegation=to, role=role, name=name, person=person, **given)


def mayor(to: Delegation, name: str = "Berta Exemplo", *, person: Person, until: dt.date | None = None) -> Delegate:
    """A delegate with a mandate as mayor since last year, until a day."""
    since = days.today() - dt.timedelta(days=400)
    Mandate.objects.create(person=person, role="mayor", city=to.city, start=since, end=until)
    return delegate(to, "mayor", name, person=person)


def room(of: Edition, key: str = "hall", **facts: Any) -> Room:
    """A room of the edition."""
    return Room.objects.create(edition=of, key=key, name={"en": key.title()}, **facts)


def session(
    of: Edition, slug: str = "opening", *, day: int = 0, hour: int = 9, minutes: int = 60, **facts: Any
) -> Session:
    """A planned session: on which day of the edition, at which hour of UTC, how long."""
    assert of.starts_on
    begins = dt.datetime.combine(of.starts_on + dt.timedelta(days=day), dt.time(hour), dt.UTC)
    given = {
        "kind": Session.Kind.PLENARY, "title": {"en": slug.replace("-", " ").title()}, "starts_at": begins,
        "ends_at": begins + dt.timedelta(minutes=minutes), **facts,
    }  # fmt: skip
    return Session.objects.create(edition=of, slug=slug, **given)


def badge(of: Delegate, token: str = "", **facts: Any) -> Badge:
    """What is scanned."""
    return Badge.objects.create(delegate=of, token=token or f"token-{of.pk}", **facts)


def door(of: Edition, name: str = "North door", session: Session | None = None) -> Door:
    """Where badges are scanned: an entrance, or the door of a session."""
    return Door.objects.create(edition=of, name=name, session=session)


def scan(sequence: int, token: str = "", *, device: uuid.UUID = PHONE, ago: float = 0, **facts: Any) -> Item:
    """What a phone whose clock is right has seen some seconds ago, and let in."""
    at = timezone.now() - dt.timedelta(seconds=ago)
    given = {"said": "admitted", "scanned_at": at, "digest": digest(token) if token else "", **facts}
    return Item(device=device, sequence=sequence, **given)


def came(to: Door, *delegates: Delegate, **facts: Any) -> list[Scan]:
    """These came in by a door, found by name."""
    items = [scan(each.pk, code=each.code, **facts) for each in delegates]
    return checkin.sync(to, items, offset=dt.timedelta(), by=Robot("Door"))


def release(of: Edition, *, by: Person, note: str = "") -> Release:
    """What is planned now, released."""
    return releases.release(of, note=note, read=drafts.draft(of).fingerprint, by=by)
