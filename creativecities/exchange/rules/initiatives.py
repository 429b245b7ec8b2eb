"""Who may record an initiative, show it and name partners: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.rules.speaking import not_the_team, speaks_for_a_member, speaks_for_member
from creativecities.network import rules as network
from creativecities.network.models import City


def record(person: Any, city: City) -> Refusal | None:
    """A member city's own team. One statement."""
    return _and_what_stays(speaks_for_member(person, city))


def propose(person: Any) -> Refusal | None:
    """Who lets a city join: what it planned enters its list together with it."""
    return network.receive(person)


def _and_what_stays(refusal: Refusal | None) -> Refusal | None:
    if refusal and refusal.code == "not-a-member":
        return Refusal(refusal.reason, remedy=_("What it has published stays."), code=refusal.code)
    return refusal


def owners(one: Initiative) -> QuerySet[City]:
    """The cities whose teams write it: the lead, and the partners it began with."""
    return City.objects.filter(Q(pk=one.lead_id) | Q(pk__in=one.parts.owning().values("city")))


def edit(person: Any, one: Initiative) -> Refusal | None:
    """The teams of the cities that own it, also after a city has left the network."""
    return None if Initiative.objects.editable_by(person).filter(pk=one.pk).exists() else not_the_team()


def may_be_at(person: Any, place: str) -> bool:
    """Whether a person may still have the form of an initiative open: `exchange.initiative/<pk>`."""
    return Initiative.objects.editable_by(person).filter(pk=int(place.split("/")[1])).exists()


def publish(person: Any, one: Initiative) -> Refusal | None:
    """As recording, by any city that owns it: what becomes public is added to the network's record."""
    return _and_what_stays(speaks_for_a_member(person, owners(one)))


def retire(person: Any, one: Initiative) -> Refusal | None:
    """As editing."""
    return edit(person, one)


def name_partner(one: Initiative, city: City, part: Partner | None) -> Refusal | None:
    """Another member city that has not said no."""
    if not network.is_member(city):
        return no_member()
    if city.pk == one.lead_id:
        return Refusal(_("the lead city is not its own partner"), code="own-partner")
    if part is not None and part.state == states.DECLINED:
        return Refusal(
            _("%(city)s has declined and is not asked again.") % {"city": city.name},
            remedy=_("It can change its answer itself: send it the address of the initiative."),
            code="declined-before",
        )
    return None


def no_member() -> Refusal:
    """Why a city outside the network is not asked."""
    return Refusal(_("Only member cities can be named as partners."), code="not-a-member")


def keep_partner(part: Partner) -> Refusal:
    """Why a city that has confirmed stays: it spoke for itself, so only itself takes that back."""
    return Refusal(
        _("%(city)s has confirmed its part and is not taken away.") % {"city": part.city.name},
        remedy=_("Its team can decline on the page of the initiative; then it is no longer named."),
        code="confirmed",
    )
