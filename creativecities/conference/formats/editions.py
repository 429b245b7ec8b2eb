"""Editions as data and as dates for calendars."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from creativecities.conference import states
from creativecities.conference.queries.editions import Shown
from creativecities.core.calendars import Entry

COLUMNS = (
    "number", "number_is_inferred", "year", "state", "host_cities", "host_countries", "starts_on", "last_day", "zone",
    "title", "theme", "is_confirmed", "note", "source", "url",
)  # fmt: skip


def as_data(one: Shown) -> dict[str, Any]:
    """An edition as JSON: what is not known is null or empty."""
    edition = one.edition
    return {
        "number": edition.number,
        "number_is_inferred": edition.is_inferred,
        "slug": edition.slug,
        "year": edition.year,
        "state": edition.state,
        "hosts": [
            {"city": host.name, "country": host.country_id, "url": _city(host.city.slug) if host.city else None}
            for host in one.hosts
        ],
        "starts_on": edition.starts_on,
        "last_day": edition.last_day,
        "zone": edition.zone if edition.starts_on else None,
        "title": str(one.title),
        "theme": str(one.theme),
        "is_confirmed": edition.is_confirmed,
        "note": edition.note,
        "source": edition.source,
        "url": address(one),
    }


def as_row(one: Shown) -> dict[str, Any]:
    """An edition as one line of a table."""
    countries = [host.country_id for host in one.hosts if host.country_id]
    return as_data(one) | {"host_cities": [host.name for host in one.hosts], "host_countries": countries}


def entries(found: Iterable[Shown]) -> Iterator[Entry]:
    """The days of each edition for calendars; of those whose days are known."""
    for one in found:
        edition = one.edition
        if edition.starts_on and edition.last_day:
            yield Entry(
                f"edition-{edition.slug}", str(one.title), edition.starts_on, edition.last_day + dt.timedelta(days=1),
                url=address(one), text=str(one.theme), is_off=edition.state in (states.CANCELLED, states.POSTPONED),
            )  # fmt: skip


def address(one: Shown) -> str:
    """The whole address of an edition's page."""
    return f"{settings.SITE['url']}{reverse('conference:edition', args=[one.edition.slug])}"


def _city(slug: str) -> str:
    return f"{settings.SITE['url']}{reverse('portal:city', args=[slug])}"
