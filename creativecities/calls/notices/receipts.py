"""Who prepared a file is told that it was handed in: a link, and nothing by which others know which city it is."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from creativecities.calls.models import Submission
from creativecities.core import outbox


def handed_in(submission: Submission) -> None:
    """Tell the whole team, with the way to the receipt."""
    application = submission.application
    for each in application.contributors.select_related("person"):
        person = each.person
        with override(person.language):
            words = {
                "name": submission.person_name,
                "number": submission.number,
                "at": f"{submission.at:%Y-%m-%d %H:%M:%S}",
            }
            outbox.queue(
                kind="calls.application.handed_in",
                key=f"handed-in-{submission.pk}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=gettext("Your file was handed in"),
                body=gettext(
                    "%(name)s handed in the file that you prepare together. It has number %(number)d and was received "
                    "on %(at)s (UTC).\n\nThe receipt, with the fingerprint that proves what was handed in:"
                )
                % words,
                link=settings.SITE["url"] + reverse("calls:receipt", args=[application.code, submission.number]),
            )
