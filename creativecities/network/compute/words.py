"""How long a text is, counted the same here and in the browser (`static/network/words.js`).

A word is a run of anything between blanks that holds a letter or a digit. Scripts that write no
blanks are counted otherwise: each Han character and each kana is a word, and four characters of
Thai, Lao, Burmese or Khmer are one.
"""

import re

ONE_EACH = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
FOUR_A_WORD = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

_ONE_EACH = re.compile(f"[{ONE_EACH}]")
_FOUR_A_WORD = re.compile(f"[{FOUR_A_WORD}]+")
_HAS_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def count_words(text: str) -> int:
    """The number of words in a text of any script.

    >>> count_words("A city of letters – since 2004.")
    6
    >>> count_words("神戸は設計の都市")
    8
    """
    single, text = _take(_ONE_EACH, text)
    dense, text = _take(_FOUR_A_WORD, text)
    runs = sum(1 for run in text.split() if _HAS_LETTER_OR_DIGIT.search(run))
    return len(single) + sum(-(-len(part) // 4) for part in dense) + runs


def _take(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    """What matches, and the text with a blank in its place."""
    return pattern.findall(text), pattern.sub(" ", text)
