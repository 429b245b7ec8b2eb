"""The keys of what can be chosen in a question: they stay when an option is worded anew or moved."""

from creativecities.calls.compute.definition import Item
from creativecities.network.compute.slug import numbered, plain_letters


def keys_for(labels: list[dict[str, str]], before: list[Item]) -> list[str]:
    """A key for each option: of the one worded alike, else of the one in its place if their number is the same."""
    had = [option["key"] for option in before]
    keys = [next((option["key"] for option in before if option["label"] == label), "") for label in labels]
    for at, label in enumerate(labels):
        in_place = had[at] if len(before) == len(labels) else ""
        if not keys[at]:
            keys[at] = in_place if in_place and in_place not in keys else _new(label, {*keys, *had})
    return keys


def _new(label: dict[str, str], taken: set[str]) -> str:
    return numbered(plain_letters(next(iter(label.values())), most=30) or "option", taken)
