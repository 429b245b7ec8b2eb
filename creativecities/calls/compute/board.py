"""What the network would look like after a choice, beside today: counted from flat rows, nothing is read here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from creativecities.calls.compute.definition import Definition
from creativecities.network.compute.size import BANDS, UNKNOWN

DIMENSIONS = ("field", "region", "country", "size", "development", "group")
SIZES = (*(name for name, _below in BANDS), UNKNOWN)
COUNTRY_CAP, SAME_FIELD, NOT_ENDORSED, BELOW_QUORUM = "country-cap", "same-field", "not-endorsed", "below-quorum"


@dataclass(frozen=True, slots=True)
class Place:
    """A city as the board counts it, a member of today or a file. `counted` is its country in numbers of countries."""

    field: str
    region: str
    country: str
    counted: str
    size: str
    development: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A city's file as the board shows it: points by group of reviewers, each apart; None where nobody gave any.

    `leaves` is the place it has as a member, and gives up for another field.
    """

    pk: int
    code: str
    name: str
    country: str
    place: Place
    scores: Mapping[str, float | None]
    reviews: int
    is_endorsed: bool
    leaves: Place | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cities of a kind there are today, and after the choice."""

    key: str
    today: int
    after: int

    @property
    def new(self) -> int:
        return self.after - self.today


@dataclass(frozen=True, slots=True)
class Flag:
    """A limit of the call that the choice passes, or a file that is chosen against what it needs."""

    kind: str
    names: tuple[str, ...]
    country: str = ""
    limit: int = 0


@dataclass(frozen=True)
class Board:
    """The network after a choice beside the network of today."""

    cities: Counted
    countries: Counted
    dimensions: dict[str, list[Counted]]
    grid: dict[tuple[str, str], Counted]
    first_cities: list[File]
    flags: list[Flag]


def board(members: Sequence[Place], chosen: Sequence[File], definition: Definition) -> Board:
    """Draw the board up. `members` are the cities of today, `chosen` the files that would be designated."""
    joined, left = [each.place for each in chosen], [each.leaves for each in chosen if each.leaves]
    reached = {each.counted for each in members}
    return Board(
        cities=Counted("", len(members), len(members) + len(joined) - len(left)),
        countries=Counted("", len(reached), len(reached | {each.counted for each in joined})),
        dimensions={name: _counted(name, members, joined, left) for name in DIMENSIONS},
        grid=_grid(members, joined, left),
        first_cities=[each for each in chosen if each.place.counted not in reached],
        flags=flags(chosen, definition),
    )


def _values(name: str, place: Place) -> Iterable[str]:
    return place.groups if name == "group" else (getattr(place, name),)


def _counted(name: str, members: Iterable[Place], joined: Iterable[Place], left: Iterable[Place]) -> list[Counted]:
    """The largest after the choice first; sizes in their order. Of countries only those that gain a city."""
    today = Counter(chain.from_iterable(_values(name, each) for each in members))
    new = Counter(chain.from_iterable(_values(name, each) for each in joined))
    new.subtract(chain.from_iterable(_values(name, each) for each in left))
    rows = [Counted(key, today[key], today[key] + new[key]) for key in today | new]
    if name == "size":
        return sorted(rows, key=lambda row: SIZES.index(row.key))
    if name == "country":
        rows = [row for row in rows if row.new]
    return sorted(rows, key=lambda row: (-row.after, row.key))


def _grid(members: Iterable[Place], joined: Iterable[Place], left: Iterable[Place]) -> dict[tuple[str, str], Counted]:
    """Fields by regions."""
    today = Counter((each.field, each.region) for each in members)
    new = Counter((each.field, each.region) for each in joined)
    new.subtract((each.field, each.region) for each in left)
    return {key: Counted(" ".join(key), today[key], today[key] + new[key]) for key in today | new}


def flags(chosen: Sequence[File], definition: Definition) -> list[Flag]:
    """Where the choice passes what the call says: cities of a country, their fields, endorsements, reviews needed."""
    rules, quorum = definition["rules"], definition["evaluation"]["quorum"]
    countries, alike = _by(chosen, lambda file: file.place.country), _by(
        chosen, lambda file: (file.place.country, file.place.field)
    )  # fmt: skip
    most = rules["endorsements_per_country"]
    found = [
        Flag(COUNTRY_CAP, tuple(each.name for each in files), files[0].country, most)
        for files in countries.values() if most and len(files) > most
    ]  # fmt: skip
    found += [
        Flag(SAME_FIELD, tuple(each.name for each in files), files[0].country)
        for files in alike.values() if rules["distinct_fields"] and len(files) > 1
    ]  # fmt: skip
    if unendorsed := tuple(each.name for each in chosen if not each.is_endorsed):
        found.append(Flag(NOT_ENDORSED, unendorsed))
    if few := tuple(each.name for each in chosen if each.reviews < quorum):
        found.append(Flag(BELOW_QUORUM, few, limit=quorum))
    return found


def _by(chosen: Iterable[File], key: Any) -> dict[Any, list[File]]:
    groups: dict[Any, list[File]] = {}
    for each in chosen:
        groups.setdefault(key(each), []).append(each)
    return groups
