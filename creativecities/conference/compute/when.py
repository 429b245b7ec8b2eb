"""When an edition is held and cities register: as columns, and as a form has it, on the clock of the place."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from creativecities.core.clocks import instant

DAYS = ("starts_on", "last_day")
INSTANTS = ("opens_at", "nominate_by", "confirm_by")
"""The instants of registration, in their order."""
PUBLIC = ("year", *DAYS, "zone", *INSTANTS)
"""What a reader has planned by: once announced it is changed with a reason."""


def said(edition: Any) -> dict[str, Any]:
    """As JSON: days as text, instants as the clock of the place shows them, empty where nothing is said."""
    zone = ZoneInfo(edition.zone)
    walls = {name: getattr(edition, name) for name in INSTANTS}
    return {
        "number": edition.number,
        "year": edition.year,
        **{name: day.isoformat() if (day := getattr(edition, name)) else "" for name in DAYS},
        "zone": edition.zone,
        **{name: f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" if at else "" for name, at in walls.items()},
    }


def columns(item: dict[str, Any]) -> dict[str, Any]:
    """The same as columns."""
    return {
        **{name: item[name] for name in ("number", "year", "zone")},
        **{name: dt.date.fromisoformat(item[name]) if item[name] else None for name in DAYS},
        **{name: instant(item[name], item["zone"]) if item[name] else None for name in INSTANTS},
    }
