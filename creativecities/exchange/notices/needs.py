"""Sentences of the events of topics, ratings, needs and offers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "exchange.topic.added_from_files": _("The topic “%(subject)s” was added from the reference data"),
    "exchange.topic.changed_from_files": _("The topic “%(subject)s” was corrected from the reference data"),
    "exchange.rating.saved": _("%(actor)s rated the topics of %(subject)s"),
    "exchange.need.posted": _("%(actor)s posted “%(subject)s” for %(city)s"),
    "exchange.need.closed": _("“%(subject)s” was closed: it has found what it sought"),
    "exchange.need.withdrawn": _("“%(subject)s” was withdrawn"),
    "exchange.need.expired": _("“%(subject)s” is past its last day"),
}
