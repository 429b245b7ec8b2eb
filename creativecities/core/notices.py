"""Sentences of the kernel's own events."""

from django.utils.translation import gettext_lazy as _

from creativecities.core import events

SENTENCES = {
    "core.mail.claimed": _("A mail is being sent"),
    "core.mail.sent": _("A mail was sent"),
    "core.mail.returned": _("A mail could not be sent and waits for another try"),
    "core.mail.failed": _("A mail was given up after several tries"),
    "core.mail.released": _("%(actor)s let a mail leave"),
    "core.mail.gathered": _("A notice left in a digest"),
    "core.mail.nothing_released": _("%(actor)s found no mail to release"),
    "core.storedfile.added": _("%(actor)s added the file %(subject)s"),
    "core.storedfile.published": _("%(actor)s published the file %(subject)s"),
    "core.storedfile.unpublished": _("%(actor)s took the file %(subject)s from the public pages"),
    "core.storedfile.removed": _("%(actor)s removed the file %(subject)s"),
}


def register() -> None:
    events.register(SENTENCES)
