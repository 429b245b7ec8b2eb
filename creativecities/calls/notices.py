"""What is told of calls, and in which words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.core import events

SENTENCES: dict[str, str | Promise] = {
    "calls.call.drafted": _("%(actor)s began the call “%(subject)s”"),
    "calls.call.edited": _("%(actor)s edited the call “%(subject)s”"),
    "calls.call.published": _("%(actor)s published the call “%(subject)s”"),
    "calls.call.changed": _("%(actor)s published version %(number)s of the call “%(subject)s”: %(reason)s"),
    "calls.call.extended": _("%(actor)s extended the call “%(subject)s”: %(reason)s"),
    "calls.call.withdrawn": _("%(actor)s withdrew the call “%(subject)s”: %(reason)s"),
    "calls.application.begun": _("%(actor)s began the file"),
    "calls.application.edited": _("%(actor)s wrote in the file"),
    "calls.application.presented": _("%(actor)s showed the file to the National Commission"),
    "calls.application.submitted": _("%(actor)s handed the file in"),
    "calls.application.completed": _("%(actor)s completed the file and handed it in again"),
    "calls.application.taken_back": _("%(actor)s took the file back"),
    "calls.application.returned": _("The file was returned for completion"),
    "calls.application.lapsed": _("The time for completion ended; the file stays as it was handed in"),
    "calls.application.admitted": _("The file was found eligible"),
    "calls.application.rejected": _("The file was found not eligible: %(reason)s"),
    "calls.application.checked_again": _("The check of the file was opened again"),
    "calls.application.given_up": _("%(actor)s gave the application up"),
    "calls.application.designated": _("The city was designated"),
    "calls.application.not_designated": _("The city was not designated"),
    "calls.endorsement.endorsed": _("The National Commission endorsed the file"),
    "calls.endorsement.declined": _("The National Commission declined to endorse the file: %(reason)s"),
    "calls.endorsement.withdrawn": _("The National Commission withdrew its endorsement: %(reason)s"),
    "calls.reviewer.accepted": _("A reviewer accepted"),
    "calls.reviewer.declined": _("A reviewer declined"),
    "calls.reviewer.invited_again": _("A reviewer was invited again"),
    "calls.reviewer.left": _("A reviewer left"),
    "calls.assignment.handed_in": _("A review was handed in"),
    "calls.assignment.reopened": _("A review was opened again"),
    "calls.assignment.recused": _("A reviewer gave a file back"),
}


def register() -> None:
    """Tell the kernel the sentences of this slice's events."""
    events.register(SENTENCES)
