"""Invitation letters as they are read: of an edition, of a delegate, by their code, and what the paper says."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from creativecities.conference.compute import certifying, inviting, qr
from creativecities.conference.models import Delegate, Edition, Letter
from creativecities.conference.queries import delegations
from creativecities.conference.queries.outcomes import said
from creativecities.core.words import in_language


def confirmed(edition: Edition) -> QuerySet[Delegate]:
    """Who is confirmed by name."""
    return Delegate.objects.coming().filter(delegation__edition=edition).select_related("delegation__city", "person")


def of_edition(edition: Edition) -> QuerySet[Letter]:
    """All letters of an edition, the newest first."""
    found = Letter.objects.filter(edition=edition, delegate__isnull=False).order_by("-number")
    return found.select_related("edition", "delegate__delegation__city")


def of_delegate(delegate: Delegate) -> Letter | None:
    """The letter of a delegate that was issued last and not withdrawn. One statement."""
    found = Letter.objects.filter(delegate=delegate, ended_at=None)
    return found.select_related("edition", "delegate__delegation__city__country").first()


def with_code(code: str) -> Letter | None:
    """The letter that bears a code, for whoever has it: of the person no more than the initials. One statement."""
    return Letter.objects.filter(code=code).select_related("edition", "delegate__delegation").first()


def on_paper(letter: Letter, passport: str, language: str) -> dict[str, Any]:
    """What the paper says, in the language that is active; the passport number is typed for it and kept nowhere."""
    one, edition = letter.delegate, letter.edition
    assert one
    assert edition.starts_on
    assert edition.last_day
    own = edition.settings.get("letter", {})
    wording = in_language(own.get("wording", {}), language, ())[0] or inviting.usual()
    hosts = [f"{each.name}, {each.country.name}" if each.country else each.name
             for each in edition.hosts.select_related("country")]  # fmt: skip
    days = [date_format(day, "DATE_FORMAT") for day in delegations.days_of(edition)
            if not one.days or day.isoformat() in one.days]  # fmt: skip
    words = {
        "name": one.latin_name or one.name, "role": str(one.get_role_display()), "city": one.delegation.city.name,
        "country": str(one.delegation.city.country.name), "edition": str(said(edition.settings["about"]["title"])),
        "first": date_format(edition.starts_on, "DATE_FORMAT"), "last": date_format(edition.last_day, "DATE_FORMAT"),
        "days": ", ".join(days) if one.days else _("all days"), "place": " · ".join(hosts),
        "network": settings.SITE["name"],
    }  # fmt: skip
    return {
        "letter": letter, "paragraphs": inviting.filled(wording, words), "delegate": one, "words": words,
        "passport": passport, "code": certifying.grouped(letter.code), "qr": qr.drawing(address := _address(letter)),
        "address": address, "signed_by": in_language(own.get("signed_by", {}), language, ())[0],
    }  # fmt: skip


def _address(letter: Letter) -> str:
    return str(settings.SITE["url"]) + reverse("conference:letter_code", args=[letter.code])
