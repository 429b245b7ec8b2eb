"""What the teams of files have to be told, and which of their times are over."""

from django.utils import timezone

from creativecities.calls import states
from creativecities.calls.models import Completion

AT_ONCE = 200
"""How many files one tick of the clock cares for; the next takes the others."""


def overdue() -> list[Completion]:
    """Files that did not come back in time. One statement."""
    found = Completion.objects.filter(
        closed_at=None, until__lte=timezone.now(), application__state=states.RETURNED
    ).select_related("application__call")
    return list(found.order_by("until")[:AT_ONCE])
