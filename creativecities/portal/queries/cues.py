"""Words of a question that name a country, a part of the world or a field, in the languages that people ask in."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from babel import Locale
from babel.core import get_global
from django.conf import settings

from creativecities.network.models import Country, CreativeField, Region, Subregion
from creativecities.portal.queries.searchable import ALSO_ASKED_IN, aliases, names_of_country, titles
from creativecities.search.compute.cues import Cue

Names = tuple[str, Collection[str], Collection[str]]
"""A facet, values of it, and what they are called."""
FILE = "question_words.csv"
ASKED_IN = ("en", "fr", "es", "ar", "ru", "zh", *ALSO_ASKED_IN)
UNIT_FIRST = ("fr", "es", "pt", "it", "ar", "fa", "id")
"""Languages that name a currency before its country: peso chileno."""
HOMES = {"pt": "PT", "zh": "CN"}
OF_MANY = frozenset({"en", "ar", "ku", "la", "eo", "sa", "yi"})
"""Languages whose name tells no country."""
WEIGHTS = {"country": 0.25, "region": 0.15, "field": 0.1}
"""Found on the questions for tuning: see bench/README.md."""
SAYS_MORE = frozenset({"island", "danca", "oro", "de oro"})
"""What names a country in one language and something common in another: German for Iceland, Turkish for Danish."""
_NOTE = re.compile(r"\s*[(（].*")


def cues() -> list[Cue]:
    """All of them. Four statements."""
    return [
        Cue(facet, tuple(values), [word for word in words if word.casefold() not in SAYS_MORE], WEIGHTS[facet])
        for facet, values, words in (*_ours(), *_further())
    ]


def _ours() -> Iterator[Names]:
    """What our vocabularies have, with the CLDR's adjectives of countries."""
    adjectives = _adjectives()
    places: dict[str, list[str]] = {}
    for country in Country.objects.all():
        yield "country", [country.pk], [*names_of_country(country), *adjectives.get(country.pk, ())]
        for part in filter(None, (country.un_region_id, country.un_subregion_id)):
            places.setdefault(part, []).append(country.pk)
    for part in Subregion.objects.all():
        yield "country", places.get(part.pk, ()), titles(part).values()
    for model, facet in ((Region, "region"), (CreativeField, "field")):
        for one in model.objects.all():
            yield facet, [one.pk], [*titles(one).values(), *aliases(one)]


@cache
def _adjectives() -> Mapping[str, Collection[str]]:
    """Those of countries, which the CLDR gives in the names of their currencies and of their languages."""
    found: dict[str, list[str]] = {}
    for code in ASKED_IN:
        locale = Locale.parse(code)
        for country, word in (*_by_currencies(code, locale), *_by_languages(locale)):
            found.setdefault(country, []).append(word)
    return found


def _by_currencies(code: str, locale: Locale) -> Iterable[tuple[str, str]]:
    """South Korean won: the first letters of a currency's code are its country's, past currencies included."""
    for currency, name in locale.currencies.items():
        words = _NOTE.sub("", name).split()
        if len(words) > 1 and not currency.startswith(("X", "DD", "SU", "YU", "CS")):
            yield currency[:2], " ".join(words[1:] if code in UNIT_FIRST else words[:-1])


def _by_languages(locale: Locale) -> Iterable[tuple[str, str]]:
    """Korean: a language's name tells the country where most of its speakers live."""
    likely = get_global("likely_subtags")
    for language, name in locale.languages.items():
        if len(language) == 2 and language not in OF_MANY and language in likely:
            yield HOMES.get(language) or likely[language].rsplit("_", 1)[1], name


def _further() -> Iterator[Names]:
    """What neither the CLDR nor our vocabularies have."""
    with (settings.REFERENCE_DIR / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["facet"], row["values"].split(";"), row["words"].split(";")
