"""Words and meaning joined: what is near in meaning comes between what has the words, never before a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from creativecities.search.compute.tokens import Asked
from creativecities.search.queries.meanings import Near
from creativecities.search.queries.shelf import Shelf

TITLE, NAME, BEGINS, WORDS, SOME_WORDS, SIMILAR_NAME, MEANING = (
    "title", "name", "beginning-of-name", "words", "some-words", "similar-name", "meaning",
)  # fmt: skip
FIRST = {TITLE: 4, NAME: 3, BEGINS: 2, SIMILAR_NAME: 1}
MOST = 30
"""So many of the entries nearest in meaning are looked at."""
DAMPED = 8
"""How little the first ranks count more than the next; reciprocal rank fusion has 60, for far longer lists."""
WEIGHT = {True: 0.5, False: 1.0}
"""What meaning counts beside words, of one or two words or of more: those say more by how they are written."""
OF_SOME = 0.15
"""What the ranks of entries count that have only some of the words."""


@dataclass(slots=True)
class Match:
    """How well an entry answers, why, and by which of its passages if it is near in meaning."""

    score: float
    reasons: list[str]
    passage: int = 0

    @property
    def order(self) -> tuple[int, float]:
        return -FIRST.get(self.reasons[0], 0), -self.score


def join(matches: dict[int, Match], near: Mapping[int, Near], asked: Asked, shelf: Shelf) -> None:
    """Give every match the score of its ranks among words and meanings, and add what is only near in meaning.

    Names keep the order they have: how they are written says more than what they may mean.
    """
    for rank, place in enumerate(sorted(matches, key=lambda place: (*matches[place].order, place))):
        match = matches[place]
        if match.reasons[0] not in FIRST:
            match.score = (OF_SOME if match.reasons[0] == SOME_WORDS else 1.0) / (DAMPED + rank)
    weight = WEIGHT[len(asked.tokens) <= 2]
    for rank, (place, one) in enumerate(near.items()):
        match = matches.setdefault(place, Match(0.0, []))
        match.reasons.append(MEANING)
        match.passage = one.passage
        if match.reasons[0] not in FIRST:
            match.score += weight / (DAMPED + rank)
