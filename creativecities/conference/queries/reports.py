"""The report of a conference, put together from what cities share of their trip reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.compute import reporting
from creativecities.conference.compute.reporting import CITY, IDEA, IMPRESSION, SESSION
from creativecities.conference.models import Delegate, Delegation, Edition, Report, TripNote, TripReport
from creativecities.conference.queries.outcomes import said
from creativecities.core import days, language
from creativecities.core.words import Words
from creativecities.exchange.models import Initiative, Need
from creativecities.network.models import City, Membership
from creativecities.network.models.people import in_force

PART_LABELS = {
    "numbers": gettext_lazy("In numbers"),
    "sessions": gettext_lazy("Sessions"),
    "fields": gettext_lazy("Impressions, by creative field"),
    "cities": gettext_lazy("Who met whom"),
    "ideas": gettext_lazy("Ideas"),
}


@dataclass(frozen=True)
class Said:
    """One text as it was written, with who says it: a city, and of a person the role."""

    city: City
    role: str
    text: str
    language: str
    initiative: Initiative | None = None
    need: Need | None = None


@dataclass(frozen=True)
class Chapter:
    """What is said under one heading."""

    key: str
    title: Words
    field: str
    said: list[Said]


@dataclass(frozen=True)
class Part:
    """A part of the report; a machine’s part holds what the platform counted or listed."""

    key: str
    label: str
    is_machine: bool
    chapters: list[Chapter]
    rows: list[tuple[Any, Any]]


@dataclass(frozen=True)
class Assembled:
    """The report as a reader gets it."""

    report: Report
    introduction: Words
    parts: list[Part]
    cities: list[City]


def of(person: Any, report: Report) -> Assembled:
    """Put a report together from what this person may read. Three statements."""
    edition = report.edition
    day = edition.starts_on or days.today()
    held = Membership.objects.filter(in_force(day), city=OuterRef("report__delegation__city"))
    own_name = F(f"field__name_{language.short(get_language() or 'en')}")
    notes: list[Any] = list(
        TripNote.objects.exclude(text="")
        .filter(report__in=TripReport.objects.visible_to(person).filter(
            delegation__edition=edition, state=states.HANDED_IN))
        .select_related("report__delegation__city__country", "initiative", "need")
        .annotate(
            in_field=Subquery(held.values("field_id")[:1]),
            field_name=Subquery(held.values(said=Coalesce(NullIf(own_name, Value("")), F("field__name_en")))[:1]),
            met=Subquery(City.objects.filter(slug=OuterRef("key")).values("name")[:1]),
            sees_initiative=Exists(Initiative.objects.visible_to(person).filter(pk=OuterRef("initiative"))),
            sees_need=Exists(Need.objects.visible_to(person).filter(pk=OuterRef("need"))),
        )
        .order_by("report__delegation__city__name", "pk")
    )  # fmt: skip
    cities = list({note.report.delegation.city_id: note.report.delegation.city for note in notes}.values())
    made = {
        "sessions": lambda: _sessions(edition, notes),
        "fields": lambda: _fields(notes),
        "ideas": lambda: _ideas(notes),
    }
    parts = []
    for key in reporting.in_order({**dict(zip(reporting.PARTS, range(1, 9), strict=False)), **report.places}):
        chapters = made[key]() if key in made else []
        rows = _numbers(edition, len(cities)) if key == "numbers" else _met(notes) if key == "cities" else []
        if chapters or rows:
            parts.append(Part(key, str(PART_LABELS[key]), key in ("numbers", "cities"), chapters, rows))
    return Assembled(report, said(report.introduction), parts, cities)


def _said(note: Any, **more: Any) -> Said:
    role = str(dict(Delegate.Role.choices).get(note.role, ""))
    return Said(note.report.delegation.city, role, note.text, note.language, **more)


def _sessions(edition: Edition, notes: Iterable[Any]) -> list[Chapter]:
    """Per session, in the order of the released programme; one that is not in it any more comes last. One statement."""
    by_key: dict[str, list[Said]] = {}
    for note in notes:
        if note.kind == SESSION:
            by_key.setdefault(note.key, []).append(_said(note))
    newest = edition.releases.values_list("listing", flat=True).first() if by_key else None
    titles = {row["guid"]: said(row["title"]) for row in newest["sessions"]} if newest else {}
    order = [key for key in titles if key in by_key] + [key for key in by_key if key not in titles]
    elsewhere = Words(_("Sessions that were dropped from the programme"), "")
    return [Chapter(key, titles.get(key, elsewhere), "", by_key[key]) for key in order]


def _fields(notes: Iterable[Any]) -> list[Chapter]:
    """Impressions by the field each city held at the time."""
    by_field: dict[tuple[str, str], list[Said]] = {}
    for note in notes:
        if note.kind == IMPRESSION:
            by_field.setdefault((note.field_name or "", note.in_field or ""), []).append(_said(note))
    order = sorted(by_field, key=lambda field: (not field[1], field))
    return [
        Chapter(key or "none", Words(name or _("Without a field"), ""), key, by_field[name, key]) for name, key in order
    ]


def _ideas(notes: Iterable[Any]) -> list[Chapter]:
    """Every idea; what it became is shown where everybody may see that."""
    found = [
        _said(
            note, initiative=note.initiative if note.sees_initiative else None,
            need=note.need if note.sees_need else None,
        )
        for note in notes if note.kind == IDEA
    ]  # fmt: skip
    return [Chapter("ideas", Words("", ""), "", found)] if found else []


def _met(notes: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Who says whom it met, city by city."""
    met: dict[City, list[str]] = {}
    for note in notes:
        if note.kind == CITY and note.met:
            met.setdefault(note.report.delegation.city, []).append(note.met)
    return list(met.items())


def _numbers(edition: Edition, shared: int) -> list[tuple[Any, Any]]:
    """What the platform counts. One statement."""
    coming = Q(delegates__state=states.CONFIRMED)
    found = Delegation.objects.filter(edition=edition).exclude(state=states.DECLINED).filter(coming).aggregate(
        cities=Count("pk", distinct=True), people=Count("delegates", filter=coming, distinct=True),
        mayors=Count("delegates", filter=coming & Q(delegates__role="mayor"), distinct=True),
        countries=Count("city__country", distinct=True),
    )  # fmt: skip
    return [
        (_("Cities with confirmed delegates"), found["cities"]), (_("Countries"), found["countries"]),
        (_("Confirmed delegates"), found["people"]), (_("Mayors"), found["mayors"]),
        (_("Cities that share their trip report here"), shared),
    ]  # fmt: skip


def handed_in(edition: Edition) -> list[TripReport]:
    """The trip reports that are handed in, with their cities, for those who arrange them. One statement."""
    found = TripReport.objects.filter(delegation__edition=edition, state=states.HANDED_IN)
    return list(found.select_related("delegation__city"))
