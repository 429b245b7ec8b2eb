"""Text made comparable: what a person types and what is stored meet in one folded form.

The folded form is for searching and comparing only; it is never shown.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol

LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i", "æ": "ae",
        "œ": "oe", "ħ": "h", "ŋ": "n", "ŧ": "t", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k",
        "ɛ": "e", "ɔ": "o",
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك",
        "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "ٱ": "ا", "ـ": "",
    }
)  # fmt: skip
"""Letters that no Unicode decomposition folds: Latin, then Arabic, Persian and Urdu."""

HAN_FORMS = str.maketrans(
    "戸郷挙鉱渋闘娯呉姫聡舎頬頚壷駄諌讃讐鴬薗冨嶋埜倣瑠惣隷焔兎靭竃苅粧砲燐隣醗溌涜賎"
    "嚢呪篭脇繋発歳翆峯斎斉鴎﨑碕髙邊邉桜硏擧澁鬭鑛鄕酦筿",
    "户乡举矿涩斗娱吴姬聪舍颊颈壶驮谏赞仇莺园富岛野仿琉总隶焰兔韧灶刈妆炮磷邻发泼渎贱"
    "囊咒笼胁系发岁翠峰斋齐鸥崎崎高边边樱研举涩斗矿乡发筱",
)
"""Japanese and old forms that OpenCC's tables leave or end in, with the simplified form."""


_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|(?<![\u0600-\U0010ffff])[\u200c\u200d]"
)
"""Controls, marks that turn the direction of writing, and what has no width."""


_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Ends of lines, of pages and of paragraphs that are not everywhere read as such."""


class Converter(Protocol):
    """What is used of OpenCC."""

    def convert(self, text: str) -> str: ...


def legible(text: str) -> str:
    """A text to be shown, without what nobody sees: turns of direction, zero-width characters, controls.

    Joiners stay after letters of the scripts that need them, and in emoji; so do tabs and lines. All lines end alike:
    what some programs show as a line and others do not would set words apart from the text they belong to.
    """
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The searchable form of a text in any script.

    Compatibility forms and case are folded; accents fall from Latin, Greek and Cyrillic letters,
    and letters such as ł, ø, đ, ß, ı, æ become plain ones. Arabic loses vowel signs and tatweel,
    and its forms of alef, ya, kaf and ta marbuta become one each; Hebrew loses its points. Han
    characters become simplified ones (see `fold_han`), digits of any script 0 to 9. Hangul
    syllables, kana and the vowel signs of other scripts stay. Everything that is no letter, mark
    or number becomes a single space, none at the ends.

        >>> fold("  Łódź – São Paulo ")
        'lodz sao paulo'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", folded)
    return " ".join(folded.translate(_FOLDED).split())


def fold_han(text: str) -> str:
    """The text with Han characters in simplified form: 神戶, 神戸 and 神户 all give 神户.

    Each character is folded by itself, without regard to its neighbours, so that a part of a word
    folds as it does within the word. Nothing else changes. OpenCC is loaded (about 20 ms, 7 MB) at
    the first character that needs it.
    """
    return text.translate(_HAN)


class _Han(dict[int, str]):
    """Code points to folded Han characters, filled as they are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = _simplified(character) if _is_han(code) else character
        return self[code]


class _Folded(dict[int, str]):
    """Code points to their folded text, filled as they are met."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


_HAN = _Han()
_FOLDED = _Folded()


def _fold_character(character: str) -> str:
    """One character of a casefolded NFKC text, folded."""
    code = ord(character)
    if _is_han(code):
        return _HAN[code]
    if _drops_marks(code):
        bare = unicodedata.normalize("NFD", character)
        character = "".join(part for part in bare if not unicodedata.combining(part))
        character = character.translate(LETTERS)
        if not character:
            return ""
    category = unicodedata.category(character[0])
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Cf", "Sk") or 0x2B0 <= code <= 0x2FF:
        return ""
    return character if category[0] in "LMN" else " "


def _drops_marks(code: int) -> bool:
    """Latin, Greek, Cyrillic, Hebrew and Arabic, with the marks that combine with them."""
    return code < 0x780 or 0x1AB0 <= code < 0x2000 or 0x2C60 <= code < 0x2C80 or code >> 8 == 0xA7


def _is_han(code: int) -> bool:
    """Unified and compatibility ideographs with their extensions."""
    return 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x33480


def _simplified(character: str) -> str:
    """One Han character, from Japanese or traditional to simplified.

    The Japanese table sometimes ends in an old form (研 in 硏): the first result that is an
    everyday simplified character, one of GB 2312, is taken.
    """
    character = character.translate(HAN_FORMS)
    to_traditional, to_simplified = _converters()
    by_japanese = to_simplified.convert(to_traditional.convert(character))
    for simple in (by_japanese, to_simplified.convert(character)):
        if simple.encode("gb2312", "ignore"):
            return simple
    return by_japanese.translate(HAN_FORMS)


@cache
def _converters() -> tuple[Converter, Converter]:
    """OpenCC's tables from Japanese to traditional and from traditional to simplified."""
    from opencc import OpenCC  # loaded only when Han characters are met

    return OpenCC("jp2t"), OpenCC("t2s")
