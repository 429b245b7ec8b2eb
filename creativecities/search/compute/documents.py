"""What slices give to be found: documents, and where they come from."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

LONGEST_PASSAGE = 400
LONGEST_TEXT = 100_000
_SENTENCE_END = re.compile(r"(?<=[.!?؟।])\s+|(?<=[。！？])|\n+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language (two letters)."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    `path` is its address without language. `titles` go by language, with English or `""` for all others. `names` are
    those under which people look for it, in any script; what equals one comes first. `keywords` find it and are not
    shown. `facets` are what results are counted and narrowed by, `facts` what is given back with a result. `audience`
    is one of `core.access`: nobody else finds it. Of equal matches the one with the greater `boost` comes first. `gist`
    says in a few words what it is about; it is compared by its meaning and not shown.
    """

    kind: str
    key: str
    path: str
    titles: Mapping[str, str]
    texts: Collection[Text] = ()
    names: Collection[str] = ()
    keywords: Collection[str] = ()
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    boost: float = 0.0
    audience: str = "public"
    gist: str = ""

    @property
    def digest(self) -> str:
        """Changes with anything in it."""
        written = json.dumps(asdict(self), ensure_ascii=True, sort_keys=True, default=list)
        return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the documents of a kind come from.

    `documents(keys)` gives those with these keys that exist, all of them for None. `changed(since)` gives the keys of
    what may have changed or gone since then; None says: compare all. `present()` gives the keys of what may be
    shown now, so that what is withdrawn is not found until the index has followed; without it, all that is indexed is.
    """

    kind: str
    documents: Callable[[Collection[str] | None], Iterable[Document]]
    changed: Callable[[datetime], Collection[str] | None] = lambda _since: None
    present: Callable[[], Iterable[str]] | None = None


def passages(text: str) -> list[str]:
    """The sentences of a text, none longer than LONGEST_PASSAGE."""
    found = []
    for sentence in _SENTENCE_END.split(text[:LONGEST_TEXT]):
        rest = " ".join(sentence.split())
        while len(rest) > LONGEST_PASSAGE:
            cut = rest.rfind(" ", LONGEST_PASSAGE // 2, LONGEST_PASSAGE)
            cut = cut if cut > 0 else LONGEST_PASSAGE
            found.append(rest[:cut])
            rest = rest[cut:].strip()
        if rest:
            found.append(rest)
    return found
