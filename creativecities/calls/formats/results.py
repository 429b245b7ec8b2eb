"""The results of a call as rows: both groups beside each other, never as one number."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from creativecities.calls.compute.definition import GROUPS
from creativecities.calls.queries.results import Results

OF_GROUP = ("place", "mean", "deviation", "lowest", "highest", "reviews", "abstained", "missing")
COLUMNS = [
    "city", "country", "creative_field", "region", "has_quorum", "disagrees",
    *(f"{group.replace('-', '_')}_{name}" for group in GROUPS for name in OF_GROUP), "url",
]  # fmt: skip


def rows(results: Results) -> Iterator[dict[str, Any]]:
    """A row for each file, in the order of their names."""
    placed = {group: {each.judged.application.pk: each for each in found} for group, _name, found in results.rankings}
    for each in results.files:
        one = each.application
        row = {
            "city": one.city_name, "country": one.country_id, "creative_field": one.field_id,
            "region": one.country.region_id, "has_quorum": each.result.has_quorum, "disagrees": each.result.disagrees,
            "url": settings.SITE["url"] + reverse("calls:file_results", args=[results.call.slug, one.code]),
        }  # fmt: skip
        for group in GROUPS:
            row |= _of_group(group.replace("-", "_"), placed[group][one.pk])
        yield row


def _of_group(name: str, placed: Any) -> dict[str, Any]:
    total, said = placed.said.total, placed.said
    numbers = (total.mean, total.deviation, total.low, total.high) if total else (None,) * 4
    shown = [None if each is None else round(each, 3) for each in numbers]
    return {f"{name}_{column}": value for column, value in
            zip(OF_GROUP, (placed.place, *shown, said.reviews, said.abstained, said.missing), strict=True)}  # fmt: skip
