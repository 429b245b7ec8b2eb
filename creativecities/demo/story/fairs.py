"""The exchange fair of an edition: booths that are applied for and placed, wishes to meet, the timetable."""

import datetime as dt
from collections.abc import Sequence

from creativecities.accounts.models import Person
from creativecities.conference import jobs
from creativecities.conference.actions import fair, meetings
from creativecities.conference.compute.plan import Plan
from creativecities.conference.models import Booth, Delegation, Edition, Timetable
from creativecities.demo.story import clock, sending, words
from creativecities.demo.story.exchange import contact_of
from creativecities.demo.story.files import rows
from creativecities.demo.story.gathering import DAY, HOUR
from creativecities.exchange.models import Initiative
from creativecities.network.models import City

TABLES = {"tables": 10, "interpreters": 4, "in_row": 4, "minutes": 20}
Window = tuple[int, str, str]
HALL = (6, 6, 5)
"""Places in each row of the hall."""
EAGER = 7
ANSWERS = ("chosen", "applied", "declined")
"""What becomes of an application; any other answer is a place on the plan."""
NO_ROOM = "The hall has one cable for twelve booths. Come with something that is quiet, and you have the first place."


def apply(edition: Edition, name: str, on: dt.datetime, *, by: Person) -> None:
    """The hall is drawn; cities apply, the Secretariat chooses and places."""
    with clock.at(on):
        last = edition.starts_on - 7 * DAY if edition.starts_on else None
        fair.draw_plan(edition, Plan(HALL, last), opened=edition.version, by=by)
    edition.refresh_from_db()
    cities = {one.city.slug for one in sending.parties(name)}
    told = [row for row in rows("booths") if row["edition"] == name and row["city"] in cities]
    for step, row in enumerate(told):
        booth = _ask(edition, row, on + DAY + step * 5 * HOUR)
        with clock.at(on + 10 * DAY):
            _answer(booth, row["answer"], by=by)


def _ask(edition: Edition, row: dict[str, str], on: dt.datetime) -> Booth:
    city = City.objects.get(slug=row["city"])
    shown = Initiative.objects.get(slug=row["initiative"]) if row["initiative"] else None
    said = {name: row[name] for name in ("text", "language", "needs")}
    with clock.at(on):
        booth: Booth = fair.apply(edition, city, initiative=shown, by=contact_of(city), **said)
    return booth


def _answer(booth: Booth, answer: str, *, by: Person) -> None:
    if answer == "declined":
        fair.decline(booth, reason=NO_ROOM, by=by)
    elif answer != "applied":
        fair.choose(booth, by=by)
        if answer not in ANSWERS:
            fair.place(booth, answer, by=by)


def meet(edition: Edition, name: str, windows: Sequence[Window], on: dt.datetime, *, by: Person) -> Timetable:
    """Delegations say when they cannot and whom they wish to meet; a timetable is worked out and applied."""
    with clock.at(on):
        meetings.hold_meetings(edition, TABLES | {"windows": _walls(edition, windows)}, opened=edition.version, by=by)
    edition.refresh_from_db()
    with clock.at(on + DAY):
        _wish(edition, name)
    with clock.at(on + 10 * DAY):
        asked: Timetable = meetings.propose(edition, by=by)
        jobs.work_out_meetings.call(asked.pk)
        asked.refresh_from_db()
        meetings.apply(asked, by=by)
    return asked


def _walls(edition: Edition, windows: Sequence[Window]) -> list[list[str]]:
    """On the clock of the place."""
    assert edition.starts_on
    return [[f"{edition.starts_on + day * DAY}T{wall}" for wall in walls] for day, *walls in windows]


def _wish(edition: Edition, name: str) -> None:
    """The first cities of the story and one in three of the others wish to meet one to three, the same each time."""
    sent = {each.city.slug: each for each in Delegation.objects.filter(edition=edition, state="confirmed")
            .select_related("edition", "city")}  # fmt: skip
    there = [one for one in sending.parties(name) if one.city.slug in sent]
    willing = there[:EAGER] + there[EAGER::3]
    for one in willing:
        own, others = sent[one.city.slug], [each for each in willing if each is not one]
        meetings.say_times(own, tables=1, busy=[], by=one.contact)
        wished = {others[words.number(one.city.slug + turn, 0, len(others) - 1)].city.slug for turn in ("a", "b", "c")}
        for slug in sorted(wished):
            meetings.wish(own, sent[slug], why=one.says("wish", seed=slug), language=one.writes, by=one.contact)
