"""Who works with whom on a day: from initiatives and members, two statements whatever their number."""

import datetime as dt

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.compute import ties as compute
from creativecities.exchange.compute.health import Health
from creativecities.exchange.compute.ties import Member, Part
from creativecities.exchange.models import Partner
from creativecities.network.models import Listing

_MEMBER = (
    "city_id", "slug", "name", "country_id", "region_id", "field_id", "development", "is_ldc", "is_sids", "map_x",
    "map_y", "joined_on",
)  # fmt: skip


@freshness.kept()
def parts() -> tuple[Part, ...]:
    """Every part of a city in a published initiative of another. Who was asked and has not answered is not tied."""
    found = Partner.objects.filter(
        initiative__state=states.PUBLISHED, state__in=[states.NAMED, states.CONFIRMED]
    ).order_by("initiative__starts_on", "initiative__title", "pk")
    of = ("slug", "title", "language", "starts_on", "ends_on")
    rows = found.values_list(*(f"initiative__{name}" for name in of), "lead_id", "city_id", "state")
    return tuple(
        Part(slug, title, language, starts_on or ends_on, lead, city, state == states.CONFIRMED)
        for slug, title, language, starts_on, ends_on, lead, city, state in rows
    )


def members(day: dt.date) -> dict[int, Member]:
    """The member cities of a day by key, in the order of names. One statement."""
    rows = Listing.objects.on(day).order_by("sort", "slug").values_list(*_MEMBER)
    return {row[0]: Member(*row) for row in rows}


@freshness.kept(maxsize=8)
def health(day: dt.date) -> Health:
    """The network of a day with its ties."""
    there = members(day)
    found = compute.ties(parts(), there, day, is_today=day == days.today())
    return Health(tuple(there.values()), tuple(found))
