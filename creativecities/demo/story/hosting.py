"""Cities offer to host an edition of the conference, and the member cities vote on it in secret."""

import datetime as dt
from typing import Any

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import jobs
from creativecities.conference.actions import bids, voting
from creativecities.conference.forms.programme import on_the_wall
from creativecities.conference.models import Bid, Edition, Vote
from creativecities.core import days
from creativecities.demo.story import clock, gathering, words
from creativecities.demo.story.exchange import contact_of
from creativecities.demo.story.files import rows, several
from creativecities.demo.story.gathering import DAY, HOUR
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate

SILENT = 0
"""Of ten cities one does not vote."""


def look_for_hosts(edition: Edition, until: dt.datetime, *, by: Person) -> None:
    """Say until when cities bid, and how is voted on it."""
    terms = {"method": "ranking", "quorum": 50, "tie": "run-off", "bidders_vote": True}
    gathering.save(edition, "hosting", {"bids_until": on_the_wall(until, edition.zone), **terms}, by=by)


def bid(edition: Edition, name: str, on: dt.datetime) -> list[tuple[dict[str, str], Bid]]:
    """Every bid of the story, written and handed in as far as it comes; each with its row."""
    cities = {city.slug: city for city in City.objects.all()}
    told = [row for row in rows("bids") if row["edition"] == name]
    return [(row, _bid(edition, row, cities, on + at * DAY)) for at, row in enumerate(told)]


def _bid(edition: Edition, row: dict[str, str], cities: dict[str, City], on: dt.datetime) -> Bid:
    lead, *others = (cities[slug] for slug in several(row["cities"]))
    by = contact_of(lead)
    with clock.at(on):
        made: Bid = bids.begin(edition, lead, title=row["title"], language=row["language"], by=by)
        values = {"title": row["title"], "language": row["language"], "answers": _answers(edition, row)}
        bids.save(made, values=values, opened=made.version, by=by)
        for other in others:
            bids.ask(made, other, by=by)
    with clock.at(on + 30 * HOUR):
        for part in made.cities.filter(position__gt=0).select_related("city", "bid") if row["check"] != "asked" else ():
            bids.confirm(part, by=contact_of(part.city))
        if row["check"] not in ("asked", "draft"):
            bids.submit(made, by=by)
    return made


def _answers(edition: Edition, row: dict[str, str]) -> dict[str, Any]:
    """By the keys of the criteria, in their order."""
    said: dict[str, Any] = {}
    for item, text in zip(edition.settings["criteria"], row["answers"].split("|"), strict=True):
        kind = item["kind"]
        said[item["key"]] = int(text) if kind == "number" else text == "1" if kind == "yes-no" else text
    return said


def vote(edition: Edition, made: list[tuple[dict[str, str], Bid]], on: dt.datetime, *, by: Person) -> str:
    """Bids are checked and presented, cities vote for ten days, the result is told. Returns the zone of the hosts."""
    with clock.at(on):
        for row, each in made:
            bids.check(each, is_eligible=row["check"] == "eligible", reason=row["reason"], by=by)
        bids.present(edition, by=by)
        terms = {"method": "ranking", "quorum": 50, "tie": "run-off", "bidders_vote": True}
        now = timezone.now()
        called = voting.call(edition, opens_at=now + HOUR, closes_at=now + 10 * DAY, terms=terms, by=by)
    with clock.at(on + 4 * DAY):
        _cast(called)
    with clock.at(on + 11 * DAY):
        jobs.close_votes()
    called.refresh_from_db()
    return next(row["zone"] for row, each in made if each.pk == called.winner_id)


def _cast(called: Vote) -> None:
    """Mayor or focal point, each city in an order of its own."""
    titles = dict(Bid.objects.filter(code__in=called.options).values_list("title", "code"))
    held = Mandate.objects.on(days.today()).filter(city__in=network.member_cities(), role__in=("mayor", "focal-point"))
    for mandate in held.select_related("city", "person").order_by("city__name"):
        assert mandate.city  # of a member city
        slug = mandate.city.slug
        voter = "mayor" if words.number(slug + "votes", 0, 2) == 0 else "focal-point"
        if mandate.role == voter and words.number(slug + "vote", 0, 9) != SILENT:
            liked = sorted(titles, key=lambda title: words.number(slug + title, 0, 99))
            named = liked[: words.number(slug + "ranks", 1, 3)]
            voting.cast(called, mandate.city, [titles[title] for title in named], by=mandate.person)
