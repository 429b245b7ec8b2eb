"""What is told of the figures of an edition."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.edition.counted": _("%(actor)s counted the edition “%(subject)s”: %(number)s cities"),
}
