"""What is told of a city's file, to those who may see it. It never says which city."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls.models import Application, Comment
from creativecities.core import digests, outbox
from creativecities.core.models import Event

SENTENCES: dict[str, str | Promise] = {
    "calls.application.begun": _("%(actor)s began the file"),
    "calls.application.edited": _("%(actor)s wrote in the file"),
    "calls.application.paper_added": _("%(actor)s added a paper"),
    "calls.application.paper_removed": _("%(actor)s took a paper out"),
    "calls.application.invited": _("%(actor)s invited somebody to prepare the file"),
    "calls.application.uninvited": _("%(actor)s withdrew an invitation to the file"),
    "calls.application.joined": _("%(actor)s joined the team of the file"),
    "calls.application.team_changed": _("%(actor)s changed who does what in the file"),
    "calls.application.handed_over": _("%(actor)s handed the file over to another owner"),
    "calls.application.let_go": _("%(actor)s took somebody out of the team"),
    "calls.application.left": _("%(actor)s left the team of the file"),
    "calls.application.taken_over": _("%(actor)s took the answers of an earlier file into this one"),
    "calls.application.commented": _("%(actor)s commented the answers"),
    "calls.application.resolved": _("%(actor)s resolved comments"),
    "calls.application.presented": _("%(actor)s showed the file to the National Commission"),
    "calls.application.submitted": _("%(actor)s handed the file in"),
    "calls.application.completed": _("%(actor)s completed the file and handed it in again"),
    "calls.application.taken_back": _("%(actor)s took the file back"),
    "calls.application.returned": _("The file was returned for completion: %(reason)s"),
    "calls.application.lapsed": _("The time for completion ended; the file stays as it was handed in"),
    "calls.application.admitted": _("The file was found eligible"),
    "calls.application.rejected": _("The file was found not eligible: %(reason)s"),
    "calls.application.checked_again": _("The check of the file was opened again"),
    "calls.application.given_up": _("%(actor)s gave the application up"),
    "calls.application.designated": _("The city was designated"),
    "calls.application.not_designated": _("The city was not designated"),
}


def now_owner(person: Person, application: Application, event: Event) -> None:
    """Tell somebody that a file is theirs now: it is they who hand it in."""
    with override(person.language):
        digests.notify(
            person,
            kind="calls.application.handed_over",
            key=f"file-owner-{event.pk}",
            subject=gettext("You own a city’s file now"),
            body=gettext("A file that you prepare was handed over to you: it is you who hands it in. It is here:"),
            link=settings.SITE["url"] + reverse("calls:file", args=[application.code]),
        )


def comment_keys(application: int, reader: int) -> str:
    """How the keys of the mails begin that tell a person of comments on a file, both by number."""
    return f"file-comment-{application}-{reader}-"


def commented(comment: Comment, person: Person, section: str) -> None:
    """Say that something was said about an answer, and where; not what, nor of which city."""
    code = comment.application.code
    page = reverse("calls:section", args=[code, section]) if section else reverse("calls:file", args=[code])
    with override(person.language):
        digests.notify(
            person,
            kind="calls.application.commented",
            key=f"{comment_keys(comment.application_id, person.pk)}{comment.pk}-",
            subject=gettext("A comment in a city’s file"),
            body=gettext("Something was said about an answer in a file that you prepare. Read it on this page:"),
            link=f"{settings.SITE['url']}{page}#talk-{comment.question}",
        )


def dealt_with(comment: Comment) -> None:
    """What is resolved is not told any more."""
    for part in comment.application.contributors.all():
        outbox.take_back(f"{comment_keys(comment.application_id, part.person_id)}{comment.pk}-")
