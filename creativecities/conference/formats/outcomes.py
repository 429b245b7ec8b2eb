"""Outcome documents and their signatures as data, and as a paper."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from creativecities.conference.compute import outcomes as compute
from creativecities.conference.models import Outcome, OutcomeVersion
from creativecities.conference.queries.outcomes import Signed

COLUMNS = ("city", "country", "region", "role", "role_label", "signed_on", "version", "url")


def rows(version: OutcomeVersion, signed: Iterable[Signed]) -> list[dict[str, Any]]:
    """One row for each city that stands behind a version; nobody is named in data."""
    return [
        {
            "city": each.city.name, "country": each.city.country_id, "region": each.city.country.region_id,
            "role": each.role, "role_label": each.role_label, "signed_on": each.on, "version": version.number,
            "url": settings.SITE["url"] + reverse("portal:city", args=[each.city.slug]),
        }
        for each in signed
    ]  # fmt: skip


def document(one: Outcome, version: OutcomeVersion, signed: Iterable[Signed]) -> dict[str, Any]:
    """A version with its signatures. The fingerprint is that of `content`."""
    content = compute.content(one.edition.slug, one.slug, version.number, version.title, version.text)
    return {
        "kind": one.kind, "kind_label": one.get_kind_display(), "state": one.state, "published_at": version.at,
        "fingerprint": version.fingerprint, "content": content, "signatures": rows(version, signed),
    }  # fmt: skip
