"""Invented initiatives of invented cities, for tests."""

import datetime as dt
from typing import Any

from creativecities.core import days
from creativecities.core.text import fold
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Need, NeedTopic, Opening, Partner, Reply, Topic
from creativecities.network.models import City
from creativecities.network.tests.factories import member


def initiative(
    title: str = "Lamps by the river", *, lead: City | None = None, partners: tuple[City, ...] = (), fields: str = "",
    partner_state: str = states.NAMED, **columns: Any,
) -> Initiative:  # fmt: skip
    """A published initiative; `fields` are slugs separated by blanks."""
    summary = columns.pop("summary", "A night of lamps on the water.")
    values = {"kind": "festival", "state": states.PUBLISHED, "confidence": "sourced", **columns}
    one = Initiative.objects.create(
        slug=columns.get("slug") or title.lower().replace(" ", "-"),
        title=title,
        summary=summary,
        lead=lead or member(),
        search=f" {fold(title)} {fold(summary)}",
        **{key: value for key, value in values.items() if key != "slug"},
    )
    for city in partners:
        Partner.objects.create(initiative=one, city=city, lead=one.lead, state=partner_state)
    one.fields.set(fields.split())
    return one


def year(number: int) -> dict[str, dt.date]:
    """The days of an initiative of which the year is known."""
    return {"starts_on": dt.date(number, 1, 1), "ends_on": dt.date(number, 12, 31)}


def topic(slug: str = "tourism", **columns: Any) -> Topic:
    """A topic one can choose."""
    values = {"name_en": slug.title(), "start": dt.date(2026, 1, 1), "position": 1, **columns}
    return Topic.objects.get_or_create(slug=slug, defaults=values)[0]


def need(city: City | None = None, *, topics: str = "tourism", fields: str = "", **columns: Any) -> Need:
    """An open need; `topics` and `fields` are slugs separated by blanks."""
    today = days.today()
    values = {
        "kind": "need", "title": "A bridge for the lamps", "text": "We look for a city that has built one.",
        "language": "en", "opened_on": today, "closes_on": today + dt.timedelta(days=30), **columns,
    }  # fmt: skip
    one = Need.objects.create(city=city or member(), **values)
    for place, slug in enumerate(topics.split(), start=1):
        NeedTopic.objects.create(need=one, topic=topic(slug), position=place)
    one.fields.set(fields.split())
    return one


def reply(to: Need, city: City | None = None, **columns: Any) -> Reply:
    """A new reply of another city to a need."""
    values = {"why": "We have built three.", "brings": "An engineer.", "when": "In May", "language": "en", **columns}
    return Reply.objects.create(need=to, to_city=to.city, city=city or member(), **values)


def opening(of: Initiative, *, audience: str = "everybody", ahead: int = 30) -> Opening:
    """Open for applications until so many days from today."""
    apply_by = days.today() + dt.timedelta(days=ahead)
    return Opening.objects.create(
        initiative=of, audience=audience, apply_by=apply_by, link="https://example.org/apply", version=1,
        opened_on=min(apply_by, days.today()),
    )  # fmt: skip
