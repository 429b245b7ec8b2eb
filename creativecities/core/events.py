"""Every kind of event has a sentence. Slices register theirs; a house rule fails on a kind without one."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise

_DAYS = frozenset({"start", "end", "on", "since", "until", "day"})
PartName = Callable[[str], str | None]
_sentences: dict[str, str | Promise] = {}
_part_names: list[PartName] = []
_unnumbered: list[str] = []


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add sentences by kind. `%(actor)s`, `%(subject)s` and the event's facts can be named in them."""
    _sentences.update(sentences)


def kinds() -> frozenset[str]:
    """All kinds that have a sentence."""
    return frozenset(_sentences)


class _Facts(dict[str, object]):
    """Facts as a reader sees them: days in the form of the language, nothing where a fact is missing."""

    def __getitem__(self, key: str) -> object:
        value = super().get(key, "…")
        if key in _DAYS and isinstance(value, str):
            try:
                return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
            except ValueError:
                return value
        return value


def sentence(kind: str, *, actor: str, subject: str, facts: Mapping[str, object]) -> str:
    """What happened, in the reader's language. An unknown kind is shown by its name."""
    template = _sentences.get(kind)
    if template is None:
        return kind
    return str(template) % _Facts(facts, actor=actor, subject=subject)


def label(kind: str) -> str:
    """What a kind tells, with the names left open: a choice in a list."""
    return sentence(kind, actor="…", subject="…", facts={})


def register_parts(name_of: PartName) -> None:
    """Add names of what events say they changed: in the reader's language, None for what is not the slice's own."""
    if name_of not in _part_names:
        _part_names.append(name_of)


def part(name: str) -> str:
    """What a part that an event changed is called; its own name where nobody knows it."""
    return next((found for name_of in _part_names if (found := name_of(name))), name)


def register_unnumbered(things: str) -> None:
    """Say that things whose label begins so are shown without their number: it tells how many there are."""
    _unnumbered.append(things)


def number(subject_label: str, subject_id: str) -> str:
    """The number of what an event is about, where it tells nothing else."""
    return "" if subject_label.startswith(tuple(_unnumbered)) else subject_id
