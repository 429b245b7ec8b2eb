"""What differs between two versions of a call, as rows that people read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from creativecities.calls.compute.definition import LISTS, PARTS, Definition, Item, find, languages
from creativecities.calls.compute.labels import LABELS, NAMES
from creativecities.core.words import in_language
from creativecities.network.compute.differences import as_text


@dataclass(frozen=True)
class Change:
    """One thing that was said otherwise before: where it stands, what it is, and both wordings."""

    where: str | Promise
    what: str
    before: str
    after: str


def changes(before: Definition, after: Definition, reader: str) -> list[Change]:
    """Every difference, in the order of a call."""
    rows = [row for name in PARTS for row in _compared(NAMES[name], "", before[name], after[name])]
    for name in LISTS:
        rows += _in_list(name, before, after, reader)
    return rows


def _in_list(name: str, before: Definition, after: Definition, reader: str) -> Iterator[Change]:
    for item in before[name]:
        if find(after, name, item["key"]) is None:
            yield Change(NAMES[name], "", called(item, before, reader), "")
    for item in after[name]:
        if old := find(before, name, item["key"]):
            yield from _compared(NAMES[name], called(item, after, reader), old, item)
        else:
            yield Change(NAMES[name], "", "", called(item, after, reader))
    kept = [[item["key"] for item in each[name]] for each in (before, after)]
    common = set(kept[0]) & set(kept[1])
    if [key for key in kept[0] if key in common] != [key for key in kept[1] if key in common]:
        orders = (", ".join(called(item, each, reader) for item in each[name]) for each in (before, after))
        yield Change(NAMES[name], _("Order"), *orders)


def _compared(where: str | Promise, item: str, before: Item, after: Item) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if isinstance(old or new, dict):
            yield from _texts(where, f"{item} · {LABELS[name]}" if item else str(LABELS[name]), old or {}, new or {})
        elif (old or "") != (new or ""):
            label = f"{item} · {LABELS.get(name, name)}" if item else str(LABELS.get(name, name))
            yield Change(where, label, as_text(old), as_text(new))


def _texts(where: str | Promise, what: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for code in dict.fromkeys([*old, *new]):
        if old.get(code, "") != new.get(code, ""):
            yield Change(where, f"{what} ({code})", old.get(code, ""), new.get(code, ""))


def called(item: Item, definition: Definition, reader: str) -> str:
    """What an item of a list is called, in the reader's language where it is written."""
    words, _code = in_language(item.get("label") or item.get("question") or {}, reader, languages(definition))
    return words or str(item["key"])
