"""Who applies for a booth, and who chooses and places booths: None, or a Refusal with its reason."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute.plan import Plan, plan
from creativecities.conference.models import Booth, Edition
from creativecities.conference.rules import editions
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states as exchange
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.rules.speaking import speaks_for, speaks_for_member
from creativecities.network.models import City


def apply(person: Any, city: City, edition: Edition) -> Refusal | None:
    """A member city's own team, as long as applications are open."""
    return speaks_for_member(person, city) or is_open(edition)


def is_open(edition: Edition) -> Refusal | None:
    """Whether one can apply for a booth of an edition today."""
    hall = plan(edition.settings)
    if edition.state != states.ANNOUNCED or not hall.rows:
        return Refusal(_("No booths are given at this edition now."), code="no-fair")
    last = min(filter(None, (hall.apply_by, edition.starts_on)), default=None)
    if last is None or last < days.today():
        return Refusal(_("Applications for booths are closed."), code="closed")
    return None


def shows(city: City) -> Q:
    """What a city may show: published initiatives that it leads, or takes part in."""
    joined = Partner.objects.filter(city=city, state=exchange.CONFIRMED)
    return Q(state=exchange.PUBLISHED) & (Q(lead=city) | Q(pk__in=joined.values("initiative")))


def show(city: City, one: Initiative) -> Refusal | None:
    """What is shown is public, and the city's own."""
    if Initiative.objects.filter(shows(city), pk=one.pk).exists():
        return None
    return Refusal(_("A city shows published initiatives that it leads or takes part in."), code="not-its-own")


def there_already() -> Refusal:
    """One booth each."""
    return Refusal(
        _("There is an application for this booth already."),
        remedy=_("A city has one booth for itself, and one for each initiative."), code="there-already",
    )  # fmt: skip


def withdraw(person: Any, booth: Booth) -> Refusal | None:
    """The city's own team, also when the city has left the network."""
    return speaks_for(person, booth.city)


def decide(person: Any, booth: Booth) -> Refusal | None:
    """The Secretariat, of an edition that will be held."""
    return editions.run(person, booth.edition)


def full(hall: Plan) -> Refusal:
    """As many booths are chosen as the plan has places."""
    return Refusal(
        _("All %(number)s places are given.") % {"number": len(hall.places)},
        remedy=_("Decline one, or let the plan have more places."), code="full",
    )  # fmt: skip


def place(person: Any, booth: Booth, key: str) -> Refusal | None:
    """A chosen booth, on a place of the plan. Whether the place is free the database says."""
    if refusal := decide(person, booth):
        return refusal
    if booth.state != states.CHOSEN:
        return Refusal(_("A booth is chosen first, then placed."), code="not-chosen")
    if key and key not in plan(booth.edition.settings).keys:
        return Refusal(_("There is no such place on the plan."), code="no-place")
    return None


def redraw(person: Any, edition: Edition, hall: Plan, taken: Iterable[str], chosen: int) -> Refusal | None:
    """The Secretariat; booths that are chosen and placed keep their room."""
    if refusal := editions.run(person, edition):
        return refusal
    if chosen > len(hall.keys):
        return Refusal(_("%(number)s booths are chosen already.") % {"number": chosen}, code="too-small")
    if gone := sorted(set(taken) - set(hall.keys)):
        return Refusal(
            _("Booths stand on places that would go: %(places)s") % {"places": ", ".join(gone)},
            remedy=_("Place them elsewhere first."), code="places-taken",
        )  # fmt: skip
    return None
