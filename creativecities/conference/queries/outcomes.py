"""Outcome documents as they are read: a version in the reader's language, who signed it, and who still may."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language

from creativecities.conference.models import Edition, Outcome, OutcomeVersion, Signature
from creativecities.conference.rules import outcomes as rules
from creativecities.conference.rules import signing
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.core.words import Words, in_language
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Signed:
    """A signature as everybody reads it. Only a mayor in office is named."""

    city: City
    role: str
    role_label: str
    on: dt.date
    name: str


@dataclass(frozen=True)
class Side:
    """A city for which the reader is something: what it has signed, or why this person does not sign for it."""

    city: City
    signature: Signature | None
    refusal: Refusal | None


def said(words: Mapping[str, str]) -> Words:
    """A text in the reader's language, else in the first in which it is written."""
    return Words(*in_language(words, get_language() or "en", LANGUAGES))


def title_of(version: OutcomeVersion) -> Words:
    """What a document is called, in the reader's language."""
    return said(version.title)


def of_edition(person: Any, edition: Edition) -> list[Any]:
    """The documents of an edition that a person sees, with the title of the newest version. Two statements."""
    found = list(Outcome.objects.visible_to(person).filter(edition=edition))
    newest = OutcomeVersion.objects.filter(outcome__in=found).order_by("number").defer("text")
    counted = newest.annotate(signers=Count("signatures", filter=Q(signatures__withdrawn_at__isnull=True)))
    by_outcome = {each.outcome_id: each for each in counted}
    return [
        {
            "one": each, "newest": (version := by_outcome.get(each.pk)),
            "title": said(version.title if version else each.title),
        }
        for each in found
    ]  # fmt: skip


def signed(version: OutcomeVersion) -> list[Signed]:
    """Who stands behind a version, by city. Two statements."""
    found = version.signatures.standing().select_related("city__country")
    mayors: dict[tuple[int | None, int | None], str] = {
        (each.city_id, each.person_id): each.person.name
        for each in Mandate.objects.filter(role="mayor", city__in=found.values("city")).on(days.today())
        .select_related("person")
    }  # fmt: skip
    return [
        Signed(
            each.city, each.role, each.get_role_display(), each.at.astimezone(dt.UTC).date(),
            mayors.get((each.city_id, each.person_id), "") if each.role == Mandate.Role.MAYOR else "",
        )
        for each in found
    ]  # fmt: skip


def sides(person: Any, version: OutcomeVersion) -> list[Side]:
    """The cities for which a person is something, and how each stands to a version. At most two statements."""
    if not person.is_authenticated:
        return []
    is_member = Exists(network.member_cities().filter(city=OuterRef("city")))
    held: list[Any] = list(signing.mandates(person).select_related("city").annotate(is_member=is_member))
    roles: dict[City, set[str]] = {}
    members = {each.city_id for each in held if each.is_member}
    for each in held:
        roles.setdefault(each.city, set()).add(each.role)
    if not roles:
        return []
    own = {each.city_id: each for each in version.signatures.standing().filter(city__in=roles)}
    return [
        Side(city, own.get(city.pk), signing.bind_by(by_role, is_member=city.pk in members) or rules.is_open(version))
        for city, by_role in roles.items()
    ]


def who_may_sign_for_signers_of(version: OutcomeVersion) -> Iterable[Mandate]:
    """Who binds, today, the member cities that signed a version. One statement."""
    cities = version.signatures.standing().values("city")
    held = Mandate.objects.on(days.today()).filter(
        role__in=signing.BINDING, person__is_active=True, city__in=cities
    ).filter(city__in=network.member_cities())  # fmt: skip
    return held.select_related("person", "city").order_by("city_id", "person_id", "pk")


def versions(one: Outcome) -> list[Any]:
    """The versions of a document with how many cities stand behind each, the newest first. One statement."""
    counted = Count("signatures", filter=Q(signatures__withdrawn_at__isnull=True))
    return list(one.versions.annotate(signers=counted))


def withdrawn(one: Outcome) -> list[Signature]:
    """Signatures that cities took back, with their reasons, the newest first. One statement."""
    found = Signature.objects.filter(version__outcome=one, withdrawn_at__isnull=False)
    return list(found.select_related("city", "version").order_by("-withdrawn_at"))
