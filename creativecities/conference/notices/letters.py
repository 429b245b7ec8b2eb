"""What is told of invitation letters, and in which words. Nobody is named."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Delegate, Edition
from creativecities.conference.queries import releases
from creativecities.core import digests
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.letter.issued": _("%(actor)s issued invitation letters for “%(subject)s”: %(number)s"),
    "conference.letter.withdrawn": _("%(actor)s withdrew invitation letter %(number)s for “%(subject)s”"),
}


def issued(edition: Edition, delegates: Iterable[Delegate], event: Event) -> None:
    """Tell the teams of these cities, and of those who are invited whoever has an account, each once."""
    to = {person: "own_delegations" for person in mandates.speakers(*{each.delegation.city for each in delegates})}
    to = {each.person: "own_letter" for each in delegates if each.person} | to
    for person, page in to.items():
        with override(person.language):
            words = {"title": str(releases.title_of(edition))}
            digests.notify(
                person,
                kind="conference.letter.issued",
                key=f"letters-{event.pk}-{person.pk}",
                subject=gettext("Invitation letters: %(title)s") % words,
                body=gettext("Invitation letters to “%(title)s” are ready and can be downloaded now.") % words,
                link=settings.SITE["url"] + reverse(f"conference:{page}", args=[edition.slug]),
            )
