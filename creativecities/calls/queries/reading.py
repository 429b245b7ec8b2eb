"""A whole file for its readers: its team, its commission, those who check and judge it; a draft, or as handed in."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from creativecities.calls.compute.definition import Definition, Item, languages
from creativecities.calls.compute.filed import filed
from creativecities.calls.compute.files import Content, fingerprint
from creativecities.calls.compute.labels import FACTS
from creativecities.calls.models import Application
from creativecities.core.models import StoredFile
from creativecities.core.words import Words, in_language
from creativecities.network.compute.languages import language_name
from creativecities.network.models import Country, CreativeField

GONE = "gone"
"""Where a paper lay that is no longer there: an address that is missing as any other."""


@dataclass(frozen=True)
class Paper:
    """A paper of a file, with what is said of it where it is a photograph."""

    label: Words
    number: int
    is_one_of_several: bool
    code: str
    name: str
    size: int
    digest: str
    pages: int | None
    alt: str
    credit: str
    width: int | None
    height: int | None

    @property
    def url(self) -> str:
        """Where those have it who see the file."""
        return f"/files/{self.code}/{self.name}"


@dataclass(frozen=True)
class Whole:
    """What `calls/_whole.html` shows."""

    name: str
    language: str
    facts: list[tuple[str | Promise, str]]
    sections: list[Item]
    papers: list[Paper]
    fingerprint: str


def whole(application: Application, content: Content, definition: Definition | None = None) -> Whole:
    """A file read from its content, in the words of the version of the call it answers. Four statements at most."""
    reader = get_language() or "en"
    asked = definition or version_of(application, content)
    said = content["city"]
    return Whole(
        said["city_name"], said["language"], _facts(said, reader), filed(asked, content, reader),
        papers(asked, content, reader), fingerprint(content),
    )  # fmt: skip


def version_of(application: Application, content: Content) -> Definition:
    """What the call asked when this was written."""
    found: Definition = application.call.versions.get(number=content["call_version"]).definition
    return found


def _facts(said: dict[str, Any], reader: str) -> list[tuple[str | Promise, str]]:
    names = {
        "country": Country.objects.get(pk=said["country"]).name,
        "field": CreativeField.objects.get(pk=said["field"]).name,
        "language": language_name(said["language"], reader),
    }
    shown = {name: names.get(name, said[name]) for name in FACTS if name in said}
    return [(FACTS[name], str(value)) for name, value in shown.items() if value not in (None, "")]


def papers(asked: Definition, content: Content, reader: str) -> list[Paper]:
    """The papers of a content in the order of the call; those it does not ask for last. One statement."""
    rows = content["documents"]
    there = stored(content)
    order = [each["key"] for each in asked["documents"]]
    by_key = {each["key"]: each for each in asked["documents"]}

    def place(row: dict[str, Any]) -> tuple[int, int]:
        return (order.index(row["document"]) if row["document"] in order else len(order)), row["number"]

    return [
        _paper(row, by_key.get(row["document"]), there.get(row["file"]), asked, reader)
        for row in sorted(rows, key=place)
    ]  # fmt: skip


def stored(content: Content) -> dict[int, StoredFile]:
    """The papers of a content that are there. One statement."""
    return StoredFile.objects.in_bulk([row["file"] for row in content["documents"]])


def _paper(row: dict[str, Any], asked: Item | None, kept: StoredFile | None, call: Definition, reader: str) -> Paper:
    label = in_language(asked["label"] if asked else {}, reader, languages(call))
    several = bool(asked and (asked["count"] > 1 or asked["goes_with"]))
    about = (kept.alt, kept.credit, kept.width, kept.height) if kept else ("", "", None, None)
    same = (kept.code if kept else GONE, row["name"], row["size"], row["digest"], row["pages"])
    return Paper(Words(*label), row["number"], several, *same, *about)
