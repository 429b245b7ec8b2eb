"""Sentences of the events of looking for partners, and the reminder before the last day."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.core import outbox
from creativecities.exchange import rules
from creativecities.exchange.models import Wanted
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "exchange.wanted.looking": _("“%(subject)s” looks for partner cities"),
    "exchange.wanted.completed": _("The partnership of “%(subject)s” is complete"),
    "exchange.wanted.reminded": _("The teams of “%(subject)s” were told that its search for partners ends soon"),
}


def ends_soon(wanted: Wanted) -> None:
    """Tell the teams of the cities that own it. What is to be done by a day leaves at once, whatever their rhythm."""
    one = wanted.initiative
    for person in mandates.speakers(*rules.owners(one)):
        with override(person.language):
            words = {"title": one.title, "day": date_format(wanted.closes_on)}
            outbox.queue(
                kind="exchange.wanted.reminded",
                key=f"wanted-{wanted.pk}-{wanted.closes_on:%Y%m%d}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=gettext("“%(title)s” looks for partners until %(day)s") % words,
                body=gettext(
                    "“%(title)s” looks for partner cities until %(day)s. After that day it is no longer listed among "
                    "those that look for partners.\n\nRenew it, or say that the partnership is complete."
                )
                % words,
                link=settings.SITE["url"] + reverse("exchange:looking", args=[one.slug]),
            )
