"""How well a network is knit: who has ties, between whom they go, who stands alone, and on whom others depend."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from creativecities.exchange.compute.ties import Member, Tie, pair

if TYPE_CHECKING:
    import networkx

MOST_LOOKED_AT = 50
"""So many of the best connected cities and ties are tried as bridges: the others separate few."""
FEWEST_LOST = 2
"""What separates a single city only is no bridge: every city with one tie hangs on it."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A group of members: how many, how many of them have a tie, and how many ties end in it."""

    key: str
    members: int
    tied: int
    ends: int

    @property
    def isolated(self) -> int:
        return self.members - self.tied

    @property
    def ties_per_city(self) -> float:
        """Ties of an average city of the group."""
        return self.ends / self.members


@dataclass(frozen=True, slots=True)
class Bridge:
    """A city, or the two cities of a tie, and those that would be cut off from the rest without it."""

    cities: tuple[Member, ...]
    lost: tuple[Member, ...]


@dataclass(frozen=True)
class Health:
    """The figures of a network, all of them counted from its members and ties."""

    members: Sequence[Member]
    ties: Sequence[Tie]

    @cached_property
    def degrees(self) -> Counter[int]:
        """The number of partner cities of each city that has some."""
        return Counter(city.key for tie in self.ties for city in (tie.one, tie.other))

    @cached_property
    def isolated(self) -> list[Member]:
        """Members without any tie."""
        return [city for city in self.members if not self.degrees[city.key]]

    @property
    def tied(self) -> int:
        return len(self.members) - len(self.isolated)

    @cached_property
    def confirmed(self) -> int:
        return sum(tie.is_confirmed for tie in self.ties)

    @cached_property
    def crossing(self) -> int:
        """Ties between two creative fields."""
        return sum(tie.is_crossing for tie in self.ties)

    @property
    def crossing_share(self) -> float:
        """Of a hundred ties, so many are between two creative fields."""
        return 100 * self.crossing / len(self.ties) if self.ties else 0.0

    def between(self, facet: str) -> Counter[str]:
        """How many ties there are between each two regions, or kinds of economies."""
        return Counter(pair(getattr(tie.one, facet), getattr(tie.other, facet)) for tie in self.ties)

    def balance(self, groups_of: Callable[[Member], Iterable[str]]) -> dict[str, Balance]:
        """Each group's members and ties."""
        members, tied, ends = Counter[str](), Counter[str](), Counter[str]()
        for city in self.members:
            for group in groups_of(city):
                members[group] += 1
                tied[group] += bool(self.degrees[city.key])
                ends[group] += self.degrees[city.key]
        return {group: Balance(group, number, tied[group], ends[group]) for group, number in members.items()}

    def busiest(self, most: int) -> list[tuple[Member, int]]:
        """The cities with the most partner cities."""
        found = [(city, self.degrees[city.key]) for city in self.members if self.degrees[city.key]]
        return sorted(found, key=lambda each: (-each[1], each[0].slug))[:most]

    @cached_property
    def groups(self) -> list[int]:
        """How many cities hang together, directly or through others: the sizes, the largest first."""
        import networkx

        return sorted(map(len, networkx.connected_components(self._graph)), reverse=True)

    @cached_property
    def _graph(self) -> "networkx.Graph[int]":
        import networkx  # takes a tenth of a second, which only who asks for bridges waits

        graph: Any = networkx.Graph()
        graph.add_edges_from((tie.one.key, tie.other.key) for tie in self.ties)
        return graph

    @cached_property
    def bridges(self) -> tuple[list[Bridge], list[Bridge]]:
        """Cities, and ties, without which several others would have no way to the rest; the gravest first."""
        import networkx

        graph, degree = self._graph, self.degrees
        nodes = sorted(networkx.articulation_points(graph), key=lambda key: (-degree[key], key))[:MOST_LOOKED_AT]
        edges = sorted(networkx.bridges(graph), key=lambda ends: (-min(degree[key] for key in ends), ends))
        return (
            self._gravest((key,) for key in nodes),
            self._gravest(ends for ends in edges[:MOST_LOOKED_AT]),
        )

    def _gravest(self, removed: Iterable[tuple[int, ...]]) -> list[Bridge]:
        cities = {city.key: city for city in self.members}
        found = [
            Bridge(
                tuple(cities[key] for key in keys),
                tuple(sorted((cities[key] for key in lost), key=lambda city: city.name)),
            )
            for keys in removed
            if len(lost := _cut_off(self._graph, keys)) >= FEWEST_LOST
        ]
        return sorted(found, key=lambda bridge: (-len(bridge.lost), bridge.cities[0].slug))


def _cut_off(graph: "networkx.Graph[int]", keys: tuple[int, ...]) -> set[int]:
    """Whom the loss of a city, or of the tie between two, separates from the largest part that remains."""
    import networkx

    pieces: list[set[int]] = []
    seen = set(keys) if len(keys) == 1 else set()
    starts = graph[keys[0]] if len(keys) == 1 else keys
    without = networkx.restricted_view(graph, keys if len(keys) == 1 else (), [keys] if len(keys) == 2 else ())
    for start in starts:
        if start not in seen:
            piece = networkx.node_connected_component(without, start)
            pieces.append(piece)
            seen |= piece
    largest = max(pieces, key=lambda piece: (len(piece), -min(piece)))
    return set().union(*(piece for piece in pieces if piece is not largest))


def yearly(ties: Iterable[Tie]) -> dict[int, int]:
    """How many ties began in each year, of those whose year is known."""
    found: dict[int, int] = defaultdict(int)
    for tie in ties:
        if tie.since:
            found[tie.since.year] += 1
    return dict(found)
