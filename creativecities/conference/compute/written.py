"""What is written in several languages, laid flat as a form shows it and as an event keeps it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """`{"title": {"en": "Opening"}}` → `{"title_en": "Opening"}`; what is no text by language stays as it is."""
    laid: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            laid |= {f"{name}_{language}": text for language, text in value.items()}
        else:
            laid[name] = value
    return laid


def told(values: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """The same as an event keeps it and people compare it: instants by the clock of a zone, things by their name."""
    return {name: _told(value, zone) for name, value in flat(values).items()}


def _told(value: Any, zone: str) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    return value if value is None or isinstance(value, (str, int, list)) else str(value)
