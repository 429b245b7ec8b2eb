"""What the matching knows of a city and says of a partner: plain facts, without the arrays it reckons with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as column

from creativecities.search.compute.vectors import Rows

REACH = "reach"
HIGHEST = 5


@dataclass(frozen=True, slots=True)
class City:
    """What is known of a city. `challenges` and `expertise` are topics with 1 to 5, `aims` its objectives and goals."""

    key: int
    field: str
    languages: frozenset[str] = frozenset()
    challenges: Mapping[str, int] = column(default_factory=dict)
    expertise: Mapping[str, int] = column(default_factory=dict)
    aims: frozenset[str] = frozenset()
    partners: frozenset[int] = frozenset()
    is_developing: bool = False
    is_ldc: bool = False
    is_sids: bool = False
    in_contact: int = 0
    vector: "Sequence[float] | Rows | None" = None

    @property
    def reach(self) -> float:
        """How much this city is to be lifted: half for few ties, half for its country."""
        country = 1.0 if self.is_ldc or self.is_sids else 0.7 if self.is_developing else 0.0
        return 0.5 / (1 + len(self.partners)) + 0.5 * country


@dataclass(frozen=True, slots=True)
class Matter:
    """A single need, offer or idea of a city, for which it looks for partners.

    `wants` are topics of which a partner should know much, `gives` those in which it should need help. Fields, aims and
    vector say what the matter is about; where they are left open, those of the city count.
    """

    city: int
    wants: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    aims: frozenset[str] = frozenset()
    vector: "Rows | None" = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner for a city: the score, and of each signal its value and its weight."""

    city: int
    partner: int
    score: float
    parts: Mapping[str, tuple[float, float]]
