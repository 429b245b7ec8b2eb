"""Which initiatives look for partners today, and whose team has to say how that goes on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.core import days, freshness
from creativecities.core.desk import Due
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner, Wanted
from creativecities.network import rules as network
from creativecities.network.queries import mandates

DUE_BEFORE = dt.timedelta(days=7)
DUE_AFTER = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Looking:
    """What a published initiative says of partners; topics by slug."""

    number: int
    closes_on: dt.date
    is_complete: bool
    topics: tuple[str, ...]


def looking() -> Mapping[int, Looking]:
    """By initiative, those that look for partners today. No statement between writes."""
    return _looking(days.today())


def stated(pk: int) -> Looking | None:
    """What an initiative says of its partners today, also that it has found them. No statement between writes."""
    return _stated(days.today()).get(pk)


@freshness.kept()
def _looking(day: dt.date) -> dict[int, Looking]:
    return {pk: each for pk, each in _stated(day).items() if not each.is_complete}


@freshness.kept()
def _stated(day: dt.date) -> dict[int, Looking]:
    """Of those of which a city that owns them is a member. Two statements."""
    members = network.member_cities()
    owned = Partner.objects.owning().filter(city__in=members).values("initiative")
    owners = Q(initiative__lead__in=members) | Q(initiative__in=owned)
    present = Q(state=states.COMPLETE) | Q(closes_on__gte=day)
    found = Wanted.objects.filter(owners, present, initiative__state=states.PUBLISHED)
    rows = list(found.values_list("pk", "initiative_id", "number", "closes_on", "state"))
    topics: dict[int, list[str]] = defaultdict(list)
    pairs = Wanted.topics.through._default_manager.filter(wanted__in=[pk for pk, *_rest in rows])
    for pk, topic in pairs.order_by("topic__position").values_list("wanted_id", "topic_id"):
        topics[pk].append(topic)
    return {
        one: Looking(number, closes_on, state == states.COMPLETE, tuple(topics[pk]))
        for pk, one, number, closes_on, state in rows
    }


def of(one: Initiative) -> Wanted | None:
    """What an initiative has said, whether it holds or not. One statement."""
    return Wanted.objects.select_related("initiative").filter(initiative=one).first()


def written(wanted: Wanted) -> dict[str, Any]:
    """Under the names of the form. One statement."""
    topics = list(wanted.topics.values_list("pk", flat=True))
    return {"number": wanted.number, "topics": topics, "closes_on": wanted.closes_on.isoformat()}


def to_remind() -> list[Wanted]:
    """Those whose last day comes near, and whose teams were not told."""
    today = days.today()
    found = _waiting().filter(remind_on__lte=today, closes_on__gte=today)
    return list(found.select_related("initiative")[:500])


def _waiting() -> QuerySet[Wanted]:
    return Wanted.objects.filter(state=states.LOOKING, initiative__state=states.PUBLISHED)


@freshness.kept()
def _ending(day: dt.date) -> dict[int, list[Wanted]]:
    """Those whose last day comes near or has passed not long ago, by the cities that own them. Two statements."""
    ends = (day - DUE_AFTER, day + DUE_BEFORE)
    rows = list(_waiting().filter(closes_on__range=ends).select_related("initiative"))
    owning = Partner.objects.owning().filter(initiative__in=[each.initiative_id for each in rows])
    owners = [(each.initiative_id, each.initiative.lead_id) for each in rows]
    found: dict[int, list[Wanted]] = defaultdict(list)
    by_initiative = {each.initiative_id: each for each in rows}
    for one, city in (*owners, *owning.values_list("initiative_id", "city_id")):
        found[city].append(by_initiative[one])
    return dict(found)


def due_for(person: Any) -> Iterable[Due]:
    """Renew the search for partners, or say that the partnership is complete. No statement between writes."""
    ending = {wanted.pk: wanted for city in mandates.of(person).teams for wanted in _ending(days.today()).get(city, ())}
    for wanted in ending.values():
        yield Due(
            title=_("Renew or complete the search for partners: “%(title)s”") % {"title": wanted.initiative.title},
            url=reverse("exchange:looking", args=[wanted.initiative.slug]),
            due_at=days.last_instant(wanted.closes_on),
            detail=_("After its last day it is no longer listed among those that look for partners."),
        )
