"""The portrait of a city: one version after the other, in each language, none ever lost."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.core.action import action, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import listing
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import City, Portrait

BY_THE_CITY = "city"


@action
def save_portrait(city: City, *, language: str, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Make a new version of the portrait in one language, on top of version `opened` (0: there was none).

    `values` are those of `Portrait.texts`. Raises Conflict when a newer version is there, Refusal when nothing differs.
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
        old.city, old.language, old.texts, opened=opened, confidence=old.confidence, by=by, restored=old.number
    )


def _save(
    city: City, language: str, values: dict[str, Any], *, opened: int, confidence: str, by: Person, **facts: int
) -> Event:
    # The UPDATE holds the city's row until the end of the transaction: of two editors one waits, then sees the other.
    City.objects.filter(pk=city.pk).update(version=F("version") + 1)
    versions = Portrait.objects.filter(city=city, language=language)
    newest = versions.order_by("-number").first()
    number = newest.number if newest else 0
    if refusal := rules.build_on_version(opened, newest=number, fewest=0):
        raise refusal
    if newest and number > opened:
        raise _conflict(newest, versions.filter(number=opened).first())
    values = values | {"is_original": values["is_original"] or not _is_original_elsewhere(city, language)}
    if newest and newest.is_current and newest.texts == values:
        raise Refusal(rules.UNCHANGED, code="unchanged")
    versions.filter(is_current=True).update(is_current=False)
    if values["is_original"]:
        Portrait.objects.filter(city=city, is_current=True).update(is_original=False)
    made = Portrait.objects.create(
        city=city, language=language, number=number + 1, confidence=confidence, by_hand=True, author_id=by.pk,
        author_name=by.name, **values,
    )  # fmt: skip
    listing.rebuild(city)
    return record("network.city.portrait_saved", city, by=by, language=language, number=made.number, **facts)


def _is_original_elsewhere(city: City, language: str) -> bool:
    others = Portrait.objects.filter(city=city, is_current=True, is_original=True)
    return others.exclude(language=language).exists()


def _conflict(newest: Portrait, opened: Portrait | None) -> Conflict:
    nobody = _("Somebody who has left") if newest.by_hand else _("The reference data")
    by_name = newest.author_name or nobody
    return Conflict(by_name=by_name, at=newest.at, opened=(opened or Portrait()).texts, theirs=newest.texts)


def _confidence(city: City, language: str, by: Person) -> str:
    """What the team writes is the city's own word; the Secretariat's hand leaves the confidence as it was."""
    if rules.team_cities(by).filter(city=city).exists():
        return BY_THE_CITY
    current = Portrait.objects.filter(city=city, language=language, is_current=True).first()
    return current.confidence if current else "known"
