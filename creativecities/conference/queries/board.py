"""Who is here today: by region, field and first-timers, by door; and what is to be looked at."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from creativecities.conference import states
from creativecities.conference.models import CheckIn, Delegate, Delegation, Door, Edition, Scan
from creativecities.conference.queries.door_list import day_of
from creativecities.core import days
from creativecities.network.models import CreativeField, Listing, Region

Verdict = Scan.Verdict
TO_LOOK_AT = (Verdict.CLASH, Verdict.REFUSED, Verdict.REVOKED, Verdict.FORGED, Verdict.TURNED_AWAY)
NEWEST = 100


@dataclass(frozen=True)
class Row:
    """One group of people: how many are here today, of how many that come."""

    label: str
    here: int
    coming: int


@dataclass(frozen=True)
class Board:
    """The state of the house."""

    day: dt.date
    here: int
    coming: int
    cities: int
    regions: list[Row]
    fields: list[Row]
    first: Row
    doors: list[Door]


def board(edition: Edition) -> Board:
    """Today, by the calendar of the place. Eight statements."""
    day = day_of(edition)
    coming = dict(Delegate.objects.coming().filter(delegation__edition=edition).values_list("pk", "delegation__city"))
    came = CheckIn.objects.filter(delegate__delegation__edition=edition, day=day)
    here = set(came.values_list("delegate_id", flat=True)) & coming.keys()
    groups = _groups(coming.values())
    regions = {each.pk: str(each.name) for each in Region.objects.all()}
    fields = {each.pk: str(each.name) for each in CreativeField.objects.all()}
    again = _came_before(edition)
    first = {pk for pk, city in coming.items() if city not in again}
    return Board(
        day, len(here), len(coming), len({coming[pk] for pk in here}),
        _rows({pk: groups.get(city, ("", ""))[0] for pk, city in coming.items()}, here, regions),
        _rows({pk: groups.get(city, ("", ""))[1] for pk, city in coming.items()}, here, fields),
        Row("", len(first & here), len(first)), list(doors_of(edition, day)),
    )  # fmt: skip


def _groups(cities: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Region and field of cities, as members of today."""
    rows = Listing.objects.on(days.today()).filter(city__in=set(cities))
    return {city: (region, field) for city, region, field in rows.values_list("city_id", "region_id", "field_id")}


def _came_before(edition: Edition) -> set[int]:
    """Cities that confirmed a delegation to an earlier edition; of those before this platform nothing is known."""
    earlier = Delegation.objects.filter(edition__starts_on__lt=edition.starts_on or dt.date.max)
    confirmed = earlier.filter(state=states.CONFIRMED).exclude(edition=edition)
    return set(confirmed.values_list("city_id", flat=True))


def _rows(group_of: dict[int, str], here: set[int], labels: dict[str, str]) -> list[Row]:
    """The largest group first; who is in none is left out."""
    coming = Counter(group for group in group_of.values() if group)
    inside = Counter(group_of[pk] for pk in here)
    return [Row(labels[group], inside[group], number) for group, number in coming.most_common()]


def doors_of(edition: Edition, day: dt.date) -> QuerySet[Door]:
    """Doors with how many came in by each on a day, and when it last handed something in. One statement."""
    return (
        Door.objects.filter(edition=edition)
        .select_related("session")
        .annotate(
            people=Count("check_ins", filter=Q(check_ins__day=day), distinct=True),
            heard_at=Max("scans__received_at"),
        )
    )


def to_look_at(edition: Edition) -> QuerySet[Scan]:
    """What does not go together, the newest first, without what was undone. One statement."""
    odd = Scan.objects.filter(door__edition=edition, verdict__in=TO_LOOK_AT, undone_by__isnull=True)
    return odd.select_related("door", "delegate__delegation__city").order_by("-at", "-pk")[:NEWEST]
