"""What is told of trip reports and the report of the conference, and in which words."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.models import TripReport
from creativecities.core import digests
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.tripreport.written": _("%(actor)s wrote in the trip report of a delegation"),
    "conference.tripreport.pointed": _("%(actor)s said what an idea of a trip report became"),
    "conference.tripreport.handed_in": _("%(actor)s handed in the trip report of a delegation"),
    "conference.tripreport.taken_back": _("%(actor)s took back the trip report of a delegation"),
    "conference.report.arranged": _("%(actor)s arranged the report of a conference"),
    "conference.report.published": _("%(actor)s published the report of a conference"),
    "conference.report.withdrawn": _("%(actor)s took the report of a conference from the public pages"),
}


def handed_in(report: TripReport, event: Event, *, by: Person) -> None:
    """Tell the others of the city’s team that the report is handed in, and by whom."""
    city, edition = report.delegation.city, report.delegation.edition
    for person in mandates.speakers(city):
        if person.pk == by.pk:
            continue
        with override(person.language):
            words = {"city": city.name, "actor": event.actor_name}
            digests.notify(
                person,
                kind="conference.tripreport.handed_in",
                key=f"trip-report-{event.pk}-{person.pk}",
                subject=gettext("The trip report of %(city)s is handed in") % words,
                body=gettext("%(actor)s has handed in the trip report of %(city)s.") % words,
                link=settings.SITE["url"] + reverse("conference:trip_report", args=[edition.slug, city.slug]),
            )
