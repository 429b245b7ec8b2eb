"""What the Secretariat's desk counts and lists."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.core import access, days, outbox
from creativecities.core.desk import Due
from creativecities.core.models import Mail
from creativecities.core.text import fold
from creativecities.network.formats import further
from creativecities.network.models import City, Country, Imported, Listing, Mandate, Membership, Portrait


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


def due(person: Any, today: dt.date) -> dict[str, int]:
    """How much of each kind waits for this officer of the Secretariat."""
    members = City.objects.filter(memberships__end__isnull=True, memberships__isnull=False)
    ending = Mandate.objects.on(today).filter(role__in=Mandate.FIELD_ROLES, end__lte=today + Mandate.ENDS_SOON)
    with_members = Country.objects.filter(cities__memberships__end__isnull=True, cities__memberships__isnull=False)
    officers = Mandate.objects.on(today).filter(commission__country=OuterRef("pk"), role="commission-officer")
    focal_points = Mandate.objects.on(today).filter(city=OuterRef("pk"), role="focal-point")
    return {
        "pending": pending().count(),
        "held": outbox.watched(person).filter(state=Mail.HELD).count(),
        "failed": outbox.watched(person).filter(state=Mail.FAILED).count(),
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
    if label in further.registered():
        return {key: dict(values) for key, values in further.registered()[label].held().items() if key in keys}
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


def waiting(counts: dict[str, int]) -> list[dict[str, Any]]:
    """What waits for the Secretariat, in the order in which it should be done."""
    cities, outbox = reverse("network:secretariat_cities"), reverse("network:secretariat_outbox")
    lines = [
        (counts["failed"], f"{outbox}?state=failed",
         ngettext("%d mail could not be delivered", "%d mails could not be delivered", counts["failed"]),
         _("Read them")),
        (counts["held"], f"{outbox}?state=held",
         ngettext("%d mail waits to be read and released", "%d mails wait to be read and released", counts["held"]),
         _("Read and release")),
        (counts["pending"], reverse("network:secretariat_data"),
         ngettext("%d difference between the files and what people wrote",
                  "%d differences between the files and what people wrote", counts["pending"]), _("Decide")),
        (counts["ending"], reverse("network:secretariat_fields"),
         ngettext("%d coordinator’s term ends within 90 days", "%d coordinators’ terms end within 90 days",
                  counts["ending"]), _("See the sub-networks")),
        (counts["without_focal_point"], f"{cities}?lacks=focal-point",
         ngettext("%d member city has no focal point here", "%d member cities have no focal point here",
                  counts["without_focal_point"]), _("Invite them")),
        (counts["without_officer"], reverse("network:secretariat_commissions"),
         ngettext("%d country with members has no commission officer here",
                  "%d countries with members have no commission officer here", counts["without_officer"]),
         _("See the commissions")),
    ]  # fmt: skip
    return [{"url": url, "text": text % count, "act": act} for count, url, text, act in lines if count]


def due_for(person: Any) -> Iterable[Due]:
    """The same on the desk of an officer of the Secretariat."""
    if "secretariat" in access.roles(person):
        for row in waiting(due(person, days.today())):
            yield Due(title=row["text"], url=row["url"], detail=row["act"])
