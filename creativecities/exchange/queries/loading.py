"""What the database holds of each initiative, in the form in which the files say it."""

from collections import defaultdict
from typing import Any

from django.db.models import Model

from creativecities.exchange.models import Initiative, Partner

LABEL = "exchange.initiative"
PLAIN = ("kind", "title", "summary", "source", "confidence", "language", "starts_on", "ends_on", "precision")
MANY = {"fields": "creativefield_id", "objectives": "objective_id", "areas": "areaofaction_id", "goals": "goal_id"}
"""The sets of an initiative, and the column of each set's table that holds what is in it."""


def through(name: str) -> type[Model]:
    """The table of one of the sets."""
    table: type[Model] = getattr(Initiative, name).through
    return table


def held() -> dict[str, dict[str, Any]]:
    """Every initiative by its slug. Six statements."""
    found: dict[str, dict[str, Any]] = {}
    for slug, lead, *values in Initiative.objects.values_list("slug", "lead__slug", *PLAIN):
        plain = (value.isoformat() if hasattr(value, "isoformat") else value for value in values)
        found[slug] = {"lead": lead, **dict(zip(PLAIN, plain, strict=True))}
    sets = {name: _sets(through(name), column) for name, column in MANY.items()}
    sets["partners"] = _sets(Partner, "city__slug")
    for slug, values in found.items():
        values |= {name: sorted(of.get(slug, ())) for name, of in sets.items()}
    return found


def _sets(table: type[Model], column: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for slug, value in table._default_manager.values_list("initiative__slug", column):
        found[slug].append(value)
    return found
