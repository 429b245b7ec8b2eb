"""What is told of doors, and in which words. No sentence names who came in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.door.made": _("%(actor)s made the door “%(subject)s”"),
    "conference.door.closed": _("%(actor)s closed the door “%(subject)s”"),
    "conference.door.opened": _("%(actor)s opened the door “%(subject)s” again"),
    "conference.door.renewed": _("%(actor)s gave the door “%(subject)s” another address"),
    "conference.door.synced": _("The door “%(subject)s” handed in %(received)s scans, %(fresh)s of them new"),
}
