"""Sentences of the events of pictures of initiatives."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "exchange.picture.added": _("%(actor)s added a picture to “%(subject)s”"),
    "exchange.picture.described": _("%(actor)s changed the words of a picture of “%(subject)s”"),
    "exchange.picture.removed": _("%(actor)s took a picture away from “%(subject)s”"),
}
