"""What the Secretariat's desk counts and lists."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from creativecities.core.models import Mail
from creativecities.core.text import fold
from creativecities.network.models import City, Country, Imported, Listing, Mandate, Membership, Portrait

SOON = dt.timedelta(days=90)


def cities(today: dt.date, *, q: str = "", field: str = "", lacks: str = "") -> QuerySet[City]:
    """The members of a day and all other cities, with what the Secretariat looks for."""
    held = Mandate.objects.on(today).filter(city=OuterRef("pk"))
    found = City.objects.select_related("country", "designation__field").annotate(
        has_focal_point=Exists(held.filter(role="focal-point")),
        has_mayor=Exists(held.filter(role="mayor")),
        has_own_portrait=Exists(Portrait.objects.filter(city=OuterRef("pk"), is_current=True, by_hand=True)),
    )
    if words := fold(q):
        named = Listing.objects.filter(city=OuterRef("pk"), search__contains=words)
        found = found.filter(Q(Exists(named)) | Q(name__icontains=q))
    if field:
        held_fields = Membership.objects.filter(city=OuterRef("pk"), field=field, end__isnull=True)
        found = found.filter(Exists(held_fields))
    lacking = {
        "focal-point": Q(has_focal_point=False),
        "mayor": Q(has_mayor=False),
        "own-portrait": Q(has_own_portrait=False),
        "contact": Q(office_email=""),
    }
    return found.filter(lacking.get(lacks, Q())).order_by("name", "slug")


def due(today: dt.date) -> dict[str, int]:
    """How much of each kind waits for the Secretariat."""
    members = City.objects.filter(memberships__end__isnull=True, memberships__isnull=False)
    ending = Mandate.objects.on(today).filter(role__in=Mandate.FIELD_ROLES, end__lte=today + SOON)
    with_members = Country.objects.filter(cities__memberships__end__isnull=True, cities__memberships__isnull=False)
    officers = Mandate.objects.on(today).filter(commission__country=OuterRef("pk"), role="commission-officer")
    focal_points = Mandate.objects.on(today).filter(city=OuterRef("pk"), role="focal-point")
    return {
        "pending": pending().count(),
        "held": Mail.objects.filter(state=Mail.HELD).count(),
        "failed": Mail.objects.filter(state=Mail.FAILED).count(),
        "members": members.distinct().count(),
        "without_focal_point": members.filter(~Exists(focal_points)).distinct().count(),
        "ending": ending.count(),
        "without_officer": with_members.filter(~Exists(officers)).distinct().count(),
    }


def pending() -> QuerySet[Imported]:
    """What the files say otherwise than a person, and nobody has decided yet."""
    return Imported.objects.exclude(pending={}).order_by("label", "key")


def held_values(rows: list[Imported]) -> dict[int, dict[str, Any]]:
    """What the database holds for each row, by the row's id. One statement for each kind of thing."""
    found: dict[int, dict[str, Any]] = {}
    for label in {row.label for row in rows}:
        of_kind = [row for row in rows if row.label == label]
        columns = sorted({column for row in of_kind for column in row.pending})
        values = _values(label, [row.key for row in of_kind], columns)
        found |= {row.pk: values.get(row.key, {}) for row in of_kind}
    return found


def _values(label: str, keys: list[str], columns: list[str]) -> dict[str, dict[str, Any]]:
    model = apps.get_model(label)
    if label == "network.city":
        rows = model.objects.filter(slug__in=keys).values("slug", *columns)
        return {row["slug"]: row for row in rows}
    if label == "network.portrait":
        slugs = [key.split("/", 1)[0] for key in keys]
        of_city = model.objects.filter(city__slug__in=slugs, language="en", is_current=True)
        return {f"{row['city__slug']}/en": row for row in of_city.values("city__slug", *columns)}
    if label == "network.designation":
        return {
            row["city__slug"]: row for row in model.objects.filter(city__slug__in=keys).values("city__slug", *columns)
        }
    if label in ("network.cityname", "network.membership", "network.leastdevelopedperiod"):
        return {}
    return {str(row["pk"]): row for row in model.objects.filter(pk__in=keys).values("pk", *columns)}
