"""What is told of calls, and in which words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "calls.call.drafted": _("%(actor)s began the call “%(subject)s”"),
    "calls.call.edited": _("%(actor)s edited the call “%(subject)s”"),
    "calls.call.published": _("%(actor)s published the call “%(subject)s”"),
    "calls.call.changed": _("%(actor)s published version %(number)s of the call “%(subject)s”: %(reason)s"),
    "calls.call.extended": _("%(actor)s extended the call “%(subject)s”: %(reason)s"),
    "calls.call.withdrawn": _("%(actor)s withdrew the call “%(subject)s”: %(reason)s"),
}
