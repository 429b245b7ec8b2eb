"""What is told of meetings at the fair, to whom, and in which words."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Delegation, Edition
from creativecities.core import digests
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.edition.meetings_held": _("%(actor)s said when people meet at the fair of “%(subject)s”"),
    "conference.delegation.times_said": _("%(actor)s said when a delegation can meet others"),
    "conference.delegation.wished": _("%(actor)s wished for a meeting at the fair"),
    "conference.delegation.wish_taken_back": _("%(actor)s took back a wish for a meeting"),
    "conference.timetable.asked": _("%(actor)s asked for a timetable of meetings"),
    "conference.timetable.worked_out": _("A timetable of meetings was worked out"),
    "conference.timetable.applied": _("%(actor)s applied a timetable of meetings"),
    "conference.timetable.dropped": _("%(actor)s dropped a timetable of meetings"),
    "conference.meeting.cancelled": _("%(actor)s cancelled a meeting at the fair"),
    "conference.meeting.outcome_said": _("%(actor)s said what came of a meeting"),
}


def planned(edition: Edition, changed: Collection[int], event: Event) -> None:
    """Tell those who speak for the cities whose meetings are new, moved or cancelled; one notice for all of them."""
    for delegation in Delegation.objects.filter(pk__in=changed).select_related("city"):
        path = reverse("conference:meetings", args=[edition.slug, delegation.city.slug])
        for person in mandates.speakers(delegation.city):
            with override(person.language):
                words = {"city": delegation.city.name}
                digests.notify(
                    person, kind=event.kind, key=f"meetings-{event.pk}-{delegation.pk}-{person.pk}",
                    subject=gettext("The meetings of %(city)s at the fair") % words,
                    body=gettext(
                        "Meetings of %(city)s at the fair of the conference are new, moved or cancelled.\n\n"
                        "The page shows all of them, with tables, times and why you meet."
                    ) % words,
                    link=settings.SITE["url"] + path,
                )  # fmt: skip
