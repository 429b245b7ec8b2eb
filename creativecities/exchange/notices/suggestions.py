"""Sentences of what became of suggested partners. Nobody is told: it is between a city's team and itself."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "exchange.suggestion.contacted": _("%(city)s and %(partner)s are in contact"),
    "exchange.suggestion.accepted": _("%(partner)s works with %(city)s"),
    "exchange.suggestion.refused": _("%(partner)s declined to work with %(city)s"),
    "exchange.suggestion.dismissed": _("%(partner)s is not relevant for %(city)s now"),
    "exchange.suggestion.reconsidered": _("%(partner)s may be suggested to %(city)s again"),
    "exchange.suggestion.lapsed": _("%(city)s and %(partner)s are no longer in contact"),
}
