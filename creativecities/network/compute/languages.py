"""Names of languages as CLDR gives them, in the language of the reader."""

import functools

from babel import Locale, UnknownLocaleError

WRITTEN = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he",
    "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "ko", "ky", "lo", "lt", "lv", "mk", "mn",
    "ms", "my", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta",
    "th", "tr", "uk", "ur", "uz", "vi", "zh-Hans", "zh-Hant",
)  # fmt: skip
"""The languages one can choose for a name or a text; those of the city's country come on top of them."""


@functools.lru_cache(maxsize=2048)
def language_name(code: str, reader: str) -> str:
    """The name of a language, with a capital; the code itself where CLDR knows none.

    >>> language_name("ja", "fr")
    'Japonais'
    """
    name = _display(code, reader)
    return name[:1].upper() + name[1:] if name else code


def _display(code: str, reader: str) -> str | None:
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(reader.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def choices(spoken: str, reader: str, *also: str) -> list[tuple[str, str]]:
    """What one can choose from, by name in the reader's language. `spoken` are a country's codes, split by `;`."""
    local = {code.split("-")[0] for code in spoken.split(";") if code}
    codes = {*WRITTEN, *(code for code in local if code != "zh"), *filter(None, also)}
    return sorted(((code, language_name(code, reader)) for code in codes), key=lambda pair: pair[1].casefold())
