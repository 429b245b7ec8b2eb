"""What teams are reminded of. Who speaks for several cities has one mail that names them all."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.conference.queries import editions
from creativecities.conference.queries.reminders import CONFIRM, NOMINATE, Occasion
from creativecities.conference.rules.registration import told_at
from creativecities.core import outbox
from creativecities.network.models import Mandate

TEXTS: dict[str, tuple[str | Promise, str | Promise]] = {
    NOMINATE: (
        _("Please nominate your delegation: %(edition)s"),
        _(
            "Nothing is said yet of who comes to “%(edition)s” for: %(cities)s.\n\nDelegations are nominated until "
            "%(until)s, with or without names. If nobody comes, please say so on the same page."
        ),
    ),
    CONFIRM: (
        _("Please confirm your delegation by name: %(edition)s"),
        _(
            "The delegation to “%(edition)s” is nominated, but not confirmed by name: %(cities)s.\n\n"
            "That is possible until %(until)s; then the places pass to those who wait."
        ),
    ),
}


def remind(occasion: Occasion, teams: list[Mandate]) -> int:
    """Write to each person once; returns to how many."""
    held: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in teams:
        held[mandate.person_id].append(mandate)
    for mandates in held.values():
        _write(occasion, mandates)
    return len(held)


def _write(occasion: Occasion, mandates: list[Mandate]) -> None:
    person, (subject, body) = mandates[0].person, TEXTS[occasion.what]
    names = sorted({mandate.city.name for mandate in mandates if mandate.city})
    with override(person.language), timezone.override(person.time_zone):
        words = {
            "edition": str(editions.shown(occasion.edition).title), "cities": ", ".join(names),
            "until": told_at(occasion.until),
        }  # fmt: skip
        outbox.queue(
            kind=f"conference.edition.remind_{occasion.what}",
            key=f"remind-{occasion.edition.pk}-{occasion.name}-{person.pk}",
            to=person.email,
            person_id=person.pk,
            language=person.language,
            subject=str(subject) % words,
            body=str(body) % words,
            link=settings.SITE["url"] + reverse("conference:own_delegations", args=[occasion.edition.slug]),
        )
