"""Files of higher slices that belong to the reference data: loaded with the others, by the same rules."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from creativecities.network.compute.threeway import Record, Values
from creativecities.network.formats.table import Columns, RowError

if TYPE_CHECKING:
    from creativecities.network.formats.reference import Plan

CityKey = tuple[str, str]


@dataclass(frozen=True)
class Further:
    """One more file. `label` is the model it fills; what it says is compared with `held` and written by `write`.

    `faults` and `records` get the whole plan, so that rows may name cities and fields of the other files. `write` is
    called inside the action that loads; `first` says that nothing had been loaded before.
    """

    label: str
    file: str
    columns: Columns
    faults: Callable[["Plan"], Iterable[RowError]]
    records: Callable[["Plan", Mapping[CityKey, str]], list[Record]]
    held: Callable[[], Mapping[str, Values]]
    write: Callable[..., Any]


_registered: dict[str, Further] = {}


def register(further: Further) -> None:
    """Add a file; a folder without it is no fault."""
    _registered[further.label] = further


def registered() -> Mapping[str, Further]:
    """All of them, by label."""
    return _registered
