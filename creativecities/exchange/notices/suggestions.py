"""Sentences of what a city's team did about a suggested partner. Nobody is told: it is between the team and itself."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "exchange.suggestion.contacted": _("%(actor)s noted that %(city)s has contacted %(partner)s"),
    "exchange.suggestion.accepted": _("%(actor)s noted that %(partner)s works with %(city)s"),
    "exchange.suggestion.refused": _("%(actor)s noted that %(partner)s declined to work with %(city)s"),
    "exchange.suggestion.dismissed": _("%(actor)s noted that %(partner)s is not relevant for %(city)s now"),
    "exchange.suggestion.reconsidered": _("%(actor)s let %(partner)s be suggested to %(city)s again"),
}
