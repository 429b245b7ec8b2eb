"""Certificates of attendance: who may have one, how far their papers are, and whose are to be forgotten."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from creativecities.conference.compute import certifying
from creativecities.conference.models import Certificate, Delegate, Edition
from creativecities.conference.queries import attendance
from creativecities.conference.queries.outcomes import said

MADE_WITHIN = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Standing:
    """How far the certificates of an edition are."""

    basis: str
    waiting: int
    issued: int
    ready: int

    @property
    def is_under_way(self) -> bool:
        """Whether papers are still made."""
        return self.ready < self.issued


def basis_of(edition: Edition) -> str:
    """By the doors where any counted, else by the list that was confirmed. One statement."""
    return Certificate.Basis.CAME if attendance.check_ins(edition).exists() else Certificate.Basis.CONFIRMED


def without(edition: Edition, basis: str) -> QuerySet[Delegate]:
    """Who may have a certificate and has none, as long as their name is kept."""
    found = Delegate.objects.coming().named().filter(delegation__edition=edition, certificate__isnull=True)
    if basis == Certificate.Basis.CAME:
        found = found.filter(pk__in=attendance.came(edition).values("pk"))
    return found


def standing(edition: Edition) -> Standing:
    """Three statements."""
    basis = basis_of(edition)
    found = Certificate.objects.filter(edition=edition).aggregate(
        issued=Count("pk", filter=Q(delegate__isnull=False)), ready=Count("paper", filter=Q(delegate__isnull=False))
    )
    return Standing(basis, without(edition, basis).count(), **found)


def to_set(edition_pk: int | None = None) -> QuerySet[Certificate]:
    """Those whose paper is to be made."""
    found = Certificate.objects.filter(paper__isnull=True, delegate__isnull=False)
    found = found.filter(edition=edition_pk) if edition_pk else found
    return found.select_related("edition", "delegate__delegation__city__country", "delegate__person").order_by("pk")


def editions_that_wait() -> list[int]:
    """The editions with papers that should have been made long since. One statement."""
    late = to_set().filter(issued_at__lt=timezone.now() - MADE_WITHIN)
    return list(late.order_by("edition").values_list("edition", flat=True).distinct())


def to_forget() -> QuerySet[Certificate]:
    """Papers whose person is no longer among the delegates: they hold the name."""
    return Certificate.objects.filter(paper__isnull=False, delegate__isnull=True).select_related("paper")


def of_person(person: Any, edition: Edition) -> QuerySet[Certificate]:
    """Certificates of an edition that a person may download. One statement."""
    found = Certificate.objects.visible_to(person).filter(edition=edition, delegate__isnull=False)
    return found.select_related("delegate__delegation__city", "paper")


def with_code(code: str) -> Certificate | None:
    """The certificate that bears a code, for whoever has it: of the person no more than the initials. One statement."""
    return Certificate.objects.filter(code=code).select_related("edition").only("initials", "edition").first()


def on_paper(one: Certificate) -> dict[str, object]:
    """What the paper says, in the language that is active."""
    assert one.delegate
    edition, address = one.edition, settings.SITE["url"] + reverse("conference:certificate", args=[one.code])
    return {
        "one": one, "delegate": one.delegate, "city": one.delegate.delegation.city, "edition": edition,
        "title": said(edition.settings["about"]["title"]), "days": [dt.date.fromisoformat(day) for day in one.days],
        "code": certifying.grouped(one.code), "address": address, "picture": _picture(address),
    }  # fmt: skip


def _picture(address: str) -> SafeString:
    """The address as a QR code."""
    import qrcode  # slow to load, and few pages need it
    from qrcode.image.svg import SvgPathFillImage

    drawn: str = qrcode.make(address, image_factory=SvgPathFillImage, box_size=6).to_string(encoding="unicode")
    return SafeString(drawn)  # drawn by the library from an address of ours


def language_of(one: Certificate) -> str:
    """In which language a paper is made: the person's, else the first of the edition."""
    if one.delegate and one.delegate.person:
        return str(one.delegate.person.language)
    return str(next(iter(one.edition.settings["languages"]), get_language() or "en"))
