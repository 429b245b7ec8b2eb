"""What is due for a person. Slices register what they wait for; the desk shows the most urgent on top."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: what, where, by when (None: whenever there is time), and why."""

    title: Text
    url: str
    due_at: dt.datetime | None = None
    detail: Text = ""


Source = Callable[[Any], Iterable[Due]]
_sources: list[Source] = []


def register_due(source: Source) -> None:
    """Add a function that says what a person has to do."""
    if source not in _sources:
        _sources.append(source)


def due(person: Any) -> list[Due]:
    """Everything that waits for a person: the earliest first, then what has no day."""
    found = [each for source in _sources for each in source(person)]
    return sorted(found, key=lambda each: (each.due_at is None, each.due_at.timestamp() if each.due_at else 0.0))
