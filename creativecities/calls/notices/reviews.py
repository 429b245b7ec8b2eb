"""What is told of reviews to those who write them. Never which city: a mail may be read by others."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Reviewer
from creativecities.core import days, outbox

REMINDED = "calls.reviewer.reminded"
SENTENCES: dict[str, str | Promise] = {
    "calls.assignment.written": _("A reviewer wrote about a file"),
    REMINDED: _("%(actor)s reminded reviewers of what waits for them"),
}


def reminder_key(reviewer: Reviewer) -> str:
    """One reminder a day."""
    return f"review-reminder-{reviewer.pk}-{days.today():%Y%m%d}"


def remind(reviewer: Reviewer, number: int) -> None:
    """Say how many reviews wait, and where."""
    person = reviewer.person
    with override(person.language):
        outbox.queue(
            kind=REMINDED, key=reminder_key(reviewer), to=person.email, person_id=person.pk, language=person.language,
            subject=gettext("Reviews wait for you"),
            body=gettext("Reviews to hand in: %(number)d") % {"number": number},
            link=settings.SITE["url"] + reverse("calls:reviews"),
        )  # fmt: skip
