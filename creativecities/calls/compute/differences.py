"""What differs between two states of a file, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from creativecities.calls.compute.files import Content, is_empty


@dataclass(frozen=True)
class Difference:
    """One place of a file (see compute/checklist.py) that said something else before."""

    place: str
    before: Any
    after: Any


def differences(before: Content, after: Content) -> list[Difference]:
    """What was added, taken out or said otherwise. Which version of the call is answered is no difference."""
    told = {place: (was, "") for place, was in _told(before)}
    told |= {place: (told.get(place, ("", ""))[0], is_now) for place, is_now in _told(after)}
    return [
        Difference(place, was, is_now) for place, (was, is_now) in told.items()
        if was != is_now and not (is_empty(was) and is_empty(is_now))
    ]  # fmt: skip


def _told(content: Content) -> Iterator[tuple[str, Any]]:
    for name, value in content["city"].items():
        yield f"city/{name}", value
    for question, rows in content["answers"].items():
        for row, value in rows.items():
            yield f"questions/{question}/{row}", value
    for paper in content["documents"]:
        yield f"documents/{paper['document']}/{paper['number']}", paper["digest"]
