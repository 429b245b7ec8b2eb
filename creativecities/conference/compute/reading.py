"""Who reads which case: two people each, free of conflicts, who read its language, with loads as even as can be."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from creativecities.conference.compute.linear import Problem

Pair = tuple[int, int]
"""The keys of a case and of a reader."""
READERS = 2
FILLED = 10.0
"""What a place is worth that is filled: more than any evenness."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case: the cities that stand behind it, the first of them proposes it."""

    key: int
    language: str
    city: int
    partners: frozenset[int] = frozenset()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """A reader: the cities for which they speak, spoke or work or were sent, their countries, what they read."""

    key: int
    cities: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


def conflict(case: Proposal, judge: Judge, *, by_country: bool) -> str:
    """Why somebody must not judge a case, as a key of `labels.CONFLICTS`; empty: nothing."""
    if case.city in judge.cities:
        return "city"
    if case.partners & judge.cities:
        return "partner"
    return "country" if by_country and case.country in judge.countries else ""


def hindrance(case: Proposal, judge: Judge, *, by_country: bool) -> str:
    """The same, and what else keeps a case from a reader."""
    return conflict(case, judge, by_country=by_country) or ("" if case.language in judge.languages else "language")


def share(
    cases: Iterable[Proposal], judges: Iterable[Judge], *, held: Collection[Pair], barred: Mapping[Pair, str]
) -> list[Pair]:
    """New pairs, beside those `held`, so that as many places as can be are filled and nobody carries more than needed.

    Each further case of a reader costs more than the one before: the cheapest way is the most even one.
    """
    problem, load = Problem(), Counter(judge for _case, judge in held)
    filled, free = Counter(case for case, _judge in held), list(judges)
    pairs: dict[Pair, int] = {}
    for case in cases:
        able = [each for each in free if (case.key, each.key) not in barred and (case.key, each.key) not in held]
        taken = [problem.variable(FILLED, whole=True) for _each in able]
        pairs |= {(case.key, each.key): at for each, at in zip(able, taken, strict=True)}
        problem.at_most(max(0, READERS - filled[case.key]), taken)
    for judge in free:
        own = [at for (_case, key), at in pairs.items() if key == judge.key]
        steps = [problem.variable(-(load[judge.key] + step) / 100) for step in range(len(own))]
        problem.limit([*((at, 1) for at in own), *((at, -1) for at in steps)], 0, 0)
    chosen = problem.solved().taken
    return [pair for pair, at in pairs.items() if chosen[at] > 0.5]
