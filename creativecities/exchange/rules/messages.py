"""Between whom a thing is talked about, who reads that, and who writes: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Invitee, Message, Partner, Reply
from creativecities.exchange.rules.speaking import speaks_for_member
from creativecities.network import rules as network
from creativecities.network.models import City

Thing = Reply | Initiative | Invitee
"""What can be talked about; of an invitation the line of one guest."""

_TAKES_PART = Q(state=states.CONFIRMED) | Q(state=states.ASKED, initiative__state=states.PUBLISHED)
"""A partner city that has confirmed, or was asked and has not answered. One that a source only names is left alone."""


def initiatives_of(cities: Any) -> Q:
    """The initiatives about which cities (a queryset or list) talk: those they lead or take part in."""
    parts = Partner.objects.filter(_TAKES_PART, city__in=cities)
    return Q(lead__in=cities) | Q(pk__in=parts.values("initiative"))


def messages_of(cities: Any) -> Q:
    """What is written to and by cities: sides of a reply, host and guest, lead of an initiative and who takes part."""
    replies = Q(reply__city__in=cities) | Q(reply__to_city__in=cities)
    invitations = Q(invitee__city__in=cities) | Q(invitee__host__in=cities)
    initiatives = Initiative.objects.filter(initiatives_of(cities))
    return replies | invitations | Q(initiative__in=initiatives.values("pk"))


def invitees_visible_to(person: Any) -> Q:
    """Host and guest, each line by itself."""
    mine = network.team_cities(person)
    return Q(city__in=mine) | Q(host__in=mine)


def messages_visible_to(person: Any) -> Q:
    """The teams of those cities. Nobody else."""
    if person is None or not person.is_authenticated:
        return Q(pk__in=())
    return messages_of(network.team_cities(person))


def sides(person: Any, thing: Thing) -> list[City]:
    """The cities that talk about a thing, by name; each knows whether this person speaks for it. One statement."""
    if isinstance(thing, Reply):
        between = Q(pk__in=(thing.city_id, thing.to_city_id))
    elif isinstance(thing, Invitee):
        between = Q(pk__in=(thing.city_id, thing.host_id))
    else:
        parts = Partner.objects.filter(_TAKES_PART, initiative=thing)
        between = Q(pk=thing.lead_id) | Q(pk__in=parts.values("city"))
    is_mine = Exists(network.team_cities(person).filter(city=OuterRef("pk")))
    return list(City.objects.filter(between).annotate(is_mine=is_mine).select_related("country").order_by("name", "pk"))


def write(person: Any, among: list[City], city: City) -> Refusal | None:
    """The team of one of these cities, as long as that city is a member and there is somebody to read it."""
    if city not in among:
        return Refusal(
            _("This city does not take part: it has nobody to write to here."), code="not-a-side", status=403
        )
    if refusal := speaks_for_member(person, city):
        return refusal
    if len(among) < 2:
        return Refusal(_("No other city takes part yet: there is nobody to write to."), code="nobody-there")
    return None


def take_back(person: Any, said: Message) -> Refusal | None:
    """Only who wrote it."""
    if said.person_id == person.pk:
        return None
    return Refusal(_("Only the person who wrote a message takes it back."), code="not-the-writer", status=403)
