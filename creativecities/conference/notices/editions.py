"""What is told of editions, to whom, and in which words."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.conference import states
from creativecities.conference.models import Edition
from creativecities.conference.queries import editions as queries
from creativecities.core import outbox
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.edition.added_from_files": _("The reference data added the edition “%(subject)s”"),
    "conference.edition.changed_from_files": _("The reference data changed the edition “%(subject)s”"),
    "conference.edition.drafted": _("%(actor)s began the edition “%(subject)s”"),
    "conference.edition.edited": _("%(actor)s edited the edition “%(subject)s”"),
    "conference.edition.hosted": _("%(actor)s named the hosts of the edition “%(subject)s”: %(hosts)s"),
    "conference.edition.announced": _("%(actor)s announced the edition “%(subject)s”"),
    "conference.edition.postponed": _("%(actor)s postponed the edition “%(subject)s”"),
    "conference.edition.cancelled": _("%(actor)s cancelled the edition “%(subject)s”"),
}
_TOLD: dict[str, tuple[str | Promise, str | Promise]] = {
    "changed": (_("New days: %(title)s"), _("The days of “%(title)s” have changed.\n\nReason: %(reason)s")),
    "postponed": (_("Postponed: %(title)s"), _("“%(title)s” is postponed.\n\nReason: %(reason)s")),
    "cancelled": (_("Cancelled: %(title)s"), _("“%(title)s” is cancelled.\n\nReason: %(reason)s")),
    "announced": (_("It will be held: %(title)s"), _("“%(title)s” was postponed; now its days are announced.")),
}


def told(what: str, edition: Edition, *, reason: str, event: Event) -> None:
    """Tell the teams of the cities that have begun a delegation, at once: people have booked by it."""
    subject, body = _TOLD[what]
    begun = edition.delegations.exclude(state=states.DECLINED).values("city")
    people = {mandate.person_id: mandate.person for mandate in mandates.teams_of(begun)}
    for person in people.values():
        with override(person.language):
            words = {"title": str(queries.shown(edition).title), "reason": reason}
            outbox.queue(
                kind=f"conference.edition.{what}",
                key=f"edition-{what}-{event.pk}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=str(subject) % words,
                body=str(body) % words,
                link=settings.SITE["url"] + reverse("conference:edition", args=[edition.slug]),
            )
