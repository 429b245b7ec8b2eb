"""A choice put as rows of a linear problem, and solved by HiGHS: whole numbers, or the bound without them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

NODES = 2000
"""How far a choice is looked into. A number and no time: the same question has the same answer on any machine."""
NEAR = 1e-6
"""A choice this near to the best there can be, as a share, is the best."""


@dataclass(frozen=True, slots=True)
class Solution:
    """How much of each variable is taken, and the most that any choice could be worth."""

    taken: Sequence[float]
    bound: float


class Problem:
    """Variables that are worth something, and rows that limit them."""

    def __init__(self) -> None:
        self.worth: list[float] = []
        self._most: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._values: list[float] = []
        self._lower: list[float] = []
        self._upper: list[float] = []

    def variable(self, worth: float, most: float = 1, *, whole: bool = False) -> int:
        """A variable from 0 to `most`; its place."""
        self.worth.append(worth)
        self._most.append(most)
        self._whole.append(whole)
        return len(self.worth) - 1

    def limit(self, terms: Iterable[tuple[int, float]], lower: float, upper: float) -> None:
        """Keep a sum of variables between two numbers."""
        row = len(self._lower)
        for column, value in terms:
            self._rows.append(row)
            self._columns.append(column)
            self._values.append(value)
        self._lower.append(lower)
        self._upper.append(upper)

    def at_most(self, number: float, variables: Sequence[int]) -> None:
        """Let no more than so many of these be taken. Said only where it says something."""
        if sum(self._most[each] for each in variables) > number:
            self.limit([(each, 1) for each in variables], 0, number)

    def asked(self) -> dict[str, Any]:
        """The problem as scipy's `milp` takes it."""
        import numpy as np  # read when a plan is asked for, not when the site starts
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        shape = len(self._lower), len(self.worth)
        matrix = csr_array((self._values, (self._rows, self._columns)), shape=shape)
        return {
            "c": -np.array(self.worth), "integrality": np.array(self._whole), "bounds": Bounds(0, np.array(self._most)),
            "constraints": LinearConstraint(matrix, self._lower, self._upper) if shape[0] else None,
        }  # fmt: skip

    def solved(self, *, whole: bool = True) -> Solution:
        """The best choice; without whole numbers it is the bound that is asked for."""
        from scipy.optimize import milp

        if not self.worth:
            return Solution((), 0.0)
        asked = self.asked()
        asked["integrality"] = asked["integrality"] * whole
        found = milp(**asked, options={"node_limit": NODES, "mip_rel_gap": NEAR})
        if found.x is None:
            raise RuntimeError(found.message)
        bound = found.mip_dual_bound
        return Solution(found.x.tolist(), -(found.fun if bound is None else bound))
