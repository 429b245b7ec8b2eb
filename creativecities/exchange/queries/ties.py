"""Who works with whom on a day, as it was said on that day: three statements whatever the size of the network."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from creativecities.core import days, freshness
from creativecities.core.models import Event
from creativecities.exchange import states
from creativecities.exchange.compute import ties as compute
from creativecities.exchange.compute.health import Health
from creativecities.exchange.compute.ties import Answer, Member, Part, Told
from creativecities.exchange.models import Partner
from creativecities.network.models import Listing

_MEMBER = (
    "city_id", "slug", "name", "country_id", "region_id", "field_id", "development", "is_ldc", "is_sids", "map_x",
    "map_y", "joined_on",
)  # fmt: skip


_SAID = {
    "exchange.partner": ("exchange.partner.confirmed", "exchange.partner.declined"),
    "exchange.initiative": ("exchange.initiative.published",),
}


@freshness.kept()
def told() -> tuple[Told, ...]:
    """Every part of a city in a published initiative of another, with the days on which it was said. Two statements.

    What was taken back is told of no day any more; what a source says, of every day.
    """
    said = _said()
    found = Partner.objects.filter(initiative__state=states.PUBLISHED).order_by(
        "initiative__starts_on", "initiative__title", "pk"
    )
    of = ("slug", "title", "language", "starts_on", "ends_on")
    rows = found.values_list(
        *(f"initiative__{name}" for name in of), "lead_id", "city_id", "state", "pk", "at", "initiative"
    )
    return tuple(
        Told(
            Part(slug, title, language, starts_on or ends_on, lead, city, state == states.CONFIRMED),
            state,
            said["exchange.partner", str(pk)] or _without_a_trace(state, at),
            next((answer.on for answer in said["exchange.initiative", str(one)]), None),
        )
        for slug, title, language, starts_on, ends_on, lead, city, state, pk, at, one in rows
    )


def _said() -> Mapping[tuple[str, str], list[Answer]]:
    """By part and by initiative, when it was answered or published, the earliest first."""
    found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    kinds = [kind for kinds in _SAID.values() for kind in kinds]
    events = Event.objects.filter(subject_label__in=_SAID, kind__in=kinds).order_by("at", "pk")
    for label, pk, at, facts in events.values_list("subject_label", "subject_id", "at", "facts"):
        found[label, pk].append(Answer(at.date(), facts.get("source", states.ASKED)))
    return found


def _without_a_trace(state: str, at: dt.datetime) -> list[Answer]:
    """A city that has confirmed by replying, without being asked: before that it did not take part."""
    return [Answer(at.date(), states.ASKED)] if state == states.CONFIRMED else []


def members(day: dt.date) -> dict[int, Member]:
    """The member cities of a day by key, in the order of names. One statement."""
    rows = Listing.objects.on(day).order_by("sort", "slug").values_list(*_MEMBER)
    return {row[0]: Member(*row) for row in rows}


@freshness.kept(maxsize=8)
def health(day: dt.date) -> Health:
    """The network of a day with its ties."""
    there = members(day)
    shown = (part for each in told() if (part := each.as_of(day)))
    found = compute.ties(shown, there, day, is_today=day == days.today())
    return Health(tuple(there.values()), tuple(found))
