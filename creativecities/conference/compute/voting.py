"""Counting ballots. The same ballots and the same seed give the same result, whoever counts and in whatever order.

A ballot is the list of what it names: one bid, several, or several in the order of preference; none is an abstention.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PLURALITY, APPROVAL, RANKING = "plurality", "approval", "ranking"
METHODS = (PLURALITY, APPROVAL, RANKING)
RUN_OFF, LOT, HEAD = "run-off", "lot", "head"
TIES = (RUN_OFF, LOT, HEAD)

Ballot = Sequence[str]


@dataclass(frozen=True)
class Count:
    """What counting gave: the votes of each bid, round by round, and who leads at the end; several are tied."""

    rounds: list[dict[str, int]]
    leaders: list[str]
    abstentions: int


def fault(method: str, ballot: Ballot, bids: Iterable[str]) -> str:
    """Why a ballot is not sound, as a code; empty where it is."""
    if not set(ballot) <= set(bids):
        return "unknown"
    if len(set(ballot)) < len(ballot):
        return "twice"
    return "too-many" if method == PLURALITY and len(ballot) > 1 else ""


def count(method: str, ballots: Sequence[Ballot], bids: Sequence[str], seed: str) -> Count:
    """Count ballots. The seed decides only where two bids would be put out with the same votes in every round."""
    cast = [ballot for ballot in ballots if ballot]
    abstentions = len(ballots) - len(cast)
    if method == RANKING:
        rounds = _ranking(cast, bids, seed)
    else:
        votes = Counter(name for ballot in cast for name in ballot)
        rounds = [{bid: votes[bid] for bid in sorted(bids)}]
    return Count(rounds, leaders(rounds[-1]), abstentions)


def leaders(votes: Mapping[str, int]) -> list[str]:
    """Those with the most votes; nobody where there is none."""
    most = max(votes.values(), default=0)
    return sorted(bid for bid, number in votes.items() if number == most) if most else []


def _ranking(ballots: Sequence[Ballot], bids: Sequence[str], seed: str) -> list[dict[str, int]]:
    """Instant run-off: the last is put out and its ballots go to their next preference, until one has the majority.

    Two that are left with the same votes are tied: which of them hosts is not for the count to say.
    """
    left, rounds = set(bids), []
    while True:
        votes = Counter(next((name for name in ballot if name in left), "") for ballot in ballots)
        votes.pop("", None)
        rounds.append({bid: votes[bid] for bid in sorted(left)})
        top = leaders(rounds[-1])
        if not top or votes[top[0]] * 2 > votes.total() or len(top) == len(left):
            return rounds
        left.discard(_last(rounds, seed))


def _last(rounds: Sequence[Mapping[str, int]], seed: str) -> str:
    """Who is put out: the fewest votes now, then in the rounds before, the latest first, then by the seed."""
    names = rounds[-1]
    return min(names, key=lambda bid: ([round_[bid] for round_ in reversed(rounds)], draw_key(seed, bid)))


def draw_key(seed: str, bid: str) -> str:
    """The place of a bid in the draw of lots."""
    return hashlib.sha256(f"{seed}:{bid}".encode()).hexdigest()


def draw(seed: str, bids: Iterable[str]) -> str:
    """The lot: whose place in the draw is the last in order."""
    return max(bids, key=lambda bid: draw_key(seed, bid))


def commitment(seed: str) -> str:
    """What is published of a seed before the vote: it fixes the seed and tells nothing of it."""
    return hashlib.sha256(seed.encode()).hexdigest()


def digest(ballots: Mapping[str, Ballot]) -> str:
    """The fingerprint of all ballots: a line each, `receipt bid,bid`, in the order of the receipts."""
    lines = "".join(f"{receipt} {','.join(ballots[receipt])}\n" for receipt in sorted(ballots))
    return hashlib.sha256(lines.encode()).hexdigest()


def has_quorum(voted: int, members: int, percent: int) -> bool:
    """Whether enough cities have voted."""
    return voted * 100 >= members * percent and voted > 0
