"""Sentences of the events of openings. Nobody is told by mail: whoever follows the opportunities sees them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "exchange.opening.opened": _("%(actor)s opened “%(subject)s” for applications until %(until)s"),
    "exchange.opening.closed": _("%(actor)s closed “%(subject)s” for applications"),
}
