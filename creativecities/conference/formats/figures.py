"""The figures of an edition as data: one row for each city."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from creativecities.conference.models import CityFigures

COLUMNS = ("city", "country", "region", "creative_field", "people", "roles", "times", "url")


def rows(found: Iterable[CityFigures]) -> list[dict[str, Any]]:
    """`times` counts the editions that were counted here, this one included."""
    return [
        {
            "city": each.city.name, "country": each.city.country_id, "region": each.city.country.region_id,
            "creative_field": each.field_id, "people": each.people,
            "roles": [f"{role}={number}" for role, number in sorted(each.roles.items())], "times": each.times,
            "url": settings.SITE["url"] + reverse("portal:city", args=[each.city.slug]),
        }
        for each in found
    ]  # fmt: skip
