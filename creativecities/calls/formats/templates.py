"""The templates a call can begin with, from `data/call_templates/`: practice of the past, never rules."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from creativecities.calls.compute.definition import Definition
from creativecities.calls.compute.labels import LABELS, NAMES

FOLDER = Path(settings.BASE_DIR) / "data" / "call_templates"


def templates(reader: str) -> dict[str, str]:
    """What they are called in the reader's language, by the name of their file."""
    names = {path.stem: _read(path)["name"] for path in sorted(FOLDER.glob("*.json"))}
    return {stem: name.get(reader, name["en"]) for stem, name in names.items()}


def template(name: str) -> Definition:
    """What a call says that begins with this template. Raises KeyError where there is none."""
    if name not in templates("en"):
        raise KeyError(name)
    definition: Definition = _read(FOLDER / f"{name}.json")["definition"]
    return definition


def basis() -> dict[str, list[dict[str, Any]]]:
    """What each template rests on: what was read in public pages, and what is assumed."""
    return {path.stem: [{**row, "label": LABELS.get(row["what"]) or NAMES[row["what"]]} for row in _read(path)["basis"]]
            for path in sorted(FOLDER.glob("*.json"))}  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
