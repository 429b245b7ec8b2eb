"""The words of a text as the index holds them: folded, in every script, also where no blanks are written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from creativecities.core.text import fold

LONGEST_QUERY = 300
LONGEST_TOKEN = 40
MOST_TOKENS = 24
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af"
)
"""Thai, Lao, Burmese, Khmer, kana, Han, and Hangul, whose endings are glued to the word."""
_PARTS = re.compile(f"([{UNSPACED}]+)")
_GLUED = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})")
"""What Arabic writes as one with the word: and, so, in, like, the, for the."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person typed, ready to be compared; the last word may still be unfinished."""

    folded: str
    tokens: tuple[str, ...]

    @property
    def last(self) -> str:
        return self.tokens[-1]

    def matches(self, token: str) -> bool:
        """Whether a word of a text is one that was asked for."""
        return token in self.tokens or (len(self.last) > 1 and token.startswith(self.last))


def tokens(text: str) -> list[str]:
    """The words of a text in its order; scripts without blanks in pairs of characters.

    >>> tokens("Łódź – 神户市")
    ['lodz', '神户', '户市']
    """
    return of_folded(fold(text))


def of_folded(folded: str) -> list[str]:
    """The same of a text that is folded already."""
    return [token for word in folded.split() for token in _tokens_of(word)]


def _tokens_of(word: str) -> Iterator[str]:
    if word.isascii():
        yield word[:LONGEST_TOKEN]
        return
    for part in _PARTS.split(word):
        if not any(character.isalnum() for character in part):
            continue
        if not _PARTS.match(part):
            yield unglued(part)[:LONGEST_TOKEN]
        elif len(part) == 1:
            yield part
        else:
            yield from (part[place : place + 2] for place in range(len(part) - 1))


def unglued(word: str) -> str:
    """An Arabic word without what is written as one with it."""
    return _GLUED.sub("", word)


def asked(query: str) -> Asked | None:
    """A query as words; None if it holds none. What is endless is cut."""
    folded = fold(query[:LONGEST_QUERY])
    found = tuple(dict.fromkeys(of_folded(folded)))[:MOST_TOKENS]
    return Asked(folded, found) if found else None


def joined(texts: Iterable[str]) -> str:
    """The words of several texts, with blanks between them, as the index takes them."""
    return " ".join(token for text in texts for token in tokens(text))
