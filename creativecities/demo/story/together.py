"""How the invented cities come together: looking for partners, open to applicants, inviting, writing to each other."""

import datetime as dt
import uuid
from collections.abc import Iterator

from creativecities.core import days
from creativecities.demo.story.exchange import contact_of
from creativecities.demo.story.files import rows, several
from creativecities.exchange.actions import invitations, messages, openings, wanted
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.exchange.queries.invitations import reach
from creativecities.network.models import City


def is_told() -> bool:
    return Invitation.objects.exists()


def tell() -> Iterator[str]:
    """Says how much there is of it."""
    known = {one.slug: one for one in Initiative.objects.select_related("lead")}
    cities = {city.slug: city for city in City.objects.all()}
    for row in rows("wanted"):
        one = known[row["initiative"]]
        wanted.look_for_partners(
            one, number=int(row["number"]), topics=several(row["topics"]), closes_on=_day(row["days"]), opened=0,
            by=contact_of(one.lead),
        )  # fmt: skip
    for row in rows("openings"):
        one = known[row["initiative"]]
        openings.open_applications(
            one,
            audience=row["audience"],
            apply_by=_day(row["days"]),
            link=row["link"],
            opened=0,
            by=contact_of(one.lead),
        )
    for row in rows("invitations"):
        _invite(row, known[row["initiative"]])
    for number, row in enumerate(rows("messages")):
        city = cities[row["city"]]
        said = {"text": row["text"], "language": row["language"]}
        messages.write(known[row["initiative"]], city, once=uuid.UUID(int=number), by=contact_of(city), **said)
    yield f"{Invitation.objects.count()} invitations"


def _day(later: str) -> dt.date:
    return days.today() + dt.timedelta(days=int(later))


def _invite(row: dict[str, str], one: Initiative) -> None:
    whom = {"fields": several(row["fields"]), "regions": [], "cities": several(row["cities"])}
    said = {name: row[name] for name in ("pays", "language", "text")}
    when = {"starts_on": _day(row["from"]), "ends_on": _day(row["until"]), "answer_by": _day(row["answer"])}
    sent = invitations.invite(
        one, values={**said, **when, "places": int(row["places"])}, whom=whom, seen=reach(one, **whom).mark,
        once=uuid.uuid5(uuid.NAMESPACE_URL, one.slug), by=contact_of(one.lead),
    )  # fmt: skip
    for column, answer in (("come", invitations.accept), ("decline", invitations.decline)):
        for slug in several(row[column]):
            invitee = Invitee.objects.select_related("city").get(invitation=sent, city__slug=slug)
            answer(invitee, word="", by=contact_of(invitee.city))
