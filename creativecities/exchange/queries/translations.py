"""The translations of initiatives: those there are, the one a reader gets, and whether the original has changed."""

import copy
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from creativecities.core import freshness
from creativecities.core.language import short
from creativecities.exchange import states
from creativecities.exchange.compute import translating
from creativecities.exchange.models import Initiative, Translation


@freshness.kept()
def _titles() -> dict[int, dict[str, str]]:
    """Of published initiatives, the title in each language they are translated into. One statement."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Translation.objects.filter(is_current=True, initiative__state=states.PUBLISHED)
    for pk, language, title in rows.values_list("initiative_id", "language", "title"):
        found[pk][language] = title
    return dict(found)


def titles(reader: str) -> dict[int, str]:
    """By initiative, the title in the reader's language of what is translated into it. No statement between writes."""
    return {pk: said[reader] for pk, said in _titles().items() if reader in said}


def languages(one: Initiative) -> list[tuple[str, str]]:
    """The languages of this site into which an initiative can be translated, with their own names."""
    return [(code, name) for code, name in settings.LANGUAGES if short(code) != short(one.language)]


def current(one: Initiative) -> Mapping[str, Translation]:
    """The present translations of an initiative by language. One statement."""
    return {each.language: each for each in one.translations.filter(is_current=True)}


def newest(one: Initiative, language: str) -> int:
    """The number of the present version in a language; 0 where there is none. One statement."""
    return one.translations.filter(language=language, is_current=True).values_list("number", flat=True).first() or 0


def for_reader(one: Initiative, reader: str) -> Translation | None:
    """The translation in the reader's language. No statement where there is none of what is published."""
    if short(reader) == short(one.language):
        return None
    if one.state == states.PUBLISHED and reader not in _titles().get(one.pk, {}):
        return None
    return one.translations.filter(is_current=True, language=reader).first()


def words_of(one: Initiative) -> dict[str, str]:
    """The words of the original that are translated."""
    return {name: getattr(one, name) for name in translating.PARTS}


def written(translation: Translation) -> dict[str, str]:
    """The words of a translation, under the names of the form."""
    story = {name: translation.story.get(name, "") for name in translating.BLOCKS}
    return {"title": translation.title, "summary": translation.summary, **story}


def is_outdated(translation: Translation, one: Initiative) -> bool:
    """Whether the original says something else by now than what was translated."""
    return translation.source != translating.mark(words_of(one))


def said_in(translation: Translation, one: Initiative) -> Initiative:
    """The initiative as it is shown in another language; what is not translated stays. Never to be saved."""
    shown = copy.copy(one)
    shown.title, shown.summary, shown.language = translation.title, translation.summary, translation.language
    for name, text in translation.story.items():
        setattr(shown, name, text)
    return shown


def words_in_all(one: Initiative) -> list[tuple[str, str]]:
    """Title and summary in every language there is, the original first. One statement."""
    others = one.translations.filter(is_current=True).order_by("language")
    return [(one.title, one.summary), *others.values_list("title", "summary")]


def rows(one: Initiative) -> list[dict[str, Any]]:
    """Each language with its translation, if there is one. One statement."""
    found = current(one)
    return [
        {"code": code, "name": name, "one": (held := found.get(code)), "is_outdated": held and is_outdated(held, one)}
        for code, name in languages(one)
    ]
