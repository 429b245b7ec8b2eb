"""The fair: which booths there are and where, who has asked for one, and what waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from creativecities.conference import states
from creativecities.conference.compute.plan import Place, plan
from creativecities.conference.models import Booth, Delegation, Edition
from creativecities.conference.rules import fair as rules
from creativecities.core import days
from creativecities.core.desk import Due
from creativecities.exchange import states as exchange
from creativecities.exchange.models import Initiative, Partner
from creativecities.network import rules as network
from creativecities.network.models import City

ORDER = (states.APPLIED, states.CHOSEN, states.DECLINED, states.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Stand:
    """A place on the plan, and the booth there, if there is one."""

    place: Place
    booth: Booth | None


def booths(edition: Edition, person: Any) -> list[Booth]:
    """The chosen booths in the order of the hall, those without a place last. One statement."""
    chosen = Booth.objects.visible_to(person).filter(edition=edition, state=states.CHOSEN)
    found = chosen.select_related("city__country", "initiative")
    order = {key: at for at, key in enumerate(plan(edition.settings).keys)}
    return sorted(found, key=lambda each: (order.get(each.place, len(order)), each.city.name, each.pk))


def hall(edition: Edition, found: Iterable[Booth]) -> list[Stand]:
    """Every place of the plan with its booth."""
    there = {each.place: each for each in found}
    return [Stand(place, there.get(place.key)) for place in plan(edition.settings).places]


def shown(booth: Booth) -> Initiative | None:
    """The record a booth shows, as long as it is public."""
    one = booth.initiative
    return one if one is not None and one.state == exchange.PUBLISHED else None


def cities_of(one: Initiative) -> list[City]:
    """Who does it: the city that leads, and those that have confirmed. One statement."""
    joined = Partner.objects.filter(initiative=one, state=exchange.CONFIRMED).values("city")
    found = City.objects.filter(Q(pk=one.lead_id) | Q(pk__in=joined)).select_related("country").order_by("name")
    return sorted(found, key=lambda city: city.pk != one.lead_id)


def applications(edition: Edition, person: Any) -> list[Booth]:
    """Everything that was asked for, for who decides: what waits comes first. One statement."""
    found = Booth.objects.visible_to(person).filter(edition=edition).select_related("city", "initiative")
    return sorted(found.order_by("applied_at", "pk"), key=lambda each: ORDER.index(each.state))


def free_places(booth: Booth) -> list[str]:
    """Where a booth may stand: where it stands, and where nobody does. One statement."""
    others = Booth.objects.filter(edition=booth.edition_id).exclude(place="").exclude(pk=booth.pk)
    taken = set(others.values_list("place", flat=True))
    return [key for key in plan(booth.edition.settings).keys if key not in taken]


def own(edition: Edition, city: City) -> QuerySet[Booth]:
    """What a city has asked for."""
    found = Booth.objects.filter(edition=edition, city=city)
    return found.select_related("initiative", "city", "edition").order_by("-applied_at", "-pk")


def given_up(edition: Edition, city: City) -> list[Booth]:
    """The booths a city leaves when it does not come: all but those for what it does with another that comes."""
    coming = Delegation.objects.filter(edition=edition).exclude(state=states.DECLINED).exclude(city=city)
    there = set(coming.values_list("city_id", flat=True))
    live = Booth.objects.live().filter(edition=edition, city=city).select_related("initiative").order_by("pk")
    return [
        each for each in live
        if each.initiative is None or not there & {one.pk for one in cities_of(each.initiative)}
    ]  # fmt: skip


def of_cities_that_left() -> QuerySet[Booth]:
    """Booths of editions that are not over whose city is no member any more. One statement."""
    ahead = Booth.objects.live().filter(edition__last_day__gte=days.today())
    gone = ahead.exclude(city__in=network.member_cities())
    return gone.select_related("edition", "city").order_by("pk")


def choices(edition: Edition, city: City) -> QuerySet[Initiative]:
    """What a city can still ask a booth for."""
    taken = Booth.objects.live().filter(edition=edition, initiative__isnull=False)
    return Initiative.objects.filter(rules.shows(city)).exclude(pk__in=taken.values("initiative")).order_by("title")


def cities(edition: Edition, person: Any) -> list[City]:
    """For whom this person may apply, and whether each sends a delegation. One statement."""
    if not person.is_authenticated:
        return []
    sends = Exists(Delegation.objects.filter(edition=edition, city=OuterRef("pk")))
    return list(City.objects.filter(pk__in=network.team_cities(person)).annotate(sends=sends).order_by("name"))


def due_for(person: Any) -> Iterator[Due]:
    """Applications for booths that wait for the Secretariat. One statement."""
    if not network.is_secretariat(person):
        return
    ahead = Booth.objects.filter(state=states.APPLIED, edition__last_day__gte=days.today())
    waiting = ahead.exclude(edition__state=states.CANCELLED).values("edition__slug").annotate(number=Count("pk"))
    for each in waiting.order_by("edition__slug"):
        words = ngettext(
            "%(number)s application for a booth at the fair", "%(number)s applications for a booth at the fair",
            each["number"],
        )  # fmt: skip
        url = reverse("conference:lead_fair", args=[each["edition__slug"]])
        yield Due(words % {"number": each["number"]}, url)
