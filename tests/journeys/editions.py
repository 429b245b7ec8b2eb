"""Three invented editions for looking at pages: one that is on, one of which nothing is said, one that is over."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.conference import jobs, states
from creativecities.conference.actions import announcements, bids, figures, meetings, outcomes, reports, trips, voting
from creativecities.conference.actions import certificates as papers
from creativecities.conference.models import (
    Bid,
    Booth,
    Delegation,
    Edition,
    Meeting,
    MeetingTimes,
    MeetingWish,
    Outcome,
    Speaker,
    Vote,
)
from creativecities.conference.rules import bids as rules
from creativecities.conference.tests import kit
from creativecities.network.models import City, Country
from creativecities.network.tests.factories import holder, member

ASKED = [
    {"key": "hall", "label": {"en": "Which hall?"}, "guidance": {"en": "It holds 600."}, "kind": "text",
     "is_required": True},
    {"key": "site", "label": {"en": "A page about it"}, "guidance": {}, "kind": "link", "is_required": False},
]  # fmt: skip
TERMS = {"method": "ranking", "quorum": 1, "tie": "head", "bidders_vote": True}


@dataclass
class World:
    """Who looks, and what addresses are made of."""

    olga: Person
    cast: dict[str, Person | None] = field(default_factory=dict)
    words: dict[str, object] = field(default_factory=dict)


def begin(olga: Person) -> World:
    """All three editions, two cities, their people."""
    world = World(olga)
    country = Country.objects.get(iso2="PT")
    home, other = (
        member(name=name, slug=slug, country=country, field="design")
        for name, slug in (("Lampara", "lampara"), ("Vila Clara", "vila-clara"))
    )
    focal, director = holder("focal-point", "Rui Exemplo", city=home), people.person("Diego Exemplo")
    world.cast = {
        "visitor": None, "olga": olga, "focal": focal, "director": director, "mayor": people.person("Berta Exemplo"),
        "partner": holder("focal-point", "Clara Exemplo", city=other), "head": holder("head-of-the-network"),
    }  # fmt: skip
    kit.edition("2032", number=33, starts_in=200, settings=kit.settings() | {"criteria": []})
    sent = _on(world, home, other)
    _looked_for(world, sent.edition, home, other)
    _over(world, home)
    return world


def _on(world: World, home: City, other: City) -> Delegation:
    """The edition of today: everything is under way, and something of everything is there."""
    said = kit.settings(most=6) | {"criteria": ASKED, "fair": {"rows": [3, 3], "apply_by": ""}}
    until = timezone.now() + dt.timedelta(days=2)
    said["hosting"] |= {"bids_until": f"{until:%Y-%m-%dT%H:%M}", "method": "ranking"}
    said["about"]["summary"] = {"en": "Two hundred cities meet by the river."}
    one = kit.edition("2031", starts_in=-1, settings=said)
    assert one.starts_on
    day = (one.starts_on + dt.timedelta(days=2)).isoformat()
    windows = [[f"{day}T09:00", f"{day}T11:00"]]
    said["meetings"] = {"tables": 2, "interpreters": 0, "in_row": 4, "minutes": 30, "windows": windows}
    one.save()
    sent, partner = kit.delegation(one, home), kit.delegation(one, other)
    mayor = kit.mayor(sent, person=world.cast["mayor"])
    kit.delegate(sent, "interpreter", "Ines Exemplo", bound_to=mayor)
    director = kit.delegate(sent, "expert", "Diego Exemplo", person=world.cast["director"], office="Director of lamps")
    kit.delegate(sent, "mayor", "Wanda Exemplo", state=states.WAITING, number=None)
    kit.delegate(sent, "focal-point", "", state=states.NOMINATED)
    kit.delegate(partner, name="Nuno Exemplo", consent="public")
    _programme(world, one, director)
    _fair(world, sent, partner)
    door = kit.door(one)
    kit.came(door, director)
    kit.badge(director)
    announcements.tell(one, text="The bus leaves at 18:00.", language="en", until=until, by=world.olga)
    trips.write(sent, {("idea", "1"): "More lamps."}, opened={}, roles={}, language="en", by=world.cast["director"])
    signed = _outcome(world, one)
    world.words |= {"expert": director.code, "door": door.code, "door_pk": door.pk, "outcome": signed.slug}
    return sent


def _programme(world: World, one: Edition, speaker: object) -> None:
    """Released twice, with a clash, a full session and one without an hour."""
    hall = kit.room(one, "hall", capacity=300, languages=["fr"])
    kit.room(one, "yard", position=1)
    opening = kit.session(one, room=hall, title={"en": "Opening", "ar": "الافتتاح"}, interpretation=["fr", "ar"], day=2)
    kit.session(one, "forum", kind="mayors-forum", admits="mayors", hour=11, minutes=120, seats=40, room=hall, day=2)
    kit.session(one, "light", kind="thematic", starts_at=None, ends_at=None)
    Speaker.objects.create(session=opening, delegate=speaker)
    kit.release(one, by=world.olga, note="The first programme.")
    kit.session(one, "walk", kind="visit", hour=12, seats=1, room=hall, day=2)
    kit.release(one, by=world.olga)


def _fair(world: World, sent: Delegation, partner: Delegation) -> None:
    """A booth that stands and one that is asked for; a meeting that was held, and a timetable to be read."""
    given = {"edition": sent.edition, "text": "Lamps to touch", "language": "en"}
    stands = Booth.objects.create(city=sent.city, state=states.CHOSEN, number=1, place="A1", **given)
    asked = Booth.objects.create(city=partner.city, needs="Power", **given)
    for each, whom in ((sent, partner), (partner, sent)):
        MeetingTimes.objects.create(delegation=each)
        MeetingWish.objects.create(of=each, whom=whom, why="Lamps for both")
    at = timezone.now() - dt.timedelta(hours=3)
    one, two = sorted((sent, partner), key=lambda each: each.pk)
    hours = {"starts_at": at, "ends_at": at + dt.timedelta(minutes=30)}
    Meeting.objects.create(edition=sent.edition, one=one, other=two, table=1, **hours)
    jobs.work_out_meetings.func(meetings.propose(sent.edition, by=world.olga).pk)
    world.words |= {"booth": stands.code, "asked": asked.code}


def _outcome(world: World, one: Edition) -> Outcome:
    """A declaration that cities sign; one has."""
    made = outcomes.begin(one, "declaration", by=world.olga)
    outcomes.write(made, {"en": "Declaration of the lamps"}, {"en": "We keep light."}, opened=1, by=world.olga)
    version = outcomes.release(made, opened=2, by=world.olga)
    outcomes.open_for_signing(version.outcome, by=world.olga)
    partner = world.cast["partner"]
    assert partner
    outcomes.sign(version, partner.mandates.get().city, by=partner)
    return made


def _looked_for(world: World, one: Edition, home: City, other: City) -> None:
    """Bids: two are presented and voted on; another city still writes its own."""
    third = member(name="Ponte Nova", slug="ponte-nova", country=home.country, field="design")
    presented = _bid(one, home, world.cast["focal"], "Lamps by the river")
    rival = _bid(one, third, holder("focal-point", city=third), "Lamps on the bridge")
    _present(world, presented, rival)
    draft = _bid(one, other, world.cast["partner"], "Lamps in the hills")
    hours = {"opens_at": timezone.now(), "closes_at": timezone.now() + dt.timedelta(days=1)}
    voting.call(one, **hours, terms=TERMS, by=world.olga)
    world.words |= {"bid": presented.code, "draft": draft.code}


def _present(world: World, *made: Bid) -> None:
    for each in made:
        bids.submit(each, by=rules.lead(each).mandates.get(role="focal-point").person)
        bids.check(each, is_eligible=True, reason="Complete", by=world.olga)
    bids.present(made[0].edition, by=world.olga)


def _bid(one: Edition, city: City, by: Person | None, title: str) -> Bid:
    assert by
    made = bids.begin(one, city, title=title, language="en", by=by)
    values = {"title": title, "language": "en", "answers": {"hall": "The old works", "site": "https://example.org/"}}
    bids.save(made, values=values, opened=1, by=by)
    made.refresh_from_db()
    return made


def _focal_points(world: World) -> list[tuple[City, Person]]:
    people = [person for role in ("focal", "partner") if (person := world.cast[role])]
    return [(person.mandates.get().city, person) for person in people]


def _over(world: World, home: City) -> None:
    """It ended last week: certificates, numbers, the report, and a vote that ended in a tie."""
    said = kit.settings() | {"criteria": ASKED}
    said["hosting"] |= {"bids_until": f"{timezone.now() + dt.timedelta(days=2):%Y-%m-%dT%H:%M}"}
    one = kit.edition("2030", number=30, starts_in=-10, settings=said)
    sent = kit.delegation(one, home)
    kit.delegate(sent, "mayor", "Berta Exemplo", person=world.cast["mayor"])
    kit.delegate(sent, "expert", "ليلى Exemplo", consent="public")
    _present(world, *(_bid(one, city, by, f"Come to {city.name}") for city, by in _focal_points(world)))
    hours = {"opens_at": timezone.now(), "closes_at": timezone.now() + dt.timedelta(days=1)}
    vote = voting.call(one, **hours, terms=TERMS | {"method": "plurality"}, by=world.olga)
    for number in range(6):
        city = member(name=f"Vila Inventada {number}", country=home.country, field="design")
        voting.cast(vote, city, [vote.options[number % 2]], by=holder("focal-point", city=city))
    Vote.objects.filter(pk=vote.pk).update(closes_at=timezone.now())
    jobs.close_votes()
    focal = world.cast["focal"]
    trips.write(sent, {("idea", "1"): "A school of lamps."}, opened={}, roles={}, language="en", by=focal)
    trips.hand_in(sent.report, "everybody", by=focal)
    usual = {"numbers": 1, "sessions": 2, "fields": 3, "cities": 4, "ideas": 5}
    reports.arrange(one, {"en": "Three days of light."}, usual, opened=1, by=world.olga)
    reports.publish(one.report, by=world.olga)
    papers.issue(one, by=world.olga)
    figures.count(one, by=world.olga)
    world.words["certificate"] = one.certificates.all()[0].code
