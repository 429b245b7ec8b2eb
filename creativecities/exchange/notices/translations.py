"""The sentence of the event of translating."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "exchange.initiative.translated": _("%(actor)s translated the initiative “%(subject)s” (%(language)s)"),
}
