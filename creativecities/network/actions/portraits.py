"""The portrait of a city: one version after the other, in each language, none ever lost."""

from typing import Any

from django.db.models import F

from creativecities.accounts.models import Person
from creativecities.core.action import action, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import listing
from creativecities.network.actions.cities import UNCHANGED, Conflict, refuse_forged
from creativecities.network.models import City, Portrait

TEXTS = ("text", "keywords", "challenges", "source", "is_original")
BY_THE_CITY = "city"


@action
def save_portrait(city: City, *, language: str, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Make a new version of the portrait in one language, on top of version `opened` (0: there was none).

    `values` holds what TEXTS names. Raises Conflict when a newer version is there, Refusal when nothing differs.
    """
    if refusal := rules.edit_city(by, city):
        raise refusal
    return _save(city, language, values, opened=opened, confidence=_confidence(city, language, by), by=by)


@action
def restore_portrait(old: Portrait, *, opened: int, by: Person) -> Event:
    """Make a new version with the text of an old one."""
    if refusal := rules.edit_city(by, old.city):
        raise refusal
    return _save(
        old.city, old.language, texts_of(old), opened=opened, confidence=old.confidence, by=by, restored=old.number
    )


def _save(
    city: City, language: str, values: dict[str, Any], *, opened: int, confidence: str, by: Person, **facts: int
) -> Event:
    # The UPDATE holds the city's row until the end of the transaction: of two editors one waits, then sees the other.
    City.objects.filter(pk=city.pk).update(version=F("version") + 1)
    versions = Portrait.objects.filter(city=city, language=language)
    newest = versions.order_by("-number").first()
    number = newest.number if newest else 0
    refuse_forged(opened, number, fewest=0)
    if newest and number > opened:
        raise _conflict(newest, versions.filter(number=opened).first())
    values = values | {"is_original": values["is_original"] or not _is_original_elsewhere(city, language)}
    if newest and newest.is_current and texts_of(newest) == values:
        raise Refusal(UNCHANGED, code="unchanged")
    versions.filter(is_current=True).update(is_current=False)
    if values["is_original"]:
        Portrait.objects.filter(city=city, is_current=True).update(is_original=False)
    made = Portrait.objects.create(
        city=city, language=language, number=number + 1, confidence=confidence, by_hand=True, author_id=by.pk,
        author_name=by.name, **values,
    )  # fmt: skip
    listing.refresh([city.pk])
    return record("network.city.portrait_saved", city, by=by, language=language, number=made.number, **facts)


def _is_original_elsewhere(city: City, language: str) -> bool:
    others = Portrait.objects.filter(city=city, is_current=True, is_original=True)
    return others.exclude(language=language).exists()


def texts_of(portrait: Portrait | None) -> dict[str, Any]:
    """What a person writes in a portrait, by name of field; empty when there is none."""
    if portrait is None:
        return {"text": "", "keywords": [], "challenges": [], "source": "", "is_original": False}
    return {name: getattr(portrait, name) for name in TEXTS}


def _conflict(newest: Portrait, opened: Portrait | None) -> Conflict:
    by_name = newest.author_name or _("The reference data")
    return Conflict(by_name=by_name, at=newest.at, opened=texts_of(opened), theirs=texts_of(newest))


def _confidence(city: City, language: str, by: Person) -> str:
    """What the team writes is the city's own word; the Secretariat's hand leaves the confidence as it was."""
    if rules.team_cities(by).filter(city=city).exists():
        return BY_THE_CITY
    current = Portrait.objects.filter(city=city, language=language, is_current=True).first()
    return current.confidence if current else "known"
