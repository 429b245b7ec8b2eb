"""Badges as they are printed: whose they are, and what stands on them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.compute import qr
from creativecities.conference.models import Badge, Edition, Printing
from creativecities.conference.queries import editions

KEPT = dt.timedelta(days=7)
STILL = dt.timedelta(minutes=5)
"""After so long without a sheet a worker is taken for dead."""


def holding(edition: Edition) -> QuerySet[Badge]:
    """The badges that hold, of those who come, in the order of cities."""
    found = Badge.objects.filter(delegate__delegation__edition=edition, delegate__state=states.CONFIRMED)
    return found.filter(revoked_at=None).order_by("delegate__delegation__city__name", "delegate__name", "pk")


def drawn(edition: Edition, badges: Sequence[int]) -> dict[str, Any]:
    """What `conference/badges.html` shows: some badges, in the order in which they are named."""
    related = "delegate__delegation__city__country"
    found = Badge.objects.filter(pk__in=badges).select_related(related).in_bulk()
    rows = [found[pk] for pk in badges if pk in found]
    return {
        "shown": editions.shown(edition), "edition": edition,
        "badges": [(each.delegate, qr.drawing(each.token)) for each in rows],
    }  # fmt: skip


def language_of(edition: Edition) -> str:
    """In which language badges are set: the first of the edition."""
    return str(edition.settings["languages"][0])


def last(edition: Edition) -> Printing | None:
    """What was last printed of an edition, or is being printed."""
    return Printing.objects.filter(edition=edition).select_related("file").first()


def dead() -> list[Printing]:
    """Printings whose worker is gone."""
    return list(Printing.objects.filter(file=None, beat_at__lt=timezone.now() - STILL))


def over() -> list[Printing]:
    """Printings that are kept no longer."""
    return list(Printing.objects.filter(began_at__lt=timezone.now() - KEPT))
