"""What is told of editions, and in which words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.edition.added_from_files": _("The reference data added the edition “%(subject)s”"),
    "conference.edition.changed_from_files": _("The reference data changed the edition “%(subject)s”"),
    "conference.edition.announced": _("%(actor)s announced the edition “%(subject)s”"),
    "conference.edition.postponed": _("%(actor)s postponed the edition “%(subject)s”"),
    "conference.edition.cancelled": _("%(actor)s cancelled the edition “%(subject)s”"),
}
