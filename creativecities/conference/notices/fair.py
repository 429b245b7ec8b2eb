"""What is told of the fair, to whom, and in which words."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.conference.models import Booth
from creativecities.core import digests
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.booth.applied": _("%(actor)s applied for a booth at the fair"),
    "conference.booth.chosen": _("%(actor)s gave a booth at the fair"),
    "conference.booth.declined": _("%(actor)s declined a booth at the fair"),
    "conference.booth.withdrawn": _("%(actor)s withdrew a booth from the fair"),
    "conference.booth.placed": _("%(actor)s placed a booth on the plan of the fair"),
    "conference.edition.fair_planned": _("%(actor)s changed the plan of the fair of “%(subject)s”"),
}
_TOLD: dict[str, tuple[str | Promise, str | Promise]] = {
    "chosen": (
        _("%(city)s has a booth at the fair"),
        _("%(city)s has a booth at the fair of the conference. You will be told where it stands."),
    ),
    "declined": (
        _("%(city)s has no booth at the fair"),
        _("The application of %(city)s for a booth at the fair was declined. The reason stands on the page."),
    ),
    "placed": (
        _("Where the booth of %(city)s stands: %(place)s"),
        _("The booth of %(city)s at the fair of the conference stands on place %(place)s."),
    ),
}


def told(booth: Booth, event: Event) -> None:
    """Tell those who speak for the city. That a booth was taken off the plan is no news until it stands elsewhere."""
    what = event.kind.rpartition(".")[2]
    if what == "placed" and not booth.place:
        return
    subject, body = _TOLD[what]
    words = {"city": booth.city.name, "place": booth.place}
    path = reverse("conference:booths", args=[booth.city.slug, booth.edition.slug])
    for person in mandates.speakers(booth.city):
        with override(person.language):
            digests.notify(
                person, kind=event.kind, key=f"booth-{event.pk}-{person.pk}", subject=str(subject) % words,
                body=str(body) % words, link=settings.SITE["url"] + path,
            )  # fmt: skip
