"""Words of a question that speak for something, such as a country: what has it is put forward, never demanded.

People ask in the endings of their language: Korean, coreana, корейских. Words are therefore compared by their roots.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creativecities.core.text import fold
from creativecities.search.compute.tokens import unglued

LONGEST_PHRASE = 5
SHORTEST = 3
SHORTEST_WITHIN = 4
"""From so many signs on, a name is also found at the beginning of a longer run of kana."""
LONGEST_WITHIN = 16
_CUT = "-"
_ENDINGS = (
    (re.compile("[a-z]"), "aeosnmr", 5),
    (re.compile("[\u0400-\u04ff]"), "аеиоуыюяйьхмг", 4),
    (re.compile("[\u0600-\u06ff]"), "ياه", 3),
    (re.compile("[\u0900-\u097f]"), "ािीेईय", 3),
)
"""Scripts, the letters of which their endings are made, and how many letters are kept."""
_RUNS = re.compile("([\u3041-\u3096]+|[\u30a1-\u30ff]+|[\uac00-\ud7a3]+|[\u0e00-\u0eff]+|[\u3400-\u9fff]+)")
_KANA, _HANGUL = re.compile("[\u30a1-\u30ff]"), re.compile("[\uac00-\ud7a3]")
_NUKTA = str.maketrans("", "", "\u093c")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for all that has one of these values of a facet.

    `weight` is what that counts for beside the likeness of meanings, where 1 is the same text.
    """

    facet: str
    values: tuple[str, ...]
    words: Collection[str]
    weight: float


Spoken = tuple[str, Sequence[str], float]
"""A facet, values of it, and what they count."""
Known = Mapping[str, Sequence[Spoken]]
"""What names speak for, by the roots of their words."""


def root(word: str) -> str:
    """A folded word without its ending; where one was taken off, a mark says so.

    >>> root("coreana"), root("corea"), root("корейских")
    ('corea-', 'corea', 'корейск-')
    """
    word = unglued(word).translate(_NUKTA)
    for script, letters, kept in _ENDINGS:
        if script.match(word):
            short = word[:kept] + word[kept:].rstrip(letters)
            return short if short == word else short + _CUT
    return word


def written(cues: Iterable[Cue]) -> dict[str, list[list[Any]]]:
    """Cues as an index keeps them, in JSON: a question is looked up there, and not compared."""
    known: dict[str, list[list[Any]]] = {}
    for cue in cues:
        spoken = [cue.facet, sorted(cue.values), cue.weight]
        for phrase in sorted({phrase for word in cue.words for phrase in _phrases(word)}):
            known.setdefault(phrase, []).append(spoken)
    return known


def spoken(question: str, known: Known) -> dict[str, dict[str, float]]:
    """The values of facets for which a question speaks, and what they count.

    What is part of a longer name does not count by itself: in "South Korean", nothing is said of the South.
    """
    found: dict[str, dict[str, float]] = {}
    for phrase in _named(fold(question).split(), known):
        for facet, values, weight in known[phrase]:
            found.setdefault(facet, {}).update(dict.fromkeys(values, weight))
    return found


def _phrases(word: str) -> Iterator[str]:
    """The forms under which a name is looked up; a single word may take an ending."""
    words = fold(word).split()
    phrase = " ".join(map(root, words))
    if len(phrase) >= SHORTEST or _RUNS.match(phrase):
        yield phrase
        if len(words) == 1 and not phrase.endswith(_CUT):
            yield phrase + _CUT


def _named(words: Sequence[str], known: Known) -> Iterator[str]:
    """The known names in a question, the longest first."""
    roots = [root(word) for word in words]
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            if (phrase := " ".join(roots[place : place + length])) in known:
                yield phrase
                place += length
                break
        else:
            yield from _within(words[place], known)
            place += 1


def _within(word: str, known: Known) -> Iterator[str]:
    """Names in a word of a script without blanks."""
    for run in _RUNS.findall(word):
        place, anywhere = 0, not (_KANA.match(run) or _HANGUL.match(run))
        while place < (len(run) if anywhere else 1):
            rest, shortest = len(run) - place, SHORTEST_WITHIN if _KANA.match(run) else 2
            lengths = (rest, *range(min(rest - 1, LONGEST_WITHIN), shortest - 1, -1))
            length = next((n for n in lengths if run[place : place + n] in known), 0)
            if length:
                yield run[place : place + length]
            place += length or 1
