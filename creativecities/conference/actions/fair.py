"""Booths of the fair: applied for by a city, chosen or declined, placed on the plan."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute.plan import Plan, plan
from creativecities.conference.models import Booth, Edition
from creativecities.conference.notices import fair as notices
from creativecities.conference.queries import fair as queries
from creativecities.conference.rules import fair as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange.models import Initiative
from creativecities.network.models import City


@action
def apply(
    edition: Edition, city: City, *, initiative: Initiative | None, text: str, language: str, needs: str, by: Person
) -> Booth:
    """Ask for a booth in a city's name: for the city, or for what it does with others."""
    if refusal := rules.apply(by, city, edition) or (initiative and rules.show(city, initiative)):
        raise refusal
    booth = Booth(edition=edition, city=city, initiative=initiative, text=text, language=language, needs=needs)
    try:
        with transaction.atomic():
            booth.save(force_insert=True)
    except IntegrityError:
        raise rules.there_already() from None
    record("conference.booth.applied", booth, by=by)
    return booth


@action
def withdraw(booth: Booth, *, by: Person) -> Event:
    """The city does not want its booth after all; the place is free."""
    if refusal := rules.withdraw(by, booth):
        raise refusal
    event = move(booth, "withdraw", by=by)
    _free(booth)
    return event


@step
def give_up(edition: Edition, city: City, *, by: Actor) -> None:
    """A city that does not come has no booth; one for what it does with others stays while one of them comes."""
    for booth in queries.given_up(edition, city):
        move(booth, "withdraw", by=by)
        _free(booth)


@action
def lapse(booth: Booth, *, by: Actor) -> Event:
    """The booth of a city that has left the network is free."""
    event = move(booth, "withdraw", by=by)
    _free(booth)
    return event


@action
def choose(booth: Booth, *, by: Person) -> Event:
    """Give a booth to who applied, as long as the plan has room for one more."""
    edition = Edition.objects.select_for_update().get(pk=booth.edition_id)  # of two officers one waits for the other
    if refusal := rules.decide(by, booth):
        raise refusal
    hall = plan(edition.settings)
    taken = set(edition.booths.filter(number__isnull=False).values_list("number", flat=True))
    free = next((number for number in range(1, len(hall.keys) + 1) if number not in taken), None)
    if free is None:
        raise rules.full(hall)
    Booth.objects.filter(pk=booth.pk, state=states.APPLIED).update(number=free)
    event = move(booth, "choose", by=by)
    notices.told(booth, event)
    return event


@action
def decline(booth: Booth, *, reason: str, by: Person) -> Event:
    """Give no booth, or take one back, with a reason that the city reads."""
    if refusal := rules.decide(by, booth):
        raise refusal
    if not reason:
        raise Refusal(_("Say why: the city will read it."), code="no-reason")
    event = move(booth, "decline", by=by)
    Booth.objects.filter(pk=booth.pk).update(reason=reason)
    _free(booth)
    notices.told(booth, event)
    return event


def _free(booth: Booth) -> None:
    Booth.objects.filter(pk=booth.pk).update(number=None, place="")


@action
def place(booth: Booth, key: str, *, by: Person) -> Event:
    """Put a chosen booth on a place of the plan, or take it off; two never stand on one."""
    Edition.objects.select_for_update().get(pk=booth.edition_id)  # nobody redraws the plan meanwhile
    booth = Booth.objects.select_related("edition", "city").get(pk=booth.pk)
    if refusal := rules.place(by, booth, key):
        raise refusal
    try:
        with transaction.atomic():
            Booth.objects.filter(pk=booth.pk, state=states.CHOSEN).update(place=key)
    except IntegrityError:
        raise Refusal(_("Another booth stands there by now."), code="place-taken") from None
    event = record("conference.booth.placed", booth, by=by, place=key)
    booth.place = key
    notices.told(booth, event)
    return event


@action
def draw_plan(edition: Edition, hall: Plan, *, opened: int, by: Person) -> Event:
    """Say how many places each row of the hall has, and until when cities apply."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    chosen = Booth.objects.filter(edition=edition, state=states.CHOSEN)
    taken = chosen.exclude(place="").values_list("place", flat=True)
    if refusal := rules.redraw(by, edition, hall, taken, chosen.count()):
        raise refusal
    if edition.version != opened:
        raise Refusal(
            _("Somebody has changed the settings of this edition in the meantime."),
            remedy=_("Look at what they say now, then save again."), code="changed-meanwhile",
        )  # fmt: skip
    said = {"rows": list(hall.rows), "apply_by": hall.apply_by.isoformat() if hall.apply_by else ""}
    Edition.objects.filter(pk=edition.pk).update(settings={**edition.settings, "fair": said}, version=F("version") + 1)
    return record("conference.edition.fair_planned", edition, by=by, **said)
