"""Cities bid to host an edition, alone or together; the Secretariat checks and presents their bids."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.models import Bid, BidCity, Edition
from creativecities.conference.notices import hosting as notices
from creativecities.conference.rules import bids as rules
from creativecities.conference.rules import editions
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.core.words import flat
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import City


@action(quiet=True)
def begin(edition: Edition, city: City, *, title: str, language: str, by: Person) -> Bid:
    """Begin the bid of a city."""
    if refusal := rules.begin(by, edition, city):
        raise refusal
    bid = Bid.objects.create(edition=edition, title=title, language=language)
    _join(bid, city, 0, is_confirmed=True)
    record("conference.bid.begun", bid, by=by, city=city.name)
    return bid


@step
def _join(bid: Bid, city: City, position: int, *, is_confirmed: bool = False) -> None:
    try:
        with transaction.atomic():
            at = timezone.now() if is_confirmed else None
            BidCity.objects.create(bid=bid, edition_id=bid.edition_id, city=city, position=position, confirmed_at=at)
    except IntegrityError:
        raise rules.in_a_bid(city) from None


@action(quiet=True)
def save(bid: Bid, *, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Write a bid, on top of the version it was opened with: `title`, `language` and `answers`."""
    Bid.objects.filter(pk=bid.pk).update(version=F("version") + 1)
    bid.refresh_from_db()
    if refusal := rules.write(by, bid) or network.build_on_version(opened, newest=bid.version - 1, fewest=1):
        raise refusal
    before = {name: getattr(bid, name) for name in ("title", "language", "answers")}
    newer = list(Event.objects.about(bid).filter(kind="conference.bid.saved", facts__version__gt=opened).order_by("pk"))
    if newer:
        raise Conflict(
            by_name=newer[-1].actor_name, at=newer[-1].at, opened=newer[0].facts["before"],
            theirs=newer[-1].facts["after"],
        )  # fmt: skip
    if before == values:
        raise Refusal(network.UNCHANGED, code="unchanged")
    Bid.objects.filter(pk=bid.pk).update(**values)
    facts = {"version": bid.version, "before": flat(before), "after": flat(values)}
    bid.refresh_from_db()
    return record("conference.bid.saved", bid, by=by, **facts)


@action(quiet=True)
def ask(bid: Bid, city: City, *, by: Person) -> Event:
    """Ask another member city to host together."""
    if refusal := rules.write(by, bid):
        raise refusal
    if not network.is_member(city):
        raise Refusal(rules.NOT_MEMBER, code="not-a-member")
    _join(bid, city, bid.cities.count())
    notices.asked(bid, city)
    return record("conference.bid.asked", bid, by=by, city=city.name)


@action(quiet=True)
def confirm(part: BidCity, *, by: Person) -> Event:
    """Say by mandate that a city hosts along."""
    if refusal := rules.answer(by, part):
        raise refusal
    if not BidCity.objects.filter(pk=part.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now()):
        raise Refusal(network.UNCHANGED, code="unchanged")
    return record("conference.bid.confirmed", part.bid, by=by, city=part.city.name)


@action(quiet=True)
def decline(part: BidCity, *, by: Person) -> Event:
    """Say that a city does not host along: it leaves the bid and is free for another."""
    if refusal := rules.answer(by, part):
        raise refusal
    BidCity.objects.filter(pk=part.pk, position__gt=0).delete()
    return record("conference.bid.declined", part.bid, by=by, city=part.city.name)


@action(quiet=True)
def submit(bid: Bid, *, by: Person) -> Event:
    """Hand a bid in, by mandate."""
    if refusal := rules.submit(by, bid):
        raise refusal
    event = move(bid, "submit", by=by)
    Bid.objects.filter(pk=bid.pk).update(submitted_at=event.at)
    return event


@action(quiet=True)
def take_back(bid: Bid, *, by: Person) -> Event:
    """Write on, while bids are taken."""
    if refusal := rules.take_back(by, bid):
        raise refusal
    event = move(bid, "take_back", by=by)
    Bid.objects.filter(pk=bid.pk).update(submitted_at=None)
    return event


@action
def withdraw(bid: Bid, *, by: Person) -> Event:
    """Bid no more. Its cities are free for another bid."""
    if refusal := rules.withdraw(by, bid):
        raise refusal
    event = move(bid, "withdraw", by=by, cities=[each.city.name for each in bid.cities.all()])
    bid.cities.filter(position__gt=0).delete()
    bid.cities.update(edition=None)
    return event


@action(quiet=True)
def check(bid: Bid, *, is_eligible: bool, reason: str, by: Person) -> Event:
    """Say whether a bid is eligible, and why; its cities are told."""
    if refusal := rules.check(by, bid, reason):
        raise refusal
    event = move(bid, "admit" if is_eligible else "reject", by=by, reason=reason)
    Bid.objects.filter(pk=bid.pk).update(reason=reason)
    bid.reason = reason
    notices.checked(bid, event)
    return event


@action
def present(edition: Edition, *, by: Person) -> int:
    """Show all eligible bids to everybody at once; returns how many."""
    if refusal := editions.run(by, edition):
        raise refusal
    if edition.bids.filter(state=states.SUBMITTED).exists():
        raise Refusal(rules.UNCHECKED, code="unchecked")
    found = list(edition.bids.filter(state=states.ELIGIBLE))
    if not found:
        raise Refusal(rules.NOTHING_TO_PRESENT, code="no-bids")
    for bid in found:
        move(bid, "present", by=by)
    return len(found)
