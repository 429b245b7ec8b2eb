"""What the places of a file are called, and what was written there, in the reader's language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.calls.compute.definition import Definition, find, languages
from creativecities.calls.compute.differences import Difference
from creativecities.calls.compute.files import is_empty
from creativecities.core.words import Words, in_language

FACTS: dict[str, str | Promise] = {
    "city_name": gettext_lazy("City"),
    "local_name": gettext_lazy("Local name"),
    "country": gettext_lazy("Country"),
    "field": gettext_lazy("Creative field"),
    "language": gettext_lazy("Language"),
    "population": gettext_lazy("Inhabitants"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
}


def label_of(definition: Definition, place: str, reader: str) -> Words:
    """What a place of a file is called: a fact of the city, a question, a paper."""
    kind, key = place.split("/")[:2]
    if kind == "city":
        return Words(str(FACTS[key]), reader)
    found = find(definition, kind, key)
    return Words(*in_language(found["label"], reader, languages(definition))) if found else Words(key, "en")


def wordings(definition: Definition, change: Difference, reader: str) -> tuple[str, str]:
    """What a place said before and what it says now, as people read it; of papers it is not told."""
    kind, key = change.place.split("/")[:2]
    if kind == "documents":
        return "", ""
    question = find(definition, kind, key) if kind == "questions" else None
    options = {each["key"]: in_language(each["label"], reader, languages(definition))[0]
               for each in (question or {}).get("options") or []}  # fmt: skip
    return _words(change.before, options), _words(change.after, options)


def _words(value: Any, options: dict[str, str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if is_empty(value):
        return ""
    return ", ".join(options.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))
