"""Who calls a vote, who casts, and who decides a tie: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import voting
from creativecities.conference.models import Bid, BidCity, Edition, Mark, Vote
from creativecities.conference.rules import editions, signing
from creativecities.core import access
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate

NOT_NOW = _("This vote is not over yet, or was counted already.")
FAULTS = {
    "unknown": _("This ballot names a bid that does not stand here."),
    "twice": _("This ballot names a bid twice."),
    "too-many": _("In this vote one bid is named."),
}


def call(person: Any, edition: Edition, options: list[str]) -> Refusal | None:
    """The Secretariat, on presented bids, when none runs and none has decided."""
    if refusal := editions.run(person, edition):
        return refusal
    if edition.votes.filter(state__in=[states.RUNNING, states.DECIDED]).exists():
        return Refusal(_("There is a vote for this edition already."), code="vote-there")
    if not options:
        return Refusal(_("There is no presented bid to vote on."), code="no-bids")
    return None


def cast(person: Any, vote: Vote, city: City) -> Refusal | None:
    """By mandate for a member city of today, within the hours of the vote; a bidder only if the rules let it."""
    if network.is_secretariat(person) and not signing.mandates(person).filter(city=city).exists():
        return Refusal(_("The Secretariat votes in no city’s name."), code="secretariat", status=403)
    return is_open(vote) or signing.bind(person, city) or _bids_itself(vote, city) or voted(vote, city)


def is_open(vote: Vote) -> Refusal | None:
    """Within its hours."""
    now = timezone.now()
    if now < vote.opens_at:
        return Refusal(_("This vote is not open yet."), code="not-open-yet")
    if now >= vote.closes_at or vote.state != states.RUNNING:
        return Refusal(_("This vote is closed."), code="vote-closed")
    return None


def _bids_itself(vote: Vote, city: City) -> Refusal | None:
    if vote.bidders_vote or not BidCity.objects.filter(bid__code__in=vote.options, city=city).exists():
        return None
    return Refusal(_("By the rules of this vote a city that bids does not vote."), code="bids-itself")


def voted(vote: Vote, city: City) -> Refusal | None:
    """A city votes once; the second mandate is told when, and by which mandate."""
    mark = Mark.objects.filter(vote=vote, city=city).first()
    if mark is None:
        return None
    words = {
        "city": city.name, "at": date_format(timezone.localtime(mark.at), "DATETIME_FORMAT"),
        "role": Mandate.Role(mark.role).label,
    }  # fmt: skip
    return Refusal(_("%(city)s has voted: %(at)s, by the mandate %(role)s.") % words, code="voted")


def sound(vote: Vote, choices: list[str]) -> Refusal | None:
    """A ballot names bids of this vote, each once, and one alone where one is asked."""
    fault = voting.fault(vote.method, choices, vote.options)
    return Refusal(FAULTS[fault], code="bad-ballot") if fault else None


def decide(person: Any, vote: Vote, bid: Bid, reason: str) -> Refusal | None:
    """The head of the network decides a tie where the rules of the vote say so, with a reason."""
    if "head-of-the-network" not in access.roles(person):
        return Refusal(_("Only the head of the network decides this."), code="not-head", status=403)
    if vote.tie != voting.HEAD:
        return Refusal(_("By the rules of this vote a tie is settled otherwise."), code="other-rule")
    if bid.code not in tied(vote):
        return Refusal(_("This bid is not among the tied ones."), code="not-tied")
    return None if reason else Refusal(_("Say why: everybody reads the reason."), code="no-reason")


def tied(vote: Vote) -> list[str]:
    """The bids that are tied."""
    return list(vote.result["leaders"]) if vote.result and vote.state == states.TIED else []


def may_vote(vote: Vote) -> Q:
    """The cities that can vote today, as a condition on cities."""
    query = Q(pk__in=network.member_cities())
    if vote.bidders_vote:
        return query
    return query & ~Q(pk__in=BidCity.objects.filter(bid__code__in=vote.options).values("city"))
