"""The Secretariat reminds those whose reviews are missing."""

from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls.models import Call
from creativecities.calls.notices import reviews as notices
from creativecities.calls.queries import results as queries
from creativecities.calls.rules.calls import withdrawn
from creativecities.core.action import action, record
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


@action(quiet=True)
def remind(call: Call, *, by: Person) -> int:
    """Remind everybody with an open review, each once a day; says how many.

    Who sends it reminds of the files that they may know: of one with which they are in conflict, others do.
    """
    if refusal := network.only_secretariat(by) or withdrawn(call):
        raise refusal
    waiting = queries.waiting(by, call)
    keys = {notices.reminder_key(each): each for each in waiting}
    told = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    if not waiting:
        raise Refusal(_("No review is missing from those who read files."), code="nobody-waits")
    if told.issuperset(keys):
        raise Refusal(_("Everybody was reminded today already."), code="reminded-today")
    for key, reviewer in keys.items():
        if key not in told:
            notices.remind(reviewer, waiting[reviewer])
    record(notices.REMINDED, call, by=by, number=len(keys) - len(told))
    return len(keys) - len(told)
