"""Who acts: a person, or a robot with a name."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anything that can stand behind an event. `pk` is None for a robot."""

    @property
    def pk(self) -> int | None: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Robot:
    """Scheduled or background work that calls an action under its own name."""

    name: str
    pk: None = None
