"""A version of an outcome document as one content, and the fingerprint that proves it unchanged."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def content(edition: str, document: str, number: int, title: Mapping[str, str], text: Mapping[str, str]) -> Any:
    """What the fingerprint stands for; languages that are not written are left out."""
    return {
        "edition": edition, "document": document, "version": number,
        "title": _written(title), "text": _written(text),
    }  # fmt: skip


def fingerprint(content: Any) -> str:
    """SHA-256 over the content as JSON with sorted keys, no blanks, in UTF-8: everybody who has it can compute it."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_new(title: Mapping[str, str], text: Mapping[str, str], before: Any) -> bool:
    """Whether a draft says something else than the version before it, or there is none."""
    return before is None or (_written(title), _written(text)) != (_written(before.title), _written(before.text))


def _written(words: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in words.items() if text}
