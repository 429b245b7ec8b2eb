"""Sentences of the network's events, and who is told what."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.core import events, outbox
from creativecities.core.models import Event
from creativecities.network.models import Mandate, Picture
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "network.reference.loaded": _("The reference data was loaded: %(added)s added, %(changed)s changed, %(kept)s kept"),
    "network.listing.rebuilt": _("%(actor)s wrote the rows of all lists anew"),
    "network.city.added_from_files": _("%(subject)s was added from the reference data"),
    "network.city.changed_from_files": _("%(subject)s was corrected from the reference data"),
    "network.imported.taken": _("%(actor)s took the value of the reference data: %(subject)s"),
    "network.imported.declined": _("%(actor)s kept what a person wrote, against the reference data: %(subject)s"),
    "network.city.admitted": _("%(subject)s joined the network (%(year)s)"),
    "network.city.field_changed": _("%(subject)s changed its creative field"),
    "network.city.membership_ended": _("The membership of %(subject)s ended on %(on)s: %(reason)s"),
    "network.city.welcomed": _("%(subject)s was welcomed as a new member"),
    "network.city.step_done": _("%(actor)s ticked a first step of %(subject)s"),
    "network.city.step_open": _("%(actor)s opened a first step of %(subject)s again"),
    "network.city.team_invited": _("%(actor)s invited somebody to the team of %(subject)s"),
    "network.mandate.opened": _("%(actor)s opened a mandate: %(subject)s, %(body)s, from %(start)s"),
    "network.mandate.closed": _("%(actor)s ended a mandate: %(subject)s, %(body)s, on %(end)s"),
    "network.mandate.handed_over": _("%(actor)s handed a mandate over: %(subject)s, %(body)s, from %(start)s"),
    "network.mandate.holder_left": _("Somebody deleted their account; their mandates ended"),
    "network.city.portrait_saved": _("%(actor)s saved the portrait of %(subject)s: %(language)s, version %(number)s"),
    "network.city.contact_changed": _("%(actor)s changed the contact of %(subject)s"),
    "network.city.local_name_changed": _("%(actor)s changed the local name of %(subject)s"),
    "network.city.english_name_changed": _("%(actor)s changed the English name: the city is now %(subject)s"),
    "network.city.name_added": _("%(actor)s added the name “%(name)s” to %(subject)s"),
    "network.city.name_removed": _("%(actor)s removed the name “%(name)s” from %(subject)s"),
    "network.city.links_changed": _("%(actor)s changed the links of %(subject)s"),
    "network.picture.added": _("%(actor)s added a picture of %(city)s"),
    "network.picture.described": _("%(actor)s changed the words of a picture of %(city)s"),
    "network.picture.placed": _("%(actor)s moved a picture of %(city)s to place %(position)s"),
    "network.picture.withdrawn": _("%(actor)s withdrew a picture of %(city)s"),
    "network.picture.taken_down": _("%(actor)s took down a picture of %(city)s: %(reason)s"),
    "network.picture.shown": _("%(actor)s showed a picture of %(city)s again"),
    "network.nationalcommission.saved": _("%(actor)s wrote down the National Commission %(subject)s"),
}


def register() -> None:
    """Give the kernel the sentences of this slice."""
    events.register(SENTENCES)


def picture_taken_down(picture: Picture, *, reason: str, event: Event) -> None:
    """Tell the city's team that the Secretariat took a picture down, why, and where to answer."""
    for person in mandates.speakers(picture.city):
        with override(person.language):
            outbox.queue(
                kind="network.picture.taken_down",
                key=f"picture-taken-down-{event.pk}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=gettext("A picture of %(city)s was taken down") % {"city": picture.city.name},
                body=gettext(
                    "The Secretariat has taken a picture from the page of %(city)s.\n\nReason: %(reason)s\n\n"
                    "You can show another one, or answer the Secretariat."
                )
                % {"city": picture.city.name, "reason": reason},
                link=settings.SITE["url"] + reverse("network:pictures", args=[picture.city.slug]),
            )


def mandate_opened(mandate: Mandate) -> None:
    """Tell a person which role they hold from when on."""
    _tell_holder(
        mandate,
        "opened",
        _("Your mandate: %(role)s, %(body)s"),
        _("From %(start)s you hold the mandate %(role)s, %(body)s, in %(site)s."),
    )


def mandate_closed(mandate: Mandate) -> None:
    """Tell a person that their role ends."""
    _tell_holder(
        mandate,
        "closed",
        _("Your mandate ends: %(role)s, %(body)s"),
        _("Your mandate %(role)s, %(body)s, in %(site)s ends on %(end)s. Thank you for what you did."),
    )


def mandate_handed_over(old: Mandate, new: Mandate, passing: list[str]) -> None:
    """Tell both that one follows the other, and the successor what passes on."""
    mandate_closed(old)
    what = "".join(f"\n– {line}" for line in passing) or " –"
    _tell_holder(
        new,
        "handed-over",
        _("You follow as %(role)s, %(body)s"),
        _("From %(start)s you hold the mandate %(role)s, %(body)s, in %(site)s. What was begun passes on:%(what)s"),
        what=what,
    )


def _tell_holder(mandate: Mandate, occasion: str, subject: str | Promise, body: str | Promise, what: str = "") -> None:
    person = mandate.person
    with override(person.language):
        words = {
            "role": mandate.get_role_display(),
            "body": str(mandate.body or settings.SITE["name"]),
            "site": settings.SITE["name"],
            "start": date_format(mandate.start),
            "end": date_format(mandate.end) if mandate.end else "",
            "what": what,
        }
        outbox.queue(
            kind=f"network.mandate.{occasion}",
            key=f"mandate-{occasion}-{mandate.pk}-{mandate.end}",
            to=person.email,
            person_id=person.pk,
            language=person.language,
            subject=str(subject) % words,
            body=str(body) % words,
            link=settings.SITE["url"] + reverse("portal:desk"),
        )
