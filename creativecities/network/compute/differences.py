"""What changed between two texts, word by word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from creativecities.network.compute.words import FOUR_A_WORD, ONE_EACH

SAME, ADDED, REMOVED = "same", "added", "removed"
MOST_TOKENS = 6_000
_TOKENS = re.compile(rf"[{ONE_EACH}{FOUR_A_WORD}]|[^\s{ONE_EACH}{FOUR_A_WORD}]+|\s+")


@dataclass(frozen=True)
class Piece:
    """A part of a text that stayed, came or went."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The later text in pieces, with what went before each place.

    Texts of more than MOST_TOKENS words are shown as replaced whole: comparing them would take seconds.

    >>> [(piece.kind, piece.text) for piece in differences("a red house", "a blue house")]
    [('same', 'a '), ('removed', 'red'), ('added', 'blue'), ('same', ' house')]
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if old == new:
        return _pieces((SAME, old))
    if len(old) + len(new) > MOST_TOKENS:
        return _pieces((REMOVED, old), (ADDED, new))
    found: list[tuple[str, list[str]]] = []
    for verb, low, high, new_low, new_high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append((SAME, old[low:high]))
        else:
            found += [(REMOVED, old[low:high]), (ADDED, new[new_low:new_high])]
    return _pieces(*found)


def _pieces(*parts: tuple[str, list[str]]) -> list[Piece]:
    return [Piece(kind, "".join(tokens)) for kind, tokens in parts if tokens]


def as_text(value: Any) -> str:
    """A value as it is compared with another by those who read."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "\n".join(map(as_text, value))
    if isinstance(value, Mapping):
        return " ".join(as_text(value[key]) for key in sorted(value))  # PostgreSQL keeps no order of keys
    return "" if value is None else str(value)
