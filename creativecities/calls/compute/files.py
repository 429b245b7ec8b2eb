"""A whole file as one document: what is frozen when it is handed in, and the fingerprint that proves it unchanged."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

Content = dict[str, Any]
"""`call_version`, `city` (its facts), `answers` by question and row, and `documents` as a list."""


def content(
    call_version: int, city: Mapping[str, Any], answers: Iterable[Any], documents: Iterable[Mapping[str, Any]]
) -> Content:
    """Put a file together. `answers` are rows with `question`, `row` and `value`; rows are text in JSON."""
    said: dict[str, dict[str, Any]] = {}
    for each in answers:
        said.setdefault(each.question, {})[str(each.row)] = each.value
    return {"call_version": call_version, "city": dict(city), "answers": said, "documents": list(map(dict, documents))}


def canonical(content: Content) -> bytes:
    """The content as JSON in one form: keys sorted, no blanks, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(content: Content) -> str:
    """SHA-256 over the content in its one form, which everybody who has it can compute."""
    return hashlib.sha256(canonical(content)).hexdigest()


def rows_of(content: Content, question: str) -> dict[int, Any]:
    """The answers to a question by row; those of a question outside blocks stand in row 0."""
    return {int(row): value for row, value in content["answers"].get(question, {}).items()}


def is_empty(value: Any) -> bool:
    """Whether nothing was answered: an undertaking that is not given, a text of blanks."""
    return value in (None, False, "", []) or (isinstance(value, str) and not value.strip())
