"""`matching_weights.csv`: what each signal of the matching weighs, and why, in six languages."""

import csv
import functools
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from creativecities.core import language


class Weight(NamedTuple):
    """What a signal weighs, and the reason by language."""

    signal: str
    value: float
    reasons: Mapping[str, str]

    @property
    def reason(self) -> str:
        """In the reader's language."""
        return self.reasons[language.short(get_language() or "en")]


@functools.cache
def weights() -> tuple[Weight, ...]:
    """Every line of the file. It comes with the code and changes with it, so it is read once."""
    with (settings.BASE_DIR / "data" / "matching_weights.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Weight(row["signal"], float(row["weight"]), _reasons(row)) for row in csv.DictReader(file))


def _reasons(row: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix("reason_"): text for name, text in row.items() if name.startswith("reason_")}
