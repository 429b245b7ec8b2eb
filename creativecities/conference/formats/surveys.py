"""The default survey an edition can begin with, and the results of one as data."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from creativecities.conference.queries.surveys import Result

FILE = Path(settings.BASE_DIR) / "data" / "surveys" / "conference.json"
COLUMNS = ("question", "question_label", "kind", "answered", "value", "value_label", "number")


def default(languages: Iterable[str]) -> list[dict[str, Any]]:
    """The questions of the default survey, in the languages of an edition as far as they are written in them."""
    wanted = {code.casefold(): code for code in languages}

    def spoken(words: dict[str, str]) -> dict[str, str]:
        return {wanted[code]: text for code, text in words.items() if code in wanted}

    items: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["questions"]
    return [
        {name: spoken(value) if isinstance(value, dict) else value for name, value in item.items()} for item in items
    ]


def rows(results: Iterable[Result]) -> list[dict[str, Any]]:
    """One row for each group that is told; of a question nothing is told of, one row without a number."""
    found = []
    for each in results:
        asked = each.counted.question
        same = {
            "question": asked.key, "question_label": str(asked.label), "kind": asked.kind,
            "answered": each.counted.answered,
        }  # fmt: skip
        groups = [
            {"value": values, "value_label": bar.label, "number": number}
            for (values, number), bar in zip(each.counted.groups, each.bars, strict=True)
        ]
        found += [same | group for group in groups or [{"value": [], "value_label": "", "number": None}]]
    return found
