"""What is known of a vote: until it is closed how many cities have voted, and nothing else."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.models import Ballot, Bid, BidCity, Edition, Mark, Vote
from creativecities.conference.rules import signing
from creativecities.conference.rules import voting as rules
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network.models import City, Mandate
from creativecities.network.queries import mandates


@dataclass(frozen=True)
class Named:
    """A bid by its cities, as lists and ballots name it."""

    bid: Bid
    cities: list[City]

    @property
    def places(self) -> str:
        """Its cities on one line."""
        return ", ".join(city.name for city in self.cities)

    @property
    def label(self) -> str:
        """Its title with its cities."""
        return f"{self.bid.title} ({self.places})"


@dataclass(frozen=True)
class Side:
    """A city for which a reader may vote, and what stands against it."""

    city: City
    refusal: Refusal | None


def options(edition: Edition, last: Vote | None) -> list[str]:
    """On which bids the next vote would be: the tied ones of the last, or all that are presented."""
    if last and (tied := rules.tied(last)):
        return tied
    return sorted(edition.bids.filter(state=states.PRESENTED).values_list("code", flat=True))


def named(codes: list[str]) -> dict[str, Named]:
    """Bids by their codes, in the order of the codes. Two statements."""
    found = {bid.code: bid for bid in Bid.objects.filter(code__in=codes).prefetch_related("cities__city")}
    return {
        code: Named(found[code], [each.city for each in found[code].cities.all()]) for code in codes if code in found
    }


def sides(person: Any, vote: Vote) -> list[Side]:
    """The cities of a reader's binding mandates. One statement, and three for each city."""
    if not person.is_authenticated:
        return []
    held = signing.mandates(person).filter(role__in=signing.BINDING).values("city")
    return [Side(city, rules.cast(person, vote, city)) for city in City.objects.filter(pk__in=held)]


def phase(vote: Vote) -> str:
    """`before`, `open`, `counting` or, once it is closed, its state."""
    now = timezone.now()
    if vote.state != states.RUNNING:
        return str(vote.state)
    if now < vote.opens_at:
        return "before"
    return "open" if now < vote.closes_at else "counting"


def table(vote: Vote, bids: dict[str, Named]) -> list[tuple[str, list[int | None]]]:
    """The count as a table: a line for each bid, a column for each round."""
    rounds = vote.result["rounds"] if vote.result else []
    return [(bids[code].label, [each.get(code) for each in rounds]) for code in vote.options if code in bids]


def ballots(vote: Vote) -> list[tuple[str, list[str]]]:
    """Every ballot by its receipt, once the vote is closed; before, none. One statement."""
    if vote.closed_at is None:
        return []
    return list(Ballot.objects.filter(vote=vote).order_by("receipt").values_list("receipt", "choices"))


def due() -> list[Vote]:
    """Votes whose hours are over and that nobody has closed yet."""
    return list(Vote.objects.filter(state=states.RUNNING, closes_at__lte=timezone.now()))


def untold() -> list[Vote]:
    """Closed votes of whose result the member cities have not been told yet. One statement."""
    return list(Vote.objects.filter(closed_at__isnull=False).exclude(told=F("state")).select_related("edition"))


def running() -> list[Vote]:
    """Votes one can vote in now."""
    now = timezone.now()
    return list(Vote.objects.filter(state=states.RUNNING, opens_at__lte=now, closes_at__gt=now))


def silent_voters(vote: Vote) -> list[Mandate]:
    """Who may vote for a city that has not, each once for a city."""
    silent = City.objects.filter(rules.may_vote(vote)).exclude(
        Exists(Mark.objects.filter(vote=vote, city=OuterRef("pk")))
    )
    held = Mandate.objects.on(days.today()).filter(city__in=silent, role__in=signing.BINDING, person__is_active=True)
    found = held.select_related("person", "city").order_by("pk")
    return list({(each.city_id, each.person_id): each for each in found}.values())


def told_of_result(vote: Vote) -> list[Person]:
    """The teams of the member cities and of those that bid, each once."""
    bidding = BidCity.objects.filter(bid__code__in=vote.options).values("city")
    cities = City.objects.filter(rules.may_vote(vote)) | City.objects.filter(pk__in=bidding)
    return list({each.person_id: each.person for each in mandates.teams_of(cities)}.values())
