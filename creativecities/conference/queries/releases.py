"""Releases as they are put together and as they are read."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import get_language

from creativecities.accounts.models import Person
from creativecities.conference.compute import released
from creativecities.conference.compute.programme_changes import Change
from creativecities.conference.models import (
    Contribution,
    Delegate,
    Edition,
    Favourite,
    Release,
    Session,
    SignUp,
    Speaker,
)
from creativecities.core import freshness
from creativecities.core.access import get_visible
from creativecities.core.words import Words
from creativecities.exchange.models import Initiative


@dataclass(frozen=True)
class Draft:
    """What would be released now, and what of it is otherwise than in the last release."""

    listing: released.Row
    abstracts: dict[str, Any]
    changes: list[released.Row]
    number: int

    @property
    def fingerprint(self) -> str:
        """Of what an officer reads before releasing it."""
        said = json.dumps([self.number, self.listing, self.abstracts], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def draft(edition: Edition) -> Draft:
    """The planned sessions that have an hour. Five statements, two more where cases stand in them."""
    people = Prefetch("speakers", Speaker.objects.select_related("delegate__delegation__city"))
    planned = edition.sessions.planned().filter(starts_at__isnull=False).order_by("starts_at", "room__position", "slug")
    told = Contribution.objects.select_related("case__city", "case__initiative").prefetch_related("speakers__delegate")
    cases = Prefetch("contributions", told)
    found: list[Session] = list(planned.select_related("room").prefetch_related(people, cases))
    rooms = [{"key": each.key, "name": each.name, "capacity": each.capacity} for each in edition.rooms.all()]
    sessions = [released.row(each) for each in found]
    listing = {"zone": edition.zone, "rooms": rooms, "sessions": sessions}
    abstracts = {each.slug: each.abstract for each in found if each.abstract}
    last = edition.releases.first()
    before = _whole(last.listing["sessions"], last.abstracts) if last else []
    changes = released.changes(before, _whole(sessions, abstracts))
    return Draft(listing, abstracts, _without(changes), last.number + 1 if last else 1)


def _whole(rows: Iterable[released.Row], abstracts: dict[str, Any]) -> list[released.Row]:
    return [{**each, "abstract": abstracts.get(each["slug"])} for each in rows]


def _without(changes: list[released.Row]) -> list[released.Row]:
    """Changes without the long texts."""
    for change in changes:
        for side in ("before", "after"):
            (change[side] or {}).pop("abstract", None)
    return changes


def newest(person: Any, slug: str) -> Release | None:
    """The newest release of an edition with its edition. One statement between writes; None while there is none."""
    found = Release.objects.visible_to(person).filter(edition__slug=slug).select_related("edition").order_by("-number")
    release = found.defer("listing", "abstracts", "changes").first()
    if release is not None:
        listing, release.abstracts = _frozen(release.pk)
        release.listing = _shown(listing)
    return release


def _shown(listing: released.Row) -> released.Row:
    """A listing without the titles of records that are public no longer. One statement between writes."""
    told = {each["initiative"] for row in listing["sessions"] for each in row.get("contributions", ())} - {""}
    hidden = told - _public(tuple(sorted(told))) if told else set()
    return released.without(listing, hidden) if hidden else listing


@freshness.kept(maxsize=4)
def _frozen(pk: int) -> tuple[released.Row, dict[str, Any]]:
    """What never changes in a release is read once, and only looked at; who may see it is asked each time."""
    return Release.objects.values_list("listing", "abstracts").get(pk=pk)


def row_of(session: Session) -> released.Row | None:
    """A session as the newest release has it, which is what everybody reads. One statement between writes."""
    return next((each for each in _rows(session.edition_id) if each["guid"] == str(session.guid)), None)


def restricted(edition: Edition) -> list[str]:
    """Which sessions of the newest release admit only some. One statement between writes."""
    return [each["guid"] for each in _rows(edition.pk) if each["admits"] != Session.Admits.EVERYBODY]


def _rows(edition: int) -> list[released.Row]:
    newest = Release.objects.filter(edition=edition).order_by("-number").values_list("pk", flat=True).first()
    return _frozen(newest)[0]["sessions"] if newest else []


def of_edition(person: Any, slug: str) -> tuple[Edition, list[Release]]:
    """An edition and all its releases with their changes, the newest first. Two statements."""
    edition = get_visible(Edition, person, slug=slug)
    return edition, list(edition.releases.defer("listing", "abstracts"))


def changes_of(release: Release) -> list[Change]:
    """What a release changed, in the reader's language."""
    return list(released.told(release.changes, get_language() or "en"))


def title_of(edition: Edition) -> Words:
    """What an edition is called, in the reader's language; its short name where it has no title."""
    return released.text(edition.settings["about"]["title"], get_language() or "en") or Words(edition.slug, "en")


def found(release: Release, slug: str) -> released.Row:
    """A session of a release. Raises Http404 when it has none of this name."""
    for each in release.listing["sessions"]:
        if each["slug"] == slug:
            row: released.Row = each
            return row
    raise Http404


def names(rows: Iterable[released.Row]) -> dict[str, str]:
    """Of those who speak and want everybody to know it, by code. One statement."""
    codes = {each["code"] for row in rows for each in row["speakers"]}
    public = Delegate.objects.coming().filter(code__in=codes, consent=Delegate.Consent.PUBLIC)
    return dict(public.values_list("code", "name"))


@freshness.kept(maxsize=200)
def _public(slugs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(Initiative.objects.visible_to(None).filter(slug__in=slugs).values_list("slug", flat=True))


@dataclass
class Addressee:
    """Somebody who is told of a release, with the changes of their sessions."""

    key: str
    email: str
    person_id: int | None
    language: str
    changes: list[released.Row] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)
    """All of theirs: where they speak, have a seat, or which they have marked."""

    @property
    def cancelled(self) -> set[str]:
        """Of their sessions, those that are not held any more."""
        return {each["before"]["guid"] for each in self.changes if each["kind"] == "cancelled"}


def addressed(edition: Edition, delegate: Delegate) -> Addressee:
    """How a delegate is told: with their account or, without one, by the address their city gave, if it did."""
    if person := delegate.person:
        return _with_account(person)
    written = (code for code in edition.settings["languages"] if code in dict(settings.LANGUAGES))
    return Addressee(delegate.code, delegate.email, None, next(written, "en"))


def _with_account(person: Person) -> Addressee:
    return Addressee(f"p{person.pk}", person.email, person.pk, person.language)


def concerned(release: Release) -> list[Addressee]:
    """Who speaks or spoke in a session that is otherwise now, has a seat or waits for one, or has marked it: each once.

    Four statements.
    """
    found: dict[str, Addressee] = {}

    def add(to: Addressee, session: str) -> None:
        found.setdefault(to.key, to).sessions.add(session)

    people = _speaking(release)
    for session, code in _spoken(release):
        if code in people:
            add(addressed(release.edition, people[code]), session)
    signups = SignUp.objects.filter(session__edition=release.edition, delegate__in=Delegate.objects.coming())
    for signup in signups.select_related("session", "delegate__person"):
        add(addressed(release.edition, signup.delegate), str(signup.session.guid))
    for mark in Favourite.objects.filter(session__edition=release.edition).select_related("session", "person"):
        add(_with_account(mark.person), str(mark.session.guid))
    for to in found.values():
        to.changes = [each for each in release.changes if (each["after"] or each["before"])["guid"] in to.sessions]
    return [each for each in found.values() if each.email and each.changes]


def _spoken(release: Release) -> Iterable[tuple[str, str]]:
    """Sessions with the codes of those who speak in them, or did before this release."""
    befores = [each["before"] for each in release.changes if each["before"]]
    for row in (*release.listing["sessions"], *befores):
        yield from ((row["guid"], each["code"]) for each in row["speakers"])


def _speaking(release: Release) -> dict[str, Delegate]:
    codes = {code for _session, code in _spoken(release)}
    return {each.code: each for each in Delegate.objects.coming().filter(code__in=codes).select_related("person")}


def beside(release: Release, to: Addressee) -> list[tuple[released.Row, released.Row]]:
    """Of somebody's sessions those that changed, each with one of theirs that is on at the same time."""
    theirs = [row for row in release.listing["sessions"] if row["guid"] in to.sessions]
    changed = {(each["after"] or {}).get("guid") for each in to.changes}
    return [
        (one, other)
        for one, other in combinations(theirs, 2)
        if {one["guid"], other["guid"]} & changed and released.is_beside(one, other)
    ]
