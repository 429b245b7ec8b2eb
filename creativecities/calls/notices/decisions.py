"""What is told of what is prepared and decided. It never says which city."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "calls.scenario.drawn_up": _("%(actor)s drew up a scenario"),
    "calls.scenario.saved": _("%(actor)s changed a scenario"),
    "calls.scenario.removed": _("%(actor)s removed a scenario"),
    "calls.announcement.filled": _("%(actor)s took a scenario over as what is to be decided"),
    "calls.decision.written": _("%(actor)s gave the reason for a decision"),
    "calls.decision.emptied": _("%(actor)s took a scenario over that decides on a file otherwise: its reason is void"),
    "calls.announcement.written": _("%(actor)s wrote the text of the announcement"),
    "calls.announcement.announced": _("%(actor)s announced the decision of the call"),
}
