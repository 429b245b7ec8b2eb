"""Who must not judge whom, and why: found from what is on record. What a reviewer declares stands beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

OWN_CITY, COUNTRY, MANDATE, FILE = "own-city", "country", "mandate", "file"
Ties = Mapping[str, Mapping[frozenset[int], str]]
"""By kind (shared, buddy) the pairs of cities it holds between, each with what it is."""
Found = tuple[int, int, str]
"""Reviewer, file, kind."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A reviewer: the cities they speak for now, the bodies of earlier mandates, their countries of any time."""

    key: int
    cities: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    former_cities: frozenset[int] = frozenset()
    commissions: frozenset[str] = frozenset()
    """The countries of the National Commissions for which they work or worked."""
    has_a_file: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file: its country, and its city where the network has a record of it."""

    key: int
    country: str
    city: int | None = None


def conflicts(judges: Iterable[Judge], candidates: Iterable[Candidate], ties: Ties) -> dict[Found, str]:
    """Every conflict on record, with its detail: what the tie is, or nothing where the kind says all."""
    files = list(candidates)
    return {
        (judge.key, file.key, kind): detail
        for judge in judges for file in files for kind, detail in between(judge, file, ties)
    }  # fmt: skip


def between(judge: Judge, file: Candidate, ties: Ties) -> Iterator[tuple[str, str]]:
    """The conflicts of one reviewer with one file."""
    if judge.has_a_file:
        yield FILE, ""
    if file.country in judge.countries:
        yield COUNTRY, ""
    if file.country in judge.commissions:
        yield MANDATE, ""
    if file.city is None:
        return
    if file.city in judge.cities:
        yield OWN_CITY, ""
    if file.city in judge.former_cities and file.country not in judge.commissions:
        yield MANDATE, ""
    for kind, pairs in ties.items():
        tied = (pairs.get(frozenset((file.city, own)), "") for own in judge.cities)
        if detail := next(filter(None, tied), ""):
            yield kind, detail
