"""Member cities have voted who hosts the next conference; it is announced, and cities register for it."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import jobs, states
from creativecities.conference.actions import delegates, editions
from creativecities.conference.models import Delegate, Delegation, Edition, Seats
from creativecities.demo.story import clock, fairs, gathering, hosting, programme, sending, words
from creativecities.demo.story.gathering import DAY, HOUR

NAME = "next"
OPENED = -30 * DAY
"""Since then cities register."""
NOTE = "A first draft of four days. Rooms and hours will still change; tell us what is missing."


def is_told() -> bool:
    return gathering.is_told(NAME)


def tell() -> Iterator[str]:
    """Says who hosts, and how many answer."""
    officer, now = Person.objects.get(email="secretariat@example.org"), timezone.now()
    edition = gathering.draft(NAME, now - 160 * DAY, by=officer)
    zone = _choose_hosts(edition, now, by=officer)
    yield f"{', '.join(host.name for host in edition.hosts.all())} will host the next conference"
    ends = (now + OPENED, now + 60 * DAY, now + 100 * DAY)
    gathering.set_days(edition, NAME, zone, ends, now - 45 * DAY, by=officer)
    _register(edition, now + OPENED, by=officer)
    yield f"{Delegation.objects.filter(edition=edition).count()} cities have answered"
    number = programme.plan(edition, NAME, now - 3 * DAY, by=officer)
    programme.release(edition, NOTE, now - 2 * DAY, by=officer)
    yield f"{number} sessions released"
    fairs.apply(edition, NAME, now - 20 * DAY, by=officer)


def _choose_hosts(edition: Edition, now: dt.datetime, *, by: Person) -> str:
    """Announced without days, offered for, voted on. Returns the zone of the hosts."""
    with clock.at(now - 155 * DAY):
        editions.announce(edition, by=by)
        hosting.look_for_hosts(edition, now - 120 * DAY, by=by)
    return hosting.vote(edition, hosting.bid(edition, NAME, now - 150 * DAY), now - 110 * DAY, by=by)


def _register(edition: Edition, opened: dt.datetime, *, by: Person) -> None:
    """Each city as its course in the story says; who comes last finds all places taken."""
    late = []
    for one in sending.parties(NAME):
        course = one[NAME]
        on = opened + words.number(one.city.slug, 1, 18) * DAY + words.number(one.city.slug + "hour", 6, 15) * HOUR
        if course == "declined":
            sending.decline(edition, one, on)
        elif course == "waits":
            sending.nominate(edition, one, on, roles=one.roles[:1])
            late.append(one)
        else:
            sending.nominate(edition, one, on, roles=one.roles, named=course != "places")
        if course == "confirmed":
            sending.confirm(edition, one, on + 4 * DAY)
    with clock.at(opened + 25 * DAY):
        gathering.save(edition, "delegations", {"seats": Seats.objects.get(edition=edition).taken}, by=by)
    for step, one in enumerate(late):
        sending.nominate(edition, one, opened + 25 * DAY + step * HOUR, roles=one.roles[1:], waits=True)
    _give_back(edition, opened + 28 * DAY)


def _give_back(edition: Edition, on: dt.datetime) -> None:
    """Somebody withdraws: who waits longest is offered the place."""
    found = Delegate.objects.filter(delegation__edition=edition, state=states.CONFIRMED, role="expert")
    one = found.select_related("delegation__edition", "delegation__city").last()
    if one is not None:
        contact = Person.objects.get(email=f"focal-point@{one.delegation.city.slug}.example.org")
        with clock.at(on):
            delegates.withdraw(one, along=False, by=contact)
            jobs.offer_places()
