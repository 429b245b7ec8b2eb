"""Sentences of the events of invitations, and who is told what. Texts and answers stand on the page alone."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.core import digests, outbox
from creativecities.core.models import Event
from creativecities.exchange.models import Invitation, Invitee
from creativecities.network.models import City
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "exchange.invitation.sent": _("A city invited others: %(cities)s"),
    "exchange.invitation.withdrawn": _("An invitation was withdrawn"),
    "exchange.invitee.accepted": _("A city accepted an invitation"),
    "exchange.invitee.queued": _("A city went on the waiting list of an invitation"),
    "exchange.invitee.moved_up": _("A place fell free: a city moved up from the waiting list"),
    "exchange.invitee.declined": _("A city declined an invitation"),
}
_TOLD: dict[str, tuple[str | Promise, str | Promise]] = {
    "invited": (
        _("%(host)s invites your city: “%(title)s”"),
        _(
            "%(host)s invites your city to “%(title)s”, %(starts)s – %(ends)s.\n\n%(pays)s. Places: %(places)s.\n\n"
            "Please answer on this page by %(answer_by)s."
        ),
    ),
    "accepted": (_("%(city)s comes: “%(title)s”"), _("%(city)s has accepted the invitation to “%(title)s”.")),
    "queued": (
        _("%(city)s waits for a place: “%(title)s”"),
        _("All places of “%(title)s” are taken; %(city)s has gone on the waiting list."),
    ),
    "declined": (_("%(city)s does not come: “%(title)s”"), _("%(city)s has declined the invitation to “%(title)s”.")),
    "moved_up": (
        _("A place fell free, and %(city)s comes: “%(title)s”"),
        _(
            "A place of “%(title)s” has fallen free, and %(city)s has moved up from the waiting list.\n\n"
            "If it cannot come any more, its team takes its answer back on this page."
        ),
    ),
    "withdrawn": (
        _("%(host)s has withdrawn its invitation: “%(title)s”"),
        _(
            "%(host)s has withdrawn its invitation to “%(title)s”, %(starts)s – %(ends)s. "
            "The reason stands on the page."
        ),
    ),
}


def invited(invitation: Invitation) -> None:
    """Ask the teams of the invited cities, each person once."""
    _tell(invitation, "invited", _guests(invitation), key=str(invitation.pk), waits=False)


def withdrawn(invitation: Invitation) -> None:
    """Tell all that were invited, whatever they have answered."""
    _tell(invitation, "withdrawn", _guests(invitation), key=str(invitation.pk), waits=False)


def answered(invitee: Invitee, event: Event) -> None:
    """Tell the host's team."""
    what = event.kind.rpartition(".")[2]
    _tell(invitee.invitation, what, [invitee.invitation.host], key=str(event.pk), city=invitee.city.name)


def moved_up(invitee: Invitee, event: Event) -> None:
    """Tell the city that it comes, at once, and the host's team."""
    about: dict[str, Any] = {"key": str(event.pk), "city": invitee.city.name}
    _tell(invitee.invitation, "moved_up", [invitee.city], waits=False, **about)
    _tell(invitee.invitation, "moved_up", [invitee.invitation.host], **about)


def _guests(invitation: Invitation) -> Iterable[City]:
    return City.objects.filter(received_invitations__invitation=invitation)


def _tell(
    invitation: Invitation, what: str, cities: Iterable[City], *, key: str, city: str = "", waits: bool = True
) -> None:
    """What `waits` comes at the rhythm a person has chosen; a question and what changes a journey, at once."""
    subject, body = _TOLD[what]
    link = settings.SITE["url"] + reverse("exchange:invitation", args=[invitation.pk])
    for person in mandates.speakers(*cities):
        with override(person.language):
            words = {"city": city, **_words(invitation)}
            said: dict[str, Any] = {
                "kind": f"exchange.invitation.{what}",
                "key": f"invitation-{what}-{key}-{person.pk}",
                "subject": str(subject) % words,
                "body": str(body) % words,
                "link": link,
            }
            if waits:
                digests.notify(person, **said)
            else:
                outbox.queue(to=person.email, person_id=person.pk, language=person.language, **said)


def _words(invitation: Invitation) -> dict[str, Any]:
    return {
        "host": invitation.host.name,
        "title": invitation.initiative.title,
        "starts": date_format(invitation.starts_on, "DATE_FORMAT"),
        "ends": date_format(invitation.ends_on, "DATE_FORMAT"),
        "answer_by": date_format(invitation.answer_by, "DATE_FORMAT"),
        "pays": invitation.get_pays_display(),
        "places": invitation.places,
    }
