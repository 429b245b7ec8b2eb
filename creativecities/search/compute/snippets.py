"""The part of a passage that is shown with a result, its matches marked."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from creativecities.search.compute.tokens import Asked, tokens

LONGEST = 260
BEFORE = 80
Part = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Parts of a passage, each with whether it is a match."""

    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        return "".join(part for part, _match in self.parts)

    @property
    def html(self) -> SafeString:
        """The passage with its matches in `<mark>`."""
        marked = (f"<mark>{escape(part)}</mark>" if match else escape(part) for part, match in self.parts)
        return mark_safe("".join(marked))


def snippet(text: str, asked: Asked) -> Snippet:
    """The passage, cut around its first match if it is long."""
    parts = list(_parts(text, asked))
    whole = "".join(part for part, _match in parts)
    if len(whole) <= LONGEST:
        return Snippet(tuple(parts))
    first = 0
    for part, match in parts:
        if match:
            break
        first += len(part)
    start = max(0, (first if first < len(whole) else 0) - BEFORE)
    start = whole.find(" ", start) + 1 if start else 0
    return Snippet(tuple(_cut(parts, start, start + LONGEST, len(whole))))


def _cut(parts: list[Part], start: int, end: int, length: int) -> Iterator[Part]:
    if start:
        yield "… ", False
    place = 0
    for part, match in parts:
        kept = part[max(0, start - place) : max(0, end - place)]
        place += len(part)
        if kept:
            yield kept, match
    if end < length:
        yield "…", False


def _parts(text: str, asked: Asked) -> Iterator[Part]:
    """The text in runs of characters that match and that do not."""
    marks: list[tuple[str, bool]] = []
    for is_word, run in groupby(text, key=_in_word):
        word = "".join(run)
        if not is_word:
            marks.append((word, False))
        elif len(found := tokens(word)) <= 1:
            match = bool(found) and asked.matches(found[0])
            marks.append((word, match))
        else:
            marks += _in_pairs(word, asked)
    for match, marked in groupby(marks, key=lambda pair: pair[1]):
        yield "".join(run for run, _match in marked), match


def _in_pairs(word: str, asked: Asked) -> list[tuple[str, bool]]:
    """A word of a script without blanks: the pairs of its characters that match."""
    matching = [False] * len(word)
    for place in range(len(word) - 1):
        if any(asked.matches(token) for token in tokens(word[place : place + 2])):
            matching[place] = matching[place + 1] = True
    return list(zip(word, matching, strict=True))


@lru_cache(maxsize=8192)
def _in_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"
