"""Invitations: whom one would reach, what was answered, and what waits for an answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.core import days, freshness
from creativecities.core.desk import Due
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.network import rules as network
from creativecities.network.models import City, Listing
from creativecities.network.queries import mandates


@dataclass(frozen=True, slots=True)
class Invited:
    """A city that an invitation would reach, and whether there is anybody to tell."""

    pk: int
    name: str
    has_team: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an invitation would go to, in the order of names; `before` are those that were invited already."""

    cities: Sequence[Invited]
    before: int

    @property
    def silent(self) -> int:
        """Cities in whose team there is nobody today."""
        return sum(not city.has_team for city in self.cities)

    @property
    def mark(self) -> str:
        """Short words for exactly these cities, by which one sees that whom it reaches has changed."""
        return sha256(",".join(str(city.pk) for city in self.cities).encode()).hexdigest()[:16]


def reach(one: Initiative, *, fields: Sequence[str], regions: Sequence[str], cities: Sequence[str]) -> Reach:
    """The member cities of these fields and regions, both where both are chosen, and those named. Three statements."""
    chosen = Q(slug__in=cities)
    if fields or regions:
        within = {"field__in": fields} if fields else {}
        within |= {"region__in": regions} if regions else {}
        chosen |= Q(**within)
    rows = Listing.objects.on(days.today()).filter(chosen).exclude(city=one.lead_id)
    found = dict(rows.order_by("sort", "slug").values_list("city_id", "name"))
    standing = Invitee.objects.filter(invitation__initiative=one, invitation__state=states.OPEN)
    before = found.keys() & set(standing.values_list("city_id", flat=True))
    teams = {mandate.city_id for mandate in mandates.teams_of(rows.values("city"))}
    return Reach([Invited(pk, name, pk in teams) for pk, name in found.items() if pk not in before], len(before))


def of_city(person: Any, city: City) -> tuple[list[Invitation], list[Invitee]]:
    """Invitations that a city sent, each with its answers, and those it received. Three statements."""
    sent = Invitation.objects.visible_to(person).filter(host=city).select_related("initiative")
    received = Invitee.objects.filter(city=city).select_related("invitation__initiative", "invitation__host")
    return list(sent.prefetch_related("invitees")), list(received.order_by("-invitation__sent_at", "-pk"))


def of_initiative(person: Any, one: Initiative) -> QuerySet[Invitation]:
    """Those to an initiative that a person may see."""
    return Invitation.objects.visible_to(person).filter(initiative=one)


@dataclass(frozen=True, slots=True)
class Answers:
    """The cities of an invitation by what they have answered, in the order of names; those that wait, of waiting."""

    by_state: Mapping[str, Sequence[Invitee]]

    @property
    def counted(self) -> list[tuple[Any, int]]:
        """How many in each state, in words."""
        return [(words, len(self.by_state.get(state, ()))) for state, words in Invitee.STATES.items()]

    @property
    def listed(self) -> list[Invitee]:
        """All, those that come first."""
        order = (states.ACCEPTED, states.WAITING_LIST, states.ASKED, states.DECLINED)
        return [invitee for state in order for invitee in self.by_state.get(state, ())]

    @property
    def total(self) -> int:
        return sum(map(len, self.by_state.values()))


def answers(invitation: Invitation) -> Answers:
    """What the invited cities have said. One statement."""
    found: dict[str, list[Invitee]] = defaultdict(list)
    for invitee in invitation.invitees.select_related("city"):
        found[invitee.state].append(invitee)
    found[states.WAITING_LIST].sort(key=lambda invitee: (invitee.at, invitee.pk))
    return Answers(found)


def waiting(invitation: Invitation) -> list[Invitee]:
    """Who waits for a place and can take it, in the order of the answers. One statement."""
    rows = invitation.invitees.filter(state=states.WAITING_LIST, city__in=network.member_cities())
    return list(rows.exclude(city=invitation.initiative.lead_id).select_related("city").order_by("at", "pk"))


def to_fill() -> list[Invitation]:
    """Those with a free place for which a member city waits, that can still come."""
    today, members = days.today(), network.member_cities()
    waits = Invitee.objects.filter(state=states.WAITING_LIST, city__in=members).exclude(
        city=F("invitation__initiative__lead")
    )
    stands = Q(state=states.OPEN, initiative__state=states.PUBLISHED, host__in=members, starts_on__gt=today)
    return list(Invitation.objects.filter(stands, taken__lt=F("places"), pk__in=waits.values("invitation"))[:100])


def counted(invitation: Invitation) -> list[tuple[Any, int]]:
    """The same of an invitation from `of_city`, without a statement."""
    numbers = Counter(invitee.state for invitee in invitation.invitees.all())
    return [(words, numbers[state]) for state, words in Invitee.STATES.items()]


@freshness.kept()
def _unanswered() -> dict[int, list[Invitee]]:
    """Invitations without an answer, by invited city, until the next write. One statement."""
    found: dict[int, list[Invitee]] = defaultdict(list)
    stands = Q(invitation__state=states.OPEN, invitation__initiative__state=states.PUBLISHED)
    rows = Invitee.objects.filter(stands, state=states.ASKED, invitation__answer_by__gte=days.today())
    for row in rows.select_related("invitation__initiative", "invitation__host").order_by("invitation__answer_by"):
        found[row.city_id].append(row)
    return dict(found)


def due_for(person: Any) -> Iterable[Due]:
    """Invitations that wait for the answer of a city of this person. No statement between writes."""
    for invitee in (each for city in mandates.of(person).teams for each in _unanswered().get(city, ())):
        invitation = invitee.invitation
        if invitation.answer_by >= days.today():
            words = {"city": invitation.host.name, "title": invitation.initiative.title}
            yield Due(
                title=_("Answer the invitation of %(city)s to “%(title)s”") % words,
                url=reverse("exchange:invitation", args=[invitation.pk]),
                due_at=days.last_instant(invitation.answer_by),
            )
