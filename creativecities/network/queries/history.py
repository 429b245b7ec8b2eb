"""What happened to a city in the network, in the order of days."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from creativecities.core import events
from creativecities.core.models import Event
from creativecities.network.models import City, CityName

PUBLIC_EVENTS = ("network.city.portrait_saved", "network.city.links_changed", "network.city.name_added")
"""Kinds of events about a city that anybody may read, without who did it."""


@dataclass(frozen=True)
class Moment:
    """A day and what happened: `designated`, `field-changed`, `ended`, `renamed` or `event`, with its facts."""

    on: dt.date
    kind: str
    year_only: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def timeline(city: City) -> list[Moment]:
    """The public history of a city in four statements. Facts hold keys and names; an event has its `sentence`."""
    moments = [*_memberships(city), *_renamings(city), *_events(city)]
    return sorted(moments, key=lambda moment: moment.on)


def _memberships(city: City) -> list[Moment]:
    spells = list(city.memberships.order_by("start").values_list("field", "start", "end"))
    designation = getattr(city, "designation", None)
    moments = []
    last_end: dt.date | None = None
    for position, (field_slug, start, end) in enumerate(spells):
        if position and last_end == start:
            moments.append(Moment(start, "field-changed", facts={"old": spells[position - 1][0], "new": field_slug}))
        else:
            year_only = designation is not None and not position and designation.round.precision == "year"
            moments.append(Moment(start, "designated", year_only=year_only, facts={"field": field_slug}))
        following = spells[position + 1][1] if position + 1 < len(spells) else None
        if end is not None and end != following:
            moments.append(Moment(end, "ended", facts={"field": field_slug}))
        last_end = end
    return moments


def _renamings(city: City) -> list[Moment]:
    former = city.names.filter(kind=CityName.FORMER, end__isnull=False).order_by("end").values_list("name", "end")
    return [Moment(end, "renamed", facts={"former": name}) for name, end in former if end]


def _events(city: City) -> list[Moment]:
    told = Event.objects.about(city).filter(kind__in=PUBLIC_EVENTS).order_by("at")
    return [
        Moment(
            event.at.date(),
            "event",
            facts={"sentence": events.sentence(event.kind, actor=city.name, subject=city.name, facts=event.facts)},
        )
        for event in told
    ]
