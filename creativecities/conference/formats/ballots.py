"""A closed vote as data: whoever has this file counts anew without us."""

from typing import Any

from creativecities.conference.models import Vote
from creativecities.conference.queries.voting import Named


def document(vote: Vote, bids: dict[str, Named], ballots: list[tuple[str, list[str]]]) -> dict[str, Any]:
    """Its rules, its bids, every ballot under its receipt, the seed, and what we counted."""
    return {
        "edition": vote.edition.slug,
        "number": vote.number,
        "method": vote.method,
        "quorum_percent": vote.quorum,
        "tie": vote.tie,
        "bidders_vote": vote.bidders_vote,
        "opens_at": vote.opens_at,
        "closes_at": vote.closes_at,
        "members": vote.members,
        "voted": vote.voted,
        "bids": [
            {"code": code, "title": each.bid.title, "cities": [city.name for city in each.cities]}
            for code, each in bids.items()
        ],
        "commitment": vote.commitment,
        "seed": vote.seed,
        "ballots": [{"receipt": receipt, "choices": choices} for receipt, choices in ballots],
        "digest": vote.digest,
        "result": vote.result,
        "winner": vote.winner.code if vote.winner else None,
        "state": vote.state,
    }
