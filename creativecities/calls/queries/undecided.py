"""What waits for the head of the network: files whose evaluation is over, and decisions to be announced."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute.definition import languages
from creativecities.calls.compute.instants import instants
from creativecities.calls.models import Announcement, Application, Extension
from creativecities.calls.queries.calls import newest_versions
from creativecities.calls.rules import decisions as rules
from creativecities.core.desk import Due
from creativecities.core.words import in_language


def due_for(person: Any) -> Iterable[Due]:
    """By call, how many files the head of the network has to decide on; then, that the decision can be announced.

    Files with which they have a conflict themselves are not counted. Two statements.
    """
    if not rules.is_head(person):
        return
    waiting = {each["call"]: each for each in _waiting(person)}
    for version in newest_versions().filter(call__in=waiting).select_related("call"):
        said, found = version.definition, waiting[version.call_id]
        dates, slug = instants(said), version.call.slug
        if (ends := dates.get("evaluated_by")) and timezone.now() < ends:
            continue
        title, page = _("Announce the decision of the call"), "calls:announce"
        if found["undecided"]:
            title, page = _("Files to decide on: %(number)d") % {"number": found["undecided"]}, "calls:decisions"
        name, _language = in_language(said["about"]["title"], get_language() or "en", languages(said))
        yield Due(title, reverse(page, args=[slug]), dates.get("announced_at"), name or slug)


def _waiting(person: Any) -> list[Any]:
    """The calls that nobody can hand in to any more, with files in evaluation, and how many are not decided on."""
    now = timezone.now()
    files = Application.objects.filter(state=states.ELIGIBLE, call__state=states.PUBLISHED, call__closes_at__lte=now)
    files = files.exclude(conflicts__reviewer__person=person.pk)
    files = files.exclude(call__in=Extension.objects.filter(closes_at__gt=now).values("call"))
    files = files.exclude(call__in=Announcement.objects.filter(state=states.ANNOUNCED).values("call"))
    undecided = Count("pk", filter=Q(decision__isnull=True))
    return list(files.order_by().values("call").annotate(undecided=undecided))
