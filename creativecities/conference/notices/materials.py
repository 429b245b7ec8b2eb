"""What is told of the materials of sessions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.material.added": _("%(actor)s added material to a session"),
    "conference.material.removed": _("%(actor)s removed material from a session"),
}
