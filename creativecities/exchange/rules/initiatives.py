"""Who may record an initiative, show it and name partners: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner
from creativecities.network import rules as network
from creativecities.network.models import City, Membership


def record(person: Any, city: City) -> Refusal | None:
    """A member city's own team; the Secretariat does not write in a city's name. One statement."""
    member = Exists(Membership.objects.filter(city=OuterRef("pk"), end__isnull=True))
    mine = City.objects.filter(pk=city.pk, pk__in=network.team_cities(person))
    is_member = mine.values_list(member, flat=True).first()
    if is_member is None:
        return _other_team()
    if is_member:
        return None
    return Refusal(
        _("This city was a member; it is no longer."), remedy=_("What it has published stays."), code="not-a-member"
    )


def edit(person: Any, one: Initiative) -> Refusal | None:
    """The team of the lead city, also after the city has left the network."""
    return None if network.team_cities(person).filter(city=one.lead_id).exists() else _other_team()


def _other_team() -> Refusal:
    return Refusal(_("Only the team of the lead city writes this."), code="not-the-team", status=403)


def publish(person: Any, one: Initiative) -> Refusal | None:
    """As recording: what becomes public is added to the network's record."""
    return record(person, one.lead)


def retire(person: Any, one: Initiative) -> Refusal | None:
    """As editing."""
    return edit(person, one)


def name_partner(one: Initiative, city: City, part: Partner | None) -> Refusal | None:
    """Another member city that has not said no."""
    if network.open_membership(city) is None:
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
