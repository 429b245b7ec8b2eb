"""What the invented cities do together: ratings, initiatives and who confirms them, needs, replies, announcements."""

import datetime as dt
import uuid
import zlib
from collections.abc import Iterator

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.demo.story.files import rows, several
from creativecities.exchange import actions
from creativecities.exchange.actions import needs, replies
from creativecities.exchange.actions.announcements import announce
from creativecities.exchange.actions.ratings import rate
from creativecities.exchange.models import Initiative, Need, Topic
from creativecities.network.actions import mandates
from creativecities.network.models import City, CreativeField, Mandate
from creativecities.network.queries.mandates import speakers

RATED = 5
"""So many topics a city rates as challenge, and as many as expertise."""


def is_told() -> bool:
    return Need.objects.exists()


def tell() -> Iterator[str]:
    """Says how much there is of it."""
    cities = {city.slug: city for city in City.objects.order_by("pk")}
    for city in cities.values():
        _rate(city)
    for row in rows("initiatives"):
        _record(row, cities)
    posted = {row["key"]: _post(row, cities[row["city"]]) for row in rows("needs")}
    for row in rows("replies"):
        _reply(row, posted[row["need"]], cities[row["city"]])
    for row in rows("announcements"):
        _announce(row, cities[row["city"]])
    yield f"{Initiative.objects.count()} initiatives, {len(posted)} needs and offers"


def contact_of(city: City) -> Person:
    """Who speaks for a city in the story."""
    return speakers(city)[0]


def _rate(city: City) -> None:
    """Numbers that look as if somebody had thought about them, the same each time."""
    topics = list(Topic.objects.order_by("position").values_list("slug", flat=True))
    first = zlib.crc32(city.slug.encode())
    values: dict[str, int | None] = {}
    for step in range(RATED):
        values[f"challenge-{topics[(first + 4 * step) % len(topics)]}"] = 5 - step % 3
        values[f"expertise-{topics[(first // 7 + 5 * step + 2) % len(topics)]}"] = 5 - (step + first) % 4
    rate(city, values=values, opened=city.version, by=contact_of(city))


def _record(row: dict[str, str], cities: dict[str, City]) -> None:
    words = ("kind", "language", "title", "summary", "starts_on", "ends_on")
    values = {name: row[name] for name in words}
    asked = {name: several(row[name]) for name in ("partners", "declined", "silent")}
    lists = {name: several(row[name]) for name in ("fields", "objectives", "areas")}
    named = [slug for slugs in asked.values() for slug in slugs]
    goals = [int(number) for number in several(row["goals"])]
    lead = cities[row["lead"]]
    one = actions.record_initiative(
        lead,
        values={**values, **lists, "goals": goals, "partners": named},
        by=contact_of(lead),
        publish=row["publish"] == "1",
    )
    for part in one.parts.select_related("city", "initiative", "lead"):
        if part.city.slug in asked["partners"]:
            actions.confirm(part, by=contact_of(part.city))
        elif part.city.slug in asked["declined"]:
            actions.decline(part, by=contact_of(part.city))


def _post(row: dict[str, str], city: City) -> Need:
    said = {name: row[name] for name in ("kind", "title", "text", "language")}
    return needs.post_need(
        city, topics=several(row["topics"]), fields=several(row["fields"]), by=contact_of(city),
        closes_on=days.today() + dt.timedelta(days=int(row["days"])), **said,
    )  # fmt: skip


def _reply(row: dict[str, str], need: Need, city: City) -> None:
    said = {name: row[name] for name in ("why", "brings", "when", "language")}
    answer = replies.send_reply(need, city, by=contact_of(city), **said)
    host = contact_of(need.city)
    if row["answer"] == "contact":
        replies.contact(answer, by=host)
    elif row["answer"] == "decline":
        replies.decline_reply(answer, reason=row["reason"], by=host)
    elif row["answer"] == "accept":
        one = replies.accept(answer, by=host)
        if row["publish"] == "1":
            actions.publish(one, by=host)


def _announce(row: dict[str, str], city: City) -> None:
    field, coordinator = CreativeField.objects.get(pk=row["field"]), contact_of(city)
    officer = Person.objects.get(email="secretariat@example.org")
    mandates.open_mandate(
        person=coordinator, role=Mandate.Role.COORDINATOR, field=field, city=city, start=days.today(), by=officer
    )
    said = {name: row[name] for name in ("subject", "text", "language")}
    announce(field, once=uuid.uuid5(uuid.NAMESPACE_URL, row["subject"]), by=coordinator, **said)
