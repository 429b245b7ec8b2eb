"""The files of the story."""

import csv
from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file."""
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def several(cell: str) -> list[str]:
    """What a cell holds between semicolons."""
    return [each for each in cell.split(";") if each]
