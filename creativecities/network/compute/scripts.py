"""In which language is a city's own name written? Told from its letters and its country's languages."""

import unicodedata

_BY_NAME = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "CJK": "Hani", "HANGUL": "Hang", "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "GREEK": "Grek", "HEBREW": "Hebr", "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml", "TELUGU": "Telu",
    "MALAYALAM": "Mlym", "KANNADA": "Knda", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "ORIYA": "Orya", "SINHALA": "Sinh",
    "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr", "GEORGIAN": "Geor", "ARMENIAN": "Armn",
    "ETHIOPIC": "Ethi", "TIBETAN": "Tibt", "MONGOLIAN": "Mong",
}  # fmt: skip
_LANGUAGES = {
    "Cyrl": "bg mk uk ru kk sr mn be ky tg cnr", "Arab": "ar fa ur ps ckb sd ug", "Hani": "ja zh", "Hira": "ja",
    "Kana": "ja",
    "Hang": "ko", "Grek": "el", "Hebr": "he", "Deva": "hi ne mr", "Beng": "bn as", "Taml": "ta", "Telu": "te",
    "Mlym": "ml", "Knda": "kn", "Gujr": "gu", "Guru": "pa", "Orya": "or", "Sinh": "si", "Thai": "th", "Laoo": "lo",
    "Khmr": "km", "Mymr": "my", "Geor": "ka", "Armn": "hy", "Ethi": "am ti", "Tibt": "bo dz", "Mong": "mn",
}  # fmt: skip
_TRADITIONAL = frozenset({"MO", "HK", "TW"})


def script_of(name: str) -> str:
    """The ISO 15924 code of the first letter's script; empty if there is no letter."""
    for character in name:
        if character.isalpha():
            return _BY_NAME.get(unicodedata.name(character, "").split(" ")[0].split("-")[0], "")
    return ""


def local_language(name: str, country: str, languages: str) -> str:
    """The BCP 47 code of a local name's language. `languages` are the country's, split by `;`, first spoken first."""
    script = script_of(name)
    spoken = [code.split("-")[0] for code in languages.split(";") if code]
    if script == "Latn":
        return next((code for code in spoken if code != "en" and code not in _elsewhere()), "")
    possible = _LANGUAGES.get(script, "").split()
    code = next((code for code in spoken if code in possible), possible[0] if possible else "")
    if code == "zh":
        return "zh-Hant" if country in _TRADITIONAL else "zh-Hans"
    return code


def _elsewhere() -> frozenset[str]:
    """Languages that are not written in Latin letters."""
    return frozenset(code for codes in _LANGUAGES.values() for code in codes.split()) - {"sr", "cnr", "mn"}
