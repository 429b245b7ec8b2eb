"""Sentences of the events of replies, and who is told what. The text of a reply stands on its page, never in a mail."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.core import digests, outbox
from creativecities.exchange.models import FollowUp, Reply
from creativecities.network.models import City
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "exchange.reply.sent": _("A city replied to a need or offer"),
    "exchange.reply.contacted": _("Two cities are in contact about a need or offer"),
    "exchange.reply.accepted": _("A reply was accepted: a collaboration begins"),
    "exchange.reply.declined": _("A reply was declined"),
    "exchange.reply.lapsed": _("A reply lapsed: nothing happened for 90 days"),
    "exchange.followup.asked": _("Two cities were asked whether their collaboration has worked"),
    "exchange.followup.answered": _("A city said whether a collaboration has worked"),
}
_TOLD: dict[str, tuple[str | Promise, str | Promise]] = {
    "sent": (
        _("%(city)s replied to “%(title)s”"),
        _("%(city)s has replied to what %(to_city)s posted: “%(title)s”.\n\nRead it and answer it."),
    ),
    "contacted": (
        _("%(to_city)s gets in contact about “%(title)s”"),
        _("%(to_city)s has read the reply of %(city)s to “%(title)s” and gets in contact with you."),
    ),
    "accepted": (
        _("%(to_city)s accepted your reply to “%(title)s”"),
        _("%(to_city)s has accepted the reply of %(city)s to “%(title)s”. A collaboration of both cities begins."),
    ),
    "declined": (
        _("%(to_city)s declined your reply to “%(title)s”"),
        _("%(to_city)s has declined the reply of %(city)s to “%(title)s”. The reason stands on the page."),
    ),
    "lapsed": (
        _("The reply of %(city)s to “%(title)s” has lapsed"),
        _("Nothing happened for 90 days to the reply of %(city)s to “%(title)s” of %(to_city)s, so it has lapsed."),
    ),
    "asked": (
        _("Has it worked? %(city)s and %(to_city)s, “%(title)s”"),
        _(
            "Half a year ago %(to_city)s accepted the reply of %(city)s to “%(title)s”.\n\n"
            "Has it worked? One click and a sentence are enough."
        ),
    ),
}

_NEEDS_AN_ANSWER = ("sent", "asked")


def sent(reply: Reply) -> None:
    """Tell those who speak for the city that asked."""
    _tell(reply, "sent", [reply.to_city], _page(reply))


def moved(reply: Reply, what: str) -> None:
    """Tell the city that replied what became of it; both when it has lapsed."""
    cities = [reply.city, reply.to_city] if what == "lapsed" else [reply.city]
    _tell(reply, what, cities, _page(reply))


def asked(follow_up: FollowUp) -> None:
    """Ask a side whether it has worked."""
    _tell(follow_up.reply, "asked", [follow_up.city], reverse("exchange:follow_up", args=[follow_up.pk]))


def _page(reply: Reply) -> str:
    return reverse("exchange:received", args=[reply.pk])


def _tell(reply: Reply, what: str, cities: Iterable[City], path: str) -> None:
    """What needs an answer leaves at once, whatever rhythm a person has chosen; what can wait, at that rhythm."""
    subject, body = _TOLD[what]
    words = {"city": reply.city.name, "to_city": reply.to_city.name, "title": reply.need.title}
    for person in mandates.speakers(*cities):
        with override(person.language):
            said: dict[str, Any] = {
                "kind": f"exchange.reply.{what}",
                "key": f"reply-{what}-{path}-{person.pk}",
                "subject": str(subject) % words,
                "body": str(body) % words,
                "link": settings.SITE["url"] + path,
            }
            if what in _NEEDS_AN_ANSWER:
                outbox.queue(to=person.email, person_id=person.pk, language=person.language, **said)
            else:
                digests.notify(person, **said)
