"""Sentences of the events of initiatives."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.core import events

SENTENCES: dict[str, str | Promise] = {
    "exchange.initiative.added_from_files": _("The initiative “%(subject)s” was added from the reference data"),
    "exchange.initiative.changed_from_files": _("The initiative “%(subject)s” was corrected from the reference data"),
    "exchange.initiative.published": _("%(actor)s published the initiative “%(subject)s”"),
    "exchange.initiative.retired": _("%(actor)s retired the initiative “%(subject)s”"),
    "exchange.partner.confirmed": _("%(city)s confirmed its part in “%(initiative)s”"),
    "exchange.partner.declined": _("%(city)s declined its part in “%(initiative)s”"),
}


def register() -> None:
    """Give the kernel the sentences of this slice."""
    events.register(SENTENCES)
