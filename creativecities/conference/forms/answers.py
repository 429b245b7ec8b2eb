"""A form with a box for each item of a list of the edition: criteria of a bid, questions to a case."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core.words import in_language
from creativecities.exchange.forms.fields import Words
from creativecities.network.forms.city import Versioned

LONGEST_ANSWER, LONGEST_LINE = 10_000, 300


class AnswersForm(Versioned):
    """None of the answers is needed before the whole is handed in."""

    def __init__(
        self, data: Any, *, items: Sequence[Mapping[str, Any]], answers: Mapping[str, Any], kept: Mapping[str, Any]
    ) -> None:
        self.items = items
        initial = {f"answers_{item['key']}": answers.get(item["key"]) for item in items}
        super().__init__(data, initial={**kept, **initial})
        reader = get_language() or "en"
        for item in items:
            words = (in_language(item[name], reader, list(item[name]) or ["en"])[0] for name in ("label", "guidance"))
            self.fields[f"answers_{item['key']}"] = _field(item["kind"], *words)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for item in self.items:
            name = f"answers_{item['key']}"
            if item["kind"] == "link" and (text := values.get(name)) and not _is_address(text):
                self.add_error(name, _("An address begins with https:// or http://."))
        return values

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by key."""
        return {item["key"]: self.cleaned_data[f"answers_{item['key']}"] for item in self.items}


def _field(kind: str, label: str, guidance: str) -> forms.Field:
    given: dict[str, Any] = {"required": False, "label": label, "help_text": guidance}
    if kind == "yes-no":
        return forms.BooleanField(**given)
    if kind == "number":
        return forms.IntegerField(min_value=0, max_value=10**12, **given)
    rows = 6 if kind == "text" else 0
    return Words(rows=rows, max_length=LONGEST_ANSWER if rows else LONGEST_LINE, **given)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
