"""What is told of outcome documents, and in which words."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import OutcomeVersion
from creativecities.conference.queries import outcomes as queries
from creativecities.core import outbox

SENTENCES: dict[str, str | Promise] = {
    "conference.outcome.begun": _("%(actor)s began the outcome document “%(subject)s”"),
    "conference.outcome.written": _("%(actor)s wrote in the draft of the outcome document “%(subject)s”"),
    "conference.outcome.published": _("%(actor)s made the outcome document “%(subject)s” public"),
    "conference.outcome.released": _(
        "%(actor)s released a version of the outcome document “%(subject)s”: version %(number)s"
    ),
    "conference.outcome.opened": _("%(actor)s opened the outcome document “%(subject)s” for signing"),
    "conference.outcome.closed": _("%(actor)s closed the outcome document “%(subject)s” for signing"),
    "conference.signature.given": _("%(actor)s signed an outcome document for a city: %(city)s, version %(number)s"),
    "conference.signature.withdrawn": _("%(actor)s withdrew the signature of a city: %(city)s, version %(number)s"),
}


def newer_version(made: OutcomeVersion, before: OutcomeVersion) -> None:
    """Tell the cities that signed the version before that a newer one needs a new signature."""
    place = reverse("conference:outcome", args=[made.outcome.edition.slug, made.outcome.slug])
    for mandate in queries.who_may_sign_for_signers_of(before):
        assert mandate.city
        person = mandate.person
        with override(person.language):
            title = str(queries.title_of(made))
            outbox.queue(
                kind="conference.outcome.released",
                key=f"outcome-released-{made.pk}-{mandate.city_id}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=gettext("A newer version of “%(title)s”") % {"title": title},
                body=gettext(
                    "%(city)s has signed version %(before)d of “%(title)s”. Version %(number)d is public now.\n\n"
                    "The signature stays with the version that was signed. If your city stands behind the newer "
                    "version as well, please sign it. The page shows what has changed."
                )
                % {"city": mandate.city.name, "before": before.number, "number": made.number, "title": title},
                link=settings.SITE["url"] + place,
            )
