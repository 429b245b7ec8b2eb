"""The secret vote of the member cities on the bids: called, cast, closed, certified.

Casting writes two things that nothing joins: the mark that a city has voted, and a ballot without city or hour.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions.editions import host
from creativecities.conference.compute import voting
from creativecities.conference.models import Ballot, Bid, Edition, Mark, Vote
from creativecities.conference.notices import hosting as notices
from creativecities.conference.queries import voting as queries
from creativecities.conference.rules import signing
from creativecities.conference.rules import voting as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.models import City


@action
def call(edition: Edition, *, opens_at: dt.datetime, closes_at: dt.datetime, terms: dict[str, Any], by: Person) -> Vote:
    """Call the vote on the presented bids; after a tie that a run-off settles, on the tied ones.

    The seed of the draw is fixed now and its fingerprint published: nobody can choose it once ballots are known.
    """
    last = edition.votes.select_for_update().first()
    options = queries.options(edition, last)
    if refusal := rules.call(by, edition, options):
        raise refusal
    seed = secrets.token_hex(32)
    vote = Vote.objects.create(
        edition=edition, number=last.number + 1 if last else 1, options=options, opens_at=opens_at,
        closes_at=closes_at, seed=seed, commitment=voting.commitment(seed), **terms,
    )  # fmt: skip
    record("conference.vote.called", vote, by=by, options=options, commitment=vote.commitment)
    return vote


@action(quiet=True)
def cast(vote: Vote, city: City, choices: Sequence[str], *, by: Person) -> str:
    """Vote for a city, by mandate; returns the receipt, which is shown once and kept nowhere beside the city.

    The UPDATE holds the vote until this has happened: no ballot comes while it is being closed.
    """
    Vote.objects.filter(pk=vote.pk).update(voted=F("voted") + 1)
    vote.refresh_from_db()
    if refusal := rules.cast(by, vote, city) or rules.sound(vote, list(choices)):
        raise refusal
    role = signing.binding_role(set(signing.mandates(by).filter(city=city).values_list("role", flat=True)))
    try:
        with transaction.atomic():
            Mark.objects.create(vote=vote, city=city, role=role)
    except IntegrityError:  # the other mandate of the city was faster
        raise rules.voted(vote, city) or Refusal(rules.FAULTS["twice"]) from None
    receipt = "-".join(secrets.token_hex(2) for _part in range(6))
    Ballot.objects.create(vote=vote, choices=list(choices), receipt=receipt)
    record("conference.vote.cast", vote, by=by, city=city.name)
    return receipt


@action
def close(vote: Vote, *, by: Actor) -> Event:
    """Count the ballots, write them anew in the order of their receipts, publish and certify the result."""
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.state != states.RUNNING or vote.closes_at > timezone.now():
        raise Refusal(rules.NOT_NOW, code="not-now")
    ballots = _shuffle(vote)
    if len(ballots) != vote.marks.count():
        raise RuntimeError("there are not as many ballots as cities that voted")
    found = voting.count(vote.method, list(ballots.values()), vote.options, vote.seed)
    result = {"rounds": found.rounds, "leaders": found.leaders, "abstentions": found.abstentions}
    members = City.objects.filter(rules.may_vote(vote)).count()
    Vote.objects.filter(pk=vote.pk).update(
        result=result, digest=voting.digest(ballots), voted=len(ballots), members=members, closed_at=timezone.now()
    )
    vote.refresh_from_db()
    facts: dict[str, Any] = {"digest": vote.digest, "ballots": len(ballots)}
    if not found.leaders or not voting.has_quorum(len(ballots), members, vote.quorum):
        return move(vote, "fail", by=by, **facts)
    winner = found.leaders[0] if len(found.leaders) == 1 else ""
    if not winner and vote.tie == voting.LOT:
        winner = voting.draw(vote.seed, found.leaders)
    return _win(vote, winner, by=by, **facts) if winner else move(vote, "tie", by=by, **facts)


@step
def _shuffle(vote: Vote) -> dict[str, list[str]]:
    """The ballots by receipt, after they were taken out and written anew in that order with new keys."""
    ballots = dict(vote.ballots.order_by("receipt").values_list("receipt", "choices"))
    vote.ballots.all().delete()
    Ballot.objects.bulk_create([Ballot(vote=vote, receipt=each, choices=said) for each, said in ballots.items()])
    return ballots


@step
def _win(vote: Vote, code: str, *, by: Actor, reason: str = "", **facts: Any) -> Event:
    """The cities of the bid become the hosts of the edition."""
    bid = Bid.objects.get(code=code)
    event = move(vote, "decide", by=by, winner=bid.title, **facts)
    Vote.objects.filter(pk=vote.pk).update(winner=bid, reason=reason)
    cities = [each.city for each in bid.cities.select_related("city")]
    host(vote.edition, cities)
    names = ", ".join(city.name for city in cities)
    record("conference.edition.hosted", vote.edition, by=by, hosts=names)
    return event


@action
def decide_tie(vote: Vote, bid: Bid, *, reason: str, by: Person) -> Event:
    """The head of the network says which of the tied bids hosts, and why."""
    if refusal := rules.decide(by, vote, bid, reason):
        raise refusal
    event = _win(vote, bid.code, by=by, reason=reason)
    vote.refresh_from_db()
    tell(vote, by=by)
    return event


@action(quiet=True)
def remind(vote: Vote, number: int, *, by: Actor) -> int:
    """Remind those who may vote for cities that have not; says how many. Each time once."""
    if not Vote.objects.filter(pk=vote.pk, reminded__lt=number, state=states.RUNNING).update(reminded=number):
        raise Refusal(rules.NOT_NOW, code="reminded")
    people = queries.silent_voters(vote)
    for mandate in people:
        notices.remind(vote, mandate, number)
    record("conference.vote.reminded", vote, by=by, number=len(people))
    return len(people)


@action(quiet=True)
def tell(vote: Vote, *, by: Actor) -> int:
    """Tell the teams of all member cities what came of the vote: of each state once."""
    if not Vote.objects.filter(pk=vote.pk, state=vote.state).exclude(told=vote.state).update(told=vote.state):
        raise Refusal(rules.NOT_NOW, code="told")
    people = queries.told_of_result(vote)
    for person in people:
        notices.closed(vote, person)
    record("conference.vote.told", vote, by=by, number=len(people))
    return len(people)
