"""A text that is written in several languages: which of them a reader gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """A text and the language it is in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def in_language(text: Mapping[str, str], wanted: str, fallback: Sequence[str]) -> tuple[str, str]:
    """A text in the reader's language if it is there, else in the first of `fallback` that has it; and which."""
    written = {code.casefold(): code for code, words in text.items() if words}  # zh-hans, zh-Hans
    for code in (wanted, *fallback):
        if known := written.get(code.casefold()):
            return text[known], known
    return "", fallback[0] if fallback else wanted


def flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item with each of its texts under a name of its own, `label_en`, as forms and comparisons have them."""
    values: dict[str, Any] = {}
    for name, value in item.items():
        if name == "key":
            continue
        if isinstance(value, dict):
            values |= {f"{name}_{code}": words for code, words in value.items()}
        else:
            values[name] = value
    return values
