"""What is told of reviews to those who write them. Never which city: a mail may be read by others."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Opinion, Reviewer
from creativecities.core import days, digests, outbox

REMINDED = "calls.reviewer.reminded"
REMARKED = "calls.opinion.written"
SENTENCES: dict[str, str | Promise] = {
    "calls.assignment.written": _("A reviewer wrote about a file"),
    REMINDED: _("%(actor)s reminded reviewers of what waits for them"),
    REMARKED: _("Something was said in the discussion of a file"),
    "calls.meeting.planned": _("%(actor)s set the agenda of the meeting"),
    "calls.meeting.opened": _("%(actor)s opened the meeting"),
    "calls.meeting.moved": _("%(actor)s went on to the next file of the meeting"),
    "calls.meeting.closed": _("%(actor)s closed the meeting"),
    "calls.item.noted": _("%(actor)s wrote the notes of the meeting on a file"),
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


def opinion_keys(application: int, reader: int) -> str:
    """How the keys of the mails begin that tell a person of the discussion of a file, both by number."""
    return f"opinion-{application}-{reader}-"


def opinioned(opinion: Opinion, person: Any, address: str) -> None:
    """Say that something was said, and where; not what, nor of which city."""
    with override(person.language):
        digests.notify(
            person, kind=REMARKED, key=f"{opinion_keys(opinion.application_id, person.pk)}{opinion.pk}",
            subject=gettext("Something new in a discussion of the evaluation"),
            body=gettext("Something was said of a file you have judged. Read it on this page:"),
            link=f"{settings.SITE['url']}{address}#discussion",
        )  # fmt: skip
