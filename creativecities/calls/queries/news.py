"""What changed in a call since a file was last written in, and which answers are no longer asked for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from creativecities.calls.compute import changes
from creativecities.calls.compute.definition import Definition, find, languages
from creativecities.calls.models import Application, CallVersion
from creativecities.core.models import Event
from creativecities.core.words import Words, in_language

WRITTEN = ("calls.application.begun", "calls.application.edited")


@dataclass(frozen=True)
class News:
    """The version a file was last written on, and the reasons of those that came after it, the newest first."""

    number: int
    newer: list[CallVersion]


def since_last_edit(application: Application, newest: int) -> News | None:
    """None where the call says what it said then. No statement for a call that never changed, else two."""
    if newest < 2:
        return None
    last = Event.objects.about(application).filter(kind__in=WRITTEN).first()
    at = last.at if last else application.began_at
    newer = list(CallVersion.objects.filter(call=application.call_id, at__gt=at).defer("definition"))
    return News(newer[-1].number - 1, newer) if newer else None


def changed(application: Application, since: News) -> list[changes.Change]:
    """What differs between the version a file was last written on and the newest. One statement."""
    wanted = [since.number, since.newer[0].number]
    found = CallVersion.objects.filter(call=application.call_id, number__in=wanted)
    said = {each.number: each.definition for each in found}
    return changes.changes(said[wanted[0]], said[wanted[1]], get_language() or "en")


def no_longer_asked(application: Application, asked: Definition) -> list[tuple[Words, Any]]:
    """Answers that are kept though their question was removed, under its last wording. At most two statements."""
    keys = {each["key"] for each in asked["questions"]}
    kept = [each for each in application.answers.all() if each.question not in keys]
    if not kept:
        return []
    versions = [each.definition for each in CallVersion.objects.filter(call=application.call_id)]
    return [(_label(each.question, versions), each.value) for each in kept]


def _label(key: str, versions: list[Definition]) -> Words:
    for said in versions:
        if question := find(said, "questions", key):
            return Words(*in_language(question["label"], get_language() or "en", languages(said)))
    return Words(key, "")
