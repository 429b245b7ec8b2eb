"""Sentences of the network's events, and who is told what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.core import events

SENTENCES: dict[str, str | Promise] = {
    "network.reference.loaded": _("The reference data was loaded: %(added)s added, %(changed)s changed, %(kept)s kept"),
    "network.listing.rebuilt": _("%(actor)s wrote the rows of all lists anew"),
    "network.city.added_from_files": _("%(subject)s was added from the reference data"),
    "network.city.changed_from_files": _("%(subject)s was corrected from the reference data"),
    "network.imported.taken": _("%(actor)s took the value of the reference data: %(subject)s"),
    "network.imported.declined": _("%(actor)s kept what a person wrote, not the value of the reference data: %(subject)s"),
}


def register() -> None:
    """Give the kernel the sentences of this slice."""
    events.register(SENTENCES)
