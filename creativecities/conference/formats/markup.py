"""XML from somebody else: elements with their lines, without document types, entities or bombs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from creativecities.conference.formats.reading import UnreadableError

DEEPEST = 30


@dataclass(slots=True)
class Element:
    """A part of an XML file: its name without prefix, its attributes, what is in it, and the line it begins on."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is written in it, whatever marks stand between."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def all(self, name: str) -> Iterator["Element"]:
        """The parts of that name right inside it."""
        return (part for part in self.content if isinstance(part, Element) and part.name == name)

    def one(self, name: str) -> "Element | None":
        return next(self.all(name), None)

    def said(self, name: str) -> str:
        """The text of its first part of that name; empty if there is none."""
        found = self.one(name)
        return found.text if found else ""


def parsed(text: str, most: int) -> Element:
    """The root of the document. Raises UnreadableError with the line: no XML, a document type, too many elements."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    open_now: list[Element] = [Element("", {}, 0)]
    count = 0

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > most or len(open_now) > DEEPEST:
            raise UnreadableError(_("This file has more parts than a programme has."), parser.CurrentLineNumber)
        element = Element(name.rpartition(":")[2], attributes, parser.CurrentLineNumber)
        open_now[-1].content.append(element)
        open_now.append(element)

    def says(words: str) -> None:
        open_now[-1].content.append(words)

    def is_refused(*_declaration: object) -> None:
        told = _("This file declares a document type or entities; for safety such files are not read.")
        raise UnreadableError(told, parser.CurrentLineNumber)

    parser.StartElementHandler = begins
    parser.EndElementHandler = lambda _name: open_now.pop()
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = is_refused
    try:
        parser.Parse(text.encode(errors="replace"), True)
    except expat.ExpatError as error:
        raise UnreadableError(_("From this line on this is no XML that can be read."), error.lineno) from None
    return next(part for part in open_now[0].content if isinstance(part, Element))
