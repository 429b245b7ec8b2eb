"""What is told of delegations, and in which words. No sentence names a delegate."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.delegation.nominated": _("%(actor)s nominated a delegation"),
    "conference.delegation.confirmed": _("%(actor)s confirmed a delegation by name"),
    "conference.delegation.declined": _("%(actor)s said that the city does not come"),
    "conference.delegation.begun_again": _("%(actor)s said that the city comes after all"),
    "conference.delegate.confirmed": _("%(actor)s confirmed a delegate by name"),
    "conference.delegate.offered": _("%(actor)s offered a place to a delegate on the waiting list"),
    "conference.delegate.lapsed": _("%(actor)s let the offer of a place lapse"),
    "conference.delegate.withdrawn": _("%(actor)s withdrew a delegate"),
}
