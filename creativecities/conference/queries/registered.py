"""What the Secretariat reads of all delegations to an edition, and which cities have not answered."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.core import days
from creativecities.core.text import fold
from creativecities.network import rules as network
from creativecities.network.models import City, Membership
from creativecities.network.models.people import in_force

UNANSWERED = "unanswered"
COLUMNS = ("city", "country", "region", "creative_field", "answer", "times", *definition.ROLES, "confirmed", "url")


def cities(edition: Edition) -> QuerySet[Any]:
    """The member cities of today, and those that registered and have left, with their answer to an edition.

    `times` is in how many editions held before it they were confirmed here; of earlier ones nothing is known.
    """
    mine = Delegation.objects.filter(edition=edition, city=OuterRef("pk"))
    held = Membership.objects.filter(in_force(days.today()), city=OuterRef("pk"))
    before = Delegation.objects.filter(
        city=OuterRef("pk"), state=states.CONFIRMED, edition__last_day__lt=edition.starts_on or days.today()
    ).exclude(edition=edition)
    counted = before.order_by().values("city").annotate(n=Count("pk")).values("n")
    found = City.objects.filter(Q(pk__in=network.member_cities()) | Q(Exists(mine)))
    return found.select_related("country__region").annotate(
        answer=Coalesce(Subquery(mine.values("state")[:1]), Value(UNANSWERED)),
        in_field=Subquery(held.values("field_id")[:1]),
        times=Coalesce(Subquery(counted), Value(0)),
    ).order_by("name", "pk")  # fmt: skip


def filtered(
    found: QuerySet[Any], *, q: str = "", answer: str = "", region: str = "", field: str = "", first: str = ""
) -> QuerySet[Any]:
    """Those that fit all of what is asked for."""
    if answer:
        found = found.filter(answer=answer)
    if region:
        found = found.filter(country__region=region)
    if field:
        found = found.filter(in_field=field)
    if first:
        found = found.filter(times=0) if first == "yes" else found.filter(times__gt=0)
    if wanted := fold(q):
        named = [pk for pk, name in found.values_list("pk", "name") if wanted in fold(name)]
        found = found.filter(pk__in=named)
    return found


def with_roles(edition: Edition, rows: Iterable[Any]) -> list[Any]:
    """The same cities with `roles`, how many come in each, and `confirmed`, how many of them by name. One statement."""
    rows = list(rows)
    sent = Delegate.objects.filter(
        delegation__edition=edition, delegation__city__in=[row.pk for row in rows], state__in=states.STANDING
    )
    counted: dict[int, Counter[str]] = {row.pk: Counter() for row in rows}
    for city, role, state in sent.values_list("delegation__city", "role", "state"):
        counted[city][role] += 1
        counted[city]["confirmed"] += state == states.CONFIRMED
    for row in rows:
        row.roles, row.confirmed = counted[row.pk], counted[row.pk]["confirmed"]
        row.people = [(Delegate.Role(role).label, row.roles[role]) for role in definition.ROLES if row.roles[role]]
        row.words = answer_words(row.answer)
    return rows


def numbers(found: QuerySet[Any]) -> list[tuple[Any, int]]:
    """How many cities have answered what, in the order of the table of states. One statement."""
    counted = Counter(found.values_list(F("answer"), flat=True))
    return [(label, counted[state]) for state, label in answers() if counted[state]]


def answers() -> list[tuple[str, Any]]:
    """Every answer with its words."""
    return [(UNANSWERED, _("no answer yet")), *Delegation.STATES.items()]


def answer_words(answer: str) -> Any:
    """One answer in words."""
    return dict(answers())[answer]


def as_row(row: Any, url: str) -> dict[str, Any]:
    """A city of `with_roles` for a table."""
    return {
        "city": row.name, "country": row.country_id, "region": row.country.region_id, "creative_field": row.in_field,
        "answer": row.answer, "times": row.times, **{role: row.roles[role] for role in definition.ROLES},
        "confirmed": row.confirmed, "url": url,
    }  # fmt: skip
