"""`matching_weights.csv`: what each signal of the matching weighs, and why."""

import csv
import functools
from typing import NamedTuple

from django.conf import settings


class Weight(NamedTuple):
    """What a signal weighs, and the reason, in English as the file has it."""

    signal: str
    value: float
    reason: str


@functools.cache
def weights() -> tuple[Weight, ...]:
    """Every line of the file. It comes with the code and changes with it, so it is read once."""
    with (settings.BASE_DIR / "data" / "matching_weights.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Weight(row["signal"], float(row["weight"]), row["reason"]) for row in csv.DictReader(file))
