"""Replies: those of a city, those that wait for a person, and those whose time has come."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.core import days, freshness
from creativecities.core.desk import Due
from creativecities.exchange import states
from creativecities.exchange.models import FollowUp, Need, Reply
from creativecities.network import rules as network
from creativecities.network.models import City
from creativecities.network.queries import mandates

LAPSES_AFTER = timedelta(days=90)


def of_city(person: Any, city: City) -> tuple[list[Reply], list[Reply]]:
    """Replies that a city received and that it sent, the newest first. One statement."""
    found = Reply.objects.visible_to(person).filter(Q(city=city) | Q(to_city=city))
    rows = list(found.select_related("city", "to_city", "need"))
    return [row for row in rows if row.to_city_id == city.pk], [row for row in rows if row.city_id == city.pk]


def posted(pk: int) -> Need | None:
    """A need in whatever state, for whom it was open a moment ago."""
    return Need.objects.select_related("city__country").filter(pk=pk).first()


def senders(person: Any, need: Need) -> QuerySet[City]:
    """The cities in whose name a person can reply, whether they have replied or not."""
    return City.objects.filter(pk__in=network.team_cities(person)).exclude(pk=need.city_id).select_related("country")


def follow_ups_of(person: Any) -> QuerySet[FollowUp]:
    """What the cities of a person's teams were asked, or will be."""
    mine = network.team_cities(person)
    return FollowUp.objects.filter(city__in=mine).select_related("city", "reply__need", "reply__city", "reply__to_city")


def asked_about(person: Any, reply: Reply) -> list[FollowUp]:
    """The question to a person's side whether it has worked, once it was asked."""
    return list(follow_ups_of(person).filter(reply=reply, asked_at__isnull=False))


def untouched() -> list[Reply]:
    """Those that wait for longer than 90 days."""
    found = Reply.objects.filter(state__in=states.WAITING, moved_at__lt=timezone.now() - LAPSES_AFTER)
    return list(found.select_related("city", "to_city", "need")[:500])


def to_ask() -> list[FollowUp]:
    """Sides whose day has come."""
    found = FollowUp.objects.filter(asked_at=None, due_on__lte=days.today())
    return list(found.select_related("city", "reply__need", "reply__city", "reply__to_city")[:500])


@freshness.kept()
def _waiting() -> dict[int, list[Reply]]:
    """Replies that wait, by the city that has to answer, until the next write. One statement."""
    found: dict[int, list[Reply]] = defaultdict(list)
    rows = Reply.objects.filter(state__in=states.WAITING).select_related("city", "need").order_by("moved_at")
    for row in rows.defer("why", "brings", "when"):
        found[row.to_city_id].append(row)
    return dict(found)


@freshness.kept()
def _unanswered() -> dict[int, list[FollowUp]]:
    """Questions whether something has worked, by the city that was asked, until the next write. One statement."""
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for row in FollowUp.objects.filter(asked_at__isnull=False, answer="").select_related("reply__need"):
        found[row.city_id].append(row)
    return dict(found)


def due_for(person: Any) -> Iterable[Due]:
    """Replies that wait for an answer, and the question whether something has worked. No statement between writes."""
    cities = mandates.of(person).teams
    for one in (each for city in cities for each in _waiting().get(city, ())):
        yield Due(
            title=_("Answer the reply of %(city)s to “%(title)s”") % {"city": one.city.name, "title": one.need.title},
            url=reverse("exchange:received", args=[one.pk]),
            due_at=one.moved_at + LAPSES_AFTER,
            detail=_("It lapses when nothing happens to it."),
        )
    for asked in (each for city in cities for each in _unanswered().get(city, ())):
        yield Due(
            title=_("Say whether it has worked: “%(title)s”") % {"title": asked.reply.need.title},
            url=reverse("exchange:follow_up", args=[asked.pk]),
        )
