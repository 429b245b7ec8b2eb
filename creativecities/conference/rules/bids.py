"""Who bids to host an edition, who sees a bid, and what becomes of it: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Bid, BidCity, Edition, Vote
from creativecities.conference.rules import editions, signing
from creativecities.core.clocks import instant
from creativecities.core.refusal import Refusal
from creativecities.exchange.rules import speaks_for_member
from creativecities.network import rules as network
from creativecities.network.models import City

NOT_MEMBER = _("Only member cities host together.")
UNCHECKED = _("A bid is not checked yet: all are presented at once.")
NOTHING_TO_PRESENT = _("There is no eligible bid to present.")
SUBMITTED = (states.SUBMITTED, states.ELIGIBLE, states.INELIGIBLE, states.PRESENTED)
"""In these the Secretariat has the bid."""


def visible_to(person: Any) -> Q:
    """Once presented everybody; before, the teams and mayors of its cities, and the Secretariat what was submitted."""
    query = Q(state=states.PRESENTED)
    if network.is_secretariat(person):
        return query | Q(submitted_at__isnull=False)
    if not person.is_authenticated:
        return query
    mine = signing.mandates(person).filter(city__isnull=False).values("city")
    return query | Q(pk__in=BidCity.objects.filter(city__in=mine).values("bid"))


def takes_bids(edition: Edition) -> Refusal | None:
    """An announced edition until its day for bids."""
    until = definition.part(edition.settings, "hosting")["bids_until"]
    if edition.state != states.ANNOUNCED or not until:
        return Refusal(_("No host is looked for for this edition."), code="no-search")
    if instant(until, edition.zone) <= timezone.now():
        return Refusal(_("The day until which cities bid has passed."), code="bids-closed")
    return None


def begin(person: Any, edition: Edition, city: City) -> Refusal | None:
    """The team of a member city that stands in no other bid, while bids are taken."""
    if refusal := takes_bids(edition) or speaks_for_member(person, city):
        return refusal
    return in_a_bid(city) if BidCity.objects.filter(edition=edition, city=city).exists() else None


def in_a_bid(city: City) -> Refusal:
    """A city stands in one bid."""
    return Refusal(_("%(city)s stands in a bid for this edition already.") % {"city": city.name}, code="in-a-bid")


def write(person: Any, bid: Bid) -> Refusal | None:
    """The team of its first city, while it is a draft and bids are taken."""
    if refusal := takes_bids(bid.edition) or speaks_for_member(person, lead(bid)):
        return refusal
    if bid.state != states.DRAFT:
        return Refusal(_("A bid is changed as long as it is a draft."), code="not-a-draft")
    return None


def lead(bid: Bid) -> City:
    """The city that leads a bid."""
    return next(each.city for each in bid.cities.all() if each.position == 0)


def submit(person: Any, bid: Bid) -> Refusal | None:
    """By a mandate of its first city, when every other has confirmed and all that must be is answered."""
    if refusal := takes_bids(bid.edition) or signing.bind(person, lead(bid)):
        return refusal
    silent = [each.city.name for each in bid.cities.all() if each.confirmed_at is None]
    if silent:
        return Refusal(_("Not confirmed yet: %(cities)s.") % {"cities": ", ".join(silent)}, code="not-confirmed")
    wanted = definition.listed(bid.edition.settings, "criteria")
    if any(each["is_required"] and bid.answers.get(each["key"]) in (None, "", False) for each in wanted):
        return Refusal(_("Something that must be answered is not answered yet."), code="incomplete")
    return None


def take_back(person: Any, bid: Bid) -> Refusal | None:
    """To write on, while bids are taken."""
    return takes_bids(bid.edition) or signing.bind(person, lead(bid))


def withdraw(person: Any, bid: Bid) -> Refusal | None:
    """By a mandate of its first city, until a vote is called on it."""
    if refusal := signing.bind(person, lead(bid)):
        return refusal
    if any(bid.code in vote.options for vote in Vote.objects.filter(edition=bid.edition)):
        return Refusal(_("The vote on this bid has been called: it stands."), code="vote-called")
    return None


def answer(person: Any, part: BidCity) -> Refusal | None:
    """A further host confirms or declines by its own mandate, while the bid is a draft."""
    if refusal := signing.bind(person, part.city):
        return refusal
    if part.bid.state != states.DRAFT:
        return Refusal(_("A bid is changed as long as it is a draft."), code="not-a-draft")
    return None


def check(person: Any, bid: Bid, reason: str) -> Refusal | None:
    """The Secretariat says whether a bid is eligible, with the reason that its cities read."""
    if refusal := editions.run(person, bid.edition):
        return refusal
    return None if reason else Refusal(_("Say why: the cities of the bid read the reason."), code="no-reason")
