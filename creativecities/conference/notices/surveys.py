"""What is told of the survey of an edition, and in which words. Nobody is named, and no answer is told."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Survey, SurveyLink
from creativecities.conference.queries import releases
from creativecities.core import digests, outbox

SENTENCES: dict[str, str | Promise] = {
    "conference.survey.prepared": _("%(actor)s prepared the survey of “%(subject)s”: %(opens_on)s to %(closes_on)s"),
    "conference.survey.opened": _("The survey of “%(subject)s” opened"),
    "conference.survey.asked": _("Participants of “%(subject)s” got a link to the survey: %(number)s"),
    "conference.survey.answered": _("Somebody answered the survey of “%(subject)s”"),
    "conference.survey.closed": _("The survey of “%(subject)s” closed"),
    "conference.survey.published": _("%(actor)s published the results of the survey of “%(subject)s”"),
    "conference.survey.withdrawn": _("%(actor)s took the results of the survey of “%(subject)s” from the public pages"),
}


def asked(survey: Survey, link: SurveyLink) -> None:
    """Send somebody their link, with their account as they wish to be told, else to the address their city gave."""
    to = releases.addressed(survey.edition, link.delegate)
    with override(to.language):
        words = {
            "title": str(releases.title_of(survey.edition)), "day": date_format(survey.closes_on, "DATE_FORMAT"),
        }  # fmt: skip
        said = {
            "kind": "conference.survey.asked",
            "key": f"survey-{survey.pk}-{to.key}",
            "subject": gettext("How was it? %(title)s") % words,
            "body": gettext(
                "You came to “%(title)s”. Please say in a few minutes how it was. The link works once, before %(day)s; "
                "it is meant for you alone. Your answers are kept apart from your name: nobody sees who answered what."
            ) % words,
            "link": settings.SITE["url"] + reverse("conference:answer_survey", args=[survey.edition.slug, link.key]),
        }  # fmt: skip
        if person := link.delegate.person:
            digests.notify(person, **said)
        else:
            outbox.queue(to=to.email, language=to.language, **said)
