"""Bids as pages show them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference.compute import definition
from creativecities.conference.models import Bid, BidCity, Edition
from creativecities.conference.rules import bids as rules
from creativecities.conference.rules import signing
from creativecities.core import clocks
from creativecities.core.words import Words, in_language
from creativecities.network import rules as network
from creativecities.network.models import City


@dataclass(frozen=True)
class Answer:
    """A criterion with what a bid says to it."""

    label: Words
    kind: str
    value: Any

    @property
    def in_words(self) -> str:
        """What is answered, for who reads."""
        if self.kind == "yes-no":
            return _("Yes") if self.value else _("No")
        return str(self.value or "")


def of_edition(person: Any, edition: Edition) -> list[Bid]:
    """The bids this person sees, with their cities. Two statements."""
    cities = Prefetch("cities", BidCity.objects.select_related("city__country"))
    return list(Bid.objects.visible_to(person).filter(edition=edition).prefetch_related(cities))


def answers(bid: Bid) -> list[Answer]:
    """Every criterion of the edition with the bid's answer."""
    return answered(bid.edition.settings, "criteria", bid.answers)


def answered(said: definition.Settings, name: str, given: dict[str, Any]) -> list[Answer]:
    """Every item of a list of an edition with what was answered to it."""
    reader, codes = get_language() or "en", said["languages"]
    return [
        Answer(Words(*in_language(item["label"], reader, codes)), item["kind"], given.get(item["key"]))
        for item in definition.listed(said, name)
    ]


def until(edition: Edition) -> dict[str, Any] | None:
    """The day and hour until which cities bid, on the clock of the place; None where no host is looked for."""
    wall = definition.part(edition.settings, "hosting")["bids_until"]
    if not wall:
        return None
    at = clocks.instant(wall, edition.zone)
    day, hour = clocks.on_the_clock(at, edition.zone)
    return {"at": at, "day": day, "hour": hour, "zone": edition.zone.replace("_", " "), "is_past": at <= timezone.now()}


def may_begin(person: Any, edition: Edition) -> list[City]:
    """The cities for which this person could begin a bid."""
    if not person.is_authenticated or rules.takes_bids(edition):
        return []
    mine = City.objects.filter(pk__in=network.team_cities(person)).filter(pk__in=network.member_cities())
    return list(mine.exclude(pk__in=BidCity.objects.filter(edition=edition).values("city")))


def to_confirm(person: Any, bid: Bid) -> list[BidCity]:
    """The further cities of a bid that wait for a mandate of this person."""
    if not person.is_authenticated:
        return []
    held = set(signing.mandates(person).filter(role__in=signing.BINDING).values_list("city", flat=True))
    return [each for each in bid.cities.all() if each.confirmed_at is None and each.city_id in held]
