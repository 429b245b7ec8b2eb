"""The initiatives of a city as its team sees them, with how much of each is told."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from creativecities.core import days
from creativecities.exchange.compute import completeness
from creativecities.exchange.compute.completeness import Completeness
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.queries.loading import MANY, through
from creativecities.network.models import City, Membership
from creativecities.network.models.people import in_force


def led_by(city: City, person: Any) -> QuerySet[Initiative]:
    """What a city leads, as far as this person may see it, the newest first; each knows which of its sets hold any."""
    filled = {f"has_{name}": Exists(through(name)._default_manager.filter(initiative=OuterRef("pk"))) for name in MANY}
    parts = Prefetch("parts", Partner.objects.select_related("city"))
    found = Initiative.objects.visible_to(person).filter(lead=city)
    return found.annotate(**filled).prefetch_related(parts).order_by("-pk")


def fields_of(city: City) -> list[str]:
    """The field a member city holds today. One statement."""
    return list(Membership.objects.filter(in_force(days.today()), city=city).values_list("field_id", flat=True))


def completeness_of(one: Initiative) -> Completeness:
    """Of an initiative from `led_by`. No statement."""
    names = (*(completeness.PARTS.keys() - MANY.keys() - {"when"}), "starts_on", "ends_on")
    sets = {name: getattr(one, f"has_{name}") for name in MANY}
    return completeness.of({**sets, **{name: getattr(one, name) for name in names}})
