"""A section of a file as it is written: what is asked there, the answers of now, and which of them are open."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.compute import answers, reading
from creativecities.calls.compute.answers import Place
from creativecities.calls.compute.definition import Definition, Item, find, languages
from creativecities.calls.models import Answer, Comment
from creativecities.calls.queries.files import Mine
from creativecities.calls.rules import applications as rules


@dataclass(frozen=True)
class Part:
    """A section of a file: its questions in the reader's language, and what is answered to them."""

    one: Mine
    section: Item
    definition: Definition
    leaves: list[tuple[Item, int]]
    stored: dict[Place, Answer]
    is_open: set[Place]


def part(one: Mine, key: str, among: Container[str] | None = None) -> Part:
    """The section with this key, or only those of its boxes that are named. Raises Http404.

    One statement; two for what was returned for completion.
    """
    asked = one.definition
    if (section := find(asked, "sections", key)) is None:
        raise Http404
    fallback, reader = languages(asked), get_language() or "en"
    leaves = [
        (reading.said(question, reader, fallback), row)
        for question, row in answers.leaves(asked, key)
        if among is None or answers.box((question["key"], row)) in among
    ]
    return Part(one, reading.said(section, reader, fallback), asked, leaves, _stored(one, leaves), _open(one, leaves))


def _stored(one: Mine, leaves: list[tuple[Item, int]]) -> dict[Place, Answer]:
    found = one.file.answers.filter(question__in={question["key"] for question, _row in leaves})
    return {(each.question, each.row): each for each in found}


def _open(one: Mine, leaves: list[tuple[Item, int]]) -> set[Place]:
    """The places that can be written now: all, or what a completion asks for."""
    if not one.may_write:
        return set()
    waits = rules.open_completion(one.file) if one.file.state == states.RETURNED else None
    places = {(question["key"], row) for question, row in leaves}
    return {
        (key, row) for key, row in places if waits is None or rules.covers(waits.items, f"questions/{key}/{row}")
    }  # fmt: skip


def comments(one: Mine, person: Any) -> dict[str, list[Comment]]:
    """What was said about the answers of a file, by question. One statement."""
    found: dict[str, list[Comment]] = {}
    for each in Comment.objects.visible_to(person).filter(application=one.file):
        found.setdefault(each.question, []).append(each)
    return found
