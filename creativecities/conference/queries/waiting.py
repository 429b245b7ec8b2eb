"""Who waits for a place, in the order of time, and who of them can be offered one now."""

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Delegate, Delegation, Edition, Seats
from creativecities.core import days
from creativecities.network import rules as network

AT_ONCE = 200
"""How many lapses one tick of the clock cares for."""


def line(edition: Edition) -> list[Delegate]:
    """Those for whom there is a place now, were it offered to them one after the other. Three statements at most."""
    waiting = Delegate.objects.filter(delegation__edition=edition, state=states.WAITING)
    open_to = waiting.filter(delegation__city__in=network.member_cities())
    rows = list(open_to.select_related("delegation__city").order_by("registered_at", "pk"))
    return list(_fitting(edition, rows)) if rows else []


def _fitting(edition: Edition, rows: list[Delegate]) -> Iterable[Delegate]:
    said = edition.settings["delegations"]
    taken = Seats.objects.filter(edition=edition).values_list("taken", flat=True).first() or 0
    free = len(rows) if said["seats"] is None else said["seats"] - taken
    cities = {each.delegation_id for each in rows}
    holding = Delegate.objects.filter(delegation__in=cities, state__in=states.STANDING)
    held = Counter(holding.values_list("delegation", "role"))
    whole = Counter({sent.pk: sent.taken for sent in (each.delegation for each in rows)})
    for each in rows:
        place, sent = (each.delegation_id, each.role), each.delegation_id
        if free > 0 and whole[sent] < said["most"] and held[place] < definition.quota(edition.settings, each.role):
            free, whole[sent], held[place] = free - 1, whole[sent] + 1, held[place] + 1
            each.delegation.edition = edition
            yield each


def competes(sent: Delegation) -> bool:
    """Whether a place that a delegation would take belongs to somebody who waits.

    One of the same delegation may need it; one of another does where the seats of the edition are counted.
    """
    counted = sent.edition.settings["delegations"]["seats"] is not None
    return any(counted or each.delegation_id == sent.pk for each in line(sent.edition))


def to_offer() -> list[Delegate]:
    """Who is offered a place now, in all editions that are to come. One statement where nobody waits."""
    found = Edition.objects.filter(
        state=states.ANNOUNCED, starts_on__gt=days.today(), delegations__delegates__state=states.WAITING
    ).distinct()
    return [each for edition in found for each in line(edition)]


def unconfirmed() -> list[Delegation]:
    """Delegations of editions to come with somebody who was not confirmed by name in time. One statement."""
    now = timezone.now()
    late = Delegation.objects.filter(
        edition__state=states.ANNOUNCED, edition__confirm_by__lte=now, edition__last_day__gte=days.today(),
        delegates__state=states.NOMINATED,
    ).exclude(open_until__gt=now)  # fmt: skip
    return list(late.select_related("edition", "city").order_by("pk").distinct()[:AT_ONCE])


def lapsed() -> list[Delegate]:
    """Offers that nobody answered in time. One statement."""
    found = Delegate.objects.filter(state=states.OFFERED, offered_until__lte=timezone.now())
    return list(found.select_related("delegation__edition", "delegation__city").order_by("offered_until")[:AT_ONCE])
