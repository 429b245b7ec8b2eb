"""Who sees a reply, who may send one, and who decides on it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import FollowUp, Need, Reply
from creativecities.exchange.rules.speaking import speaks_for, speaks_for_member
from creativecities.network import rules as network
from creativecities.network.models import City


def replies_visible_to(person: Any) -> Q:
    """The teams of the two cities."""
    if person is None or not person.is_authenticated:
        return Q(pk__in=())
    mine = network.team_cities(person)
    return Q(city__in=mine) | Q(to_city__in=mine)


def reply(person: Any, need: Need, city: City) -> Refusal | None:
    """The team of another member city, to what is open, once."""
    if refusal := speaks_for_member(person, city):
        return refusal
    if need.city_id == city.pk:
        return Refusal(_("This is your own city’s: another one has to reply."), code="own-need")
    if need.state != states.OPEN or need.closes_on < days.today() or not network.is_member(need.city):
        return Refusal(
            _("It is closed: it takes no more replies."),
            remedy=_("What you wrote is still in the form: copy it if you want to keep it."),
            code="need-closed",
        )
    return replied() if Reply.objects.filter(need=need, city=city).exists() else None


def replied() -> Refusal:
    """Why a city does not reply a second time."""
    return Refusal(
        _("Your city has replied to this already."),
        remedy=_("The reply that was sent stands; nothing of it has changed."),
        code="replied-already",
    )


def decide(person: Any, answer: Reply) -> Refusal | None:
    """The city that asked decides, as long as both are members."""
    if refusal := speaks_for_member(person, answer.to_city):
        return refusal
    if not network.is_member(answer.city):
        words = {"city": answer.city.name}
        return Refusal(_("%(city)s has left the network.") % words, code="other-left")
    return None


def decline_reply(person: Any, answer: Reply) -> Refusal | None:
    """The city that asked says no, whoever has left since."""
    return speaks_for(person, answer.to_city)


def follow_up(person: Any, asked: FollowUp) -> Refusal | None:
    """Each side answers for itself."""
    return speaks_for(person, asked.city)
