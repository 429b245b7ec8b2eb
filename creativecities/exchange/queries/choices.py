"""What one chooses from when an initiative is written, named in the reader's language. Read again after a write."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from creativecities.core import freshness
from creativecities.exchange.queries.loading import MANY
from creativecities.network.models import AreaOfAction, CreativeField, Goal, Listing, Objective

_MODELS = {"fields": CreativeField, "objectives": Objective, "areas": AreaOfAction, "goals": Goal}


@freshness.kept(maxsize=6)
def vocabulary(ending: str) -> Mapping[str, list[tuple[str, str]]]:
    """The choices of each set; `ending` is that of the columns with names. One statement."""
    parts = [
        _MODELS[name]
        ._default_manager.order_by()
        .annotate(set=Value(name), value=Cast("pk", CharField()), label=F(f"name_{ending}"))
        .values_list("set", "value", "label")
        for name in MANY
    ]
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in MANY}
    for name, value, label in parts[0].union(*parts[1:], all=True):
        found[name].append((value, label if name == "fields" else f"{value} {label}"))
    for name, pairs in found.items():
        pairs.sort(key=lambda pair: (int(pair[0]) if name == "goals" else 0, pair[1]))
    return found


@freshness.kept(maxsize=6)
def members(ending: str, day: dt.date) -> Mapping[str, str]:
    """The member cities of a day by slug, each with its country. One statement."""
    rows = Listing.objects.on(day).order_by("sort", "slug")
    return {
        slug: f"{name}, {country}"
        for slug, name, country in rows.values_list("slug", "name", f"country__name_{ending}")
    }
