"""Every model field is classed: open (may be published), internal (members and staff), personal (about a person).

A house rule demands a class for every field; open data publishes only *open*, self-service export and erasure follow
*personal*.
"""

from collections.abc import Mapping

from django.db import models

OPEN, INTERNAL, PERSONAL = "open", "internal", "personal"


def classed(*, open: str = "", internal: str = "", personal: str = "") -> Mapping[str, str]:
    """Read three lists of field names, separated by blanks, into name → class."""
    table = {name: OPEN for name in open.split()}
    table |= {name: INTERNAL for name in internal.split()}
    table |= {name: PERSONAL for name in personal.split()}
    return table


def class_of(field: models.Field) -> str | None:  # type: ignore[type-arg]
    """The class of a field, None if nobody has decided."""
    table: Mapping[str, str] = getattr(field.model, "DATA", {})
    return table.get(field.name, INTERNAL if field.primary_key and field.auto_created else None)
