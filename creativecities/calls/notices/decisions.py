"""What is told of what is prepared and decided. It never says which city."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "calls.scenario.drawn_up": _("%(actor)s drew up a scenario"),
    "calls.scenario.saved": _("%(actor)s changed a scenario"),
    "calls.scenario.removed": _("%(actor)s removed a scenario"),
    "calls.announcement.announced": _("%(actor)s announced the decision of the call"),
}
