"""Sentences of the network's events, and who is told what."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.core import events, outbox
from creativecities.core.models import Event
from creativecities.network.models import Mandate, Picture

SENTENCES: dict[str, str | Promise] = {
    "network.reference.loaded": _("The reference data was loaded: %(added)s added, %(changed)s changed, %(kept)s kept"),
    "network.listing.rebuilt": _("%(actor)s wrote the rows of all lists anew"),
    "network.city.added_from_files": _("%(subject)s was added from the reference data"),
    "network.city.changed_from_files": _("%(subject)s was corrected from the reference data"),
    "network.imported.taken": _("%(actor)s took the value of the reference data: %(subject)s"),
    "network.imported.declined": _("%(actor)s kept what a person wrote, against the reference data: %(subject)s"),
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
    team = Mandate.objects.on(timezone.localdate()).filter(city=picture.city, role__in=Mandate.TEAM_ROLES)
    for person in {mandate.person for mandate in team.select_related("person")}:
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
