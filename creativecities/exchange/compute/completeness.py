"""How much of an initiative is told: a share in percent, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS: Mapping[str, str | Promise] = {
    "summary": _("Summary"),
    "when": _("When"),
    "fields": _("Creative fields"),
    "objectives": _("Objectives"),
    "areas": _("Areas of action"),
    "goals": _("Sustainable Development Goals"),
    "course": _("Course"),
    "context": _("Context"),
    "done": _("What was done"),
    "together": _("With whom"),
    "results": _("Results"),
    "lessons": _("Lessons"),
    "takeaway": _("What another city can take from it"),
    "beneficiaries": _("Who benefits"),
    "budget": _("Budget"),
    "outcome": _("Outcome"),
    "evidence": _("Evidence"),
    "pictures": _("Pictures"),
}
"""What a complete initiative tells. Partners are not among them: one can do something alone."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """Each part counts the same."""

    percent: int
    missing: tuple[str | Promise, ...]


def of(values: Mapping[str, object]) -> Completeness:
    """`values` say by part what is there; only whether it is empty counts."""
    told = {**values, "when": values.get("starts_on") or values.get("ends_on")}
    missing = tuple(label for name, label in PARTS.items() if not told.get(name))
    return Completeness(round(100 * (len(PARTS) - len(missing)) / len(PARTS)), missing)
