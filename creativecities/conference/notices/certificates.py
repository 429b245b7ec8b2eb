"""What is told of certificates of attendance, and in which words. Nobody is named."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Edition
from creativecities.conference.queries.needs import last_day_of
from creativecities.conference.queries.outcomes import said
from creativecities.core import digests
from creativecities.core.models import Event
from creativecities.network.models import City
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.edition.certified": _("%(actor)s issued certificates of attendance: %(number)s"),
    "conference.certificate.set_in_type": _("A certificate of attendance was set in type"),
    "conference.certificate.forgotten": _("The paper of a certificate of attendance was deleted"),
}


def issued(edition: Edition, cities: Iterable[City], event: Event) -> None:
    """Tell the teams of the cities whose people have certificates now."""
    for person in mandates.speakers(*cities):
        with override(person.language):
            until = date_format(last_day_of(edition), "DATE_FORMAT")
            words = {"title": str(said(edition.settings["about"]["title"]) or edition.slug), "until": until}
            digests.notify(
                person,
                kind="conference.edition.certified",
                key=f"certificates-{event.pk}-{person.pk}",
                subject=gettext("Certificates of attendance: %(title)s") % words,
                body=gettext("The certificates of your delegation to “%(title)s” can be downloaded until %(until)s.")
                % words,
                link=settings.SITE["url"] + reverse("conference:certificates", args=[edition.slug]),
            )
