"""The initiatives of a city as its team sees them, with how much of each is told, and in whose name one writes."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from creativecities.core import days
from creativecities.exchange import rules
from creativecities.exchange.compute import completeness
from creativecities.exchange.compute.completeness import Completeness
from creativecities.exchange.models import Initiative, InitiativePicture, Partner
from creativecities.exchange.queries.loading import MANY, through
from creativecities.network import rules as network
from creativecities.network.models import City, Membership
from creativecities.network.models.people import in_force


def owned_by(city: City, person: Any) -> QuerySet[Initiative]:
    """What a city owns, as far as this person may see it, the newest first; each knows which of its sets hold any."""
    filled = {f"has_{name}": Exists(through(name)._default_manager.filter(initiative=OuterRef("pk"))) for name in MANY}
    filled["has_pictures"] = Exists(InitiativePicture.objects.filter(initiative=OuterRef("pk")))
    parts = Prefetch("parts", Partner.objects.select_related("city"))
    found = Initiative.objects.visible_to(person).owned_by([city.pk])
    return found.select_related("lead").annotate(**filled).prefetch_related(parts).order_by("-pk")


def fields_of(city: City) -> list[str]:
    """The field a member city holds today. One statement."""
    return list(Membership.objects.filter(in_force(days.today()), city=city).values_list("field_id", flat=True))


def completeness_of(one: Initiative) -> Completeness:
    """Of an initiative from `owned_by`. No statement."""
    names = (*(completeness.PARTS.keys() - MANY.keys() - {"when", "pictures"}), "starts_on", "ends_on")
    sets = {name: getattr(one, f"has_{name}") for name in (*MANY, "pictures")}
    return completeness.of({**sets, **{name: getattr(one, name) for name in names}})


def side_of(person: Any, one: Initiative) -> City:
    """The city in whose name somebody writes an initiative; the lead, if they are in both teams. One statement."""
    mine = rules.owners(one).filter(pk__in=network.team_cities(person)).select_related("country")
    return min(mine, key=lambda city: city.pk != one.lead_id)
