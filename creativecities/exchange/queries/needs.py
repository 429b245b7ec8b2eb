"""Needs and offers: the public list, those of a city, those whose time has come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.models import Need
from creativecities.network import rules as network
from creativecities.network.models import City

FILTERS = {"kind": "kind", "topic": "topics", "field": "fields", "region": "city__country__region"}


def opened(chosen: Mapping[str, str]) -> QuerySet[Need]:
    """Open needs and offers, the newest first; `chosen` are values of FILTERS. What is unknown finds nothing."""
    found = Need.objects.visible_to(None)
    for name, value in chosen.items():
        found = found.filter(**{FILTERS[name]: value})
    return found


def with_all(found: QuerySet[Need]) -> QuerySet[Need]:
    """The same with what a list shows of each. Three statements, whatever their number."""
    return found.select_related("city__country").prefetch_related("places", "fields")


def of_city(city: City) -> Sequence[Need]:
    """All of a city, the open ones first. One statement."""
    return sorted(Need.objects.filter(city=city), key=lambda need: need.state != states.OPEN)


def past() -> list[Need]:
    """Open in name only: past their last day, or of a city that is no member any more."""
    over = Q(closes_on__lt=days.today()) | ~Q(city__in=network.member_cities())
    return list(Need.objects.filter(over, state=states.OPEN)[:500])


@freshness.kept()
def _by_city() -> dict[int, list[Need]]:
    """All that are open, by city, until the next write. One statement."""
    found: dict[int, list[Need]] = defaultdict(list)
    for need in Need.objects.visible_to(None).defer("text"):
        found[need.city_id].append(need)
    return dict(found)


def open_of(city_id: int, *, day: dt.date) -> list[Need]:
    """The open ones of a city. No statement while nothing is written."""
    return [need for need in _by_city().get(city_id, ()) if need.closes_on >= day]
