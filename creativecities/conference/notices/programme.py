"""What is told of the programme, and in which words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.session.dropped": _("%(actor)s dropped the session “%(subject)s” from the draft of the programme"),
    "conference.session.planned_again": _("%(actor)s put the session “%(subject)s” back into the draft"),
}
