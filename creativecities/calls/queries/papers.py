"""The papers of a file as its team sees them: each place the call asks for, what is there, and whether it is open."""

from dataclasses import dataclass

from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.compute import checklist, reading
from creativecities.calls.compute.definition import Definition, Item, languages
from creativecities.calls.models import Application, Document
from creativecities.calls.rules import applications as rules
from creativecities.core.refusal import Refusal
from creativecities.core.words import Words
from creativecities.network.formats.papers import FORMATS


@dataclass(frozen=True)
class Place:
    """A paper of the call under one number: the paper, what is there now, and what of another paper it goes with."""

    paper: Item
    number: int
    label: Words
    guidance: Words
    goes_with: Words | None
    there: Document | None
    is_open: bool

    @property
    def key(self) -> str:
        """Under which the call keeps it."""
        return str(self.paper["key"])

    @property
    def name(self) -> str:
        """As in the checklist, for addresses within the page."""
        return f"{self.key}-{self.number}"

    @property
    def is_one_of_several(self) -> bool:
        """Whether its number tells it from others."""
        return bool(self.paper["count"] > 1 or self.goes_with)

    @property
    def formats(self) -> str:
        """What can be added, in words."""
        return ", ".join(FORMATS[each] for each in self.paper["formats"])

    @property
    def is_by_commission(self) -> bool:
        """Whether the National Commission adds it."""
        return self.paper.get("by") == checklist.BY_COMMISSION

    @property
    def is_picture(self) -> bool:
        """Whether what is there can be shown."""
        return bool(self.there and self.there.file.width)


def places(definition: Definition, application: Application, refusal: Refusal | None) -> list[Place]:
    """Every place, in the order of the call; `refusal` is why nothing can be written now. Two statements at most."""
    reader, fallback = get_language() or "en", languages(definition)
    there = {(each.document, each.number): each for each in application.documents.select_related("file")}
    asked = [(each, reading.said(each, reader, fallback)) for each in definition["documents"]]
    labels = {said["key"]: said["label"] for _paper, said in asked}
    waits = rules.open_completion(application) if application.state == states.RETURNED else None
    return [
        Place(
            paper, number, said["label"], said["guidance"], labels.get(paper["goes_with"]),
            there.get((paper["key"], number)),
            refusal is None and (waits is None or rules.covers(waits.items, f"documents/{paper['key']}/{number}")),
        )
        for paper, said in asked for number in checklist.numbers(definition, paper)
    ]  # fmt: skip


def left_over(shown: list[Place], application: Application) -> list[Document]:
    """What was added for a paper that a later version of the call does not ask for. One statement."""
    asked = {(each.key, each.number) for each in shown}
    there = application.documents.select_related("file")
    return [each for each in there if (each.document, each.number) not in asked]
