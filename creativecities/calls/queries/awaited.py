"""The files on which a National Commission has said nothing yet: what is due on its desk, and when it is reminded."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute.definition import Definition, in_language, languages
from creativecities.calls.models import Application
from creativecities.calls.queries import telling
from creativecities.calls.queries.calls import newest_versions
from creativecities.calls.queries.endorsements import commissions_of
from creativecities.calls.queries.telling import End
from creativecities.calls.rules.endorsements import BEFORE_THE_CHECK, deadline
from creativecities.core import access
from creativecities.core.desk import Due


def near() -> list[End]:
    """The files of which their commissions are reminded now, by the clock of the call. Four statements."""
    now = timezone.now()
    due = (
        telling.due(End("commission", each, until, since), ZoneInfo(said["dates"]["zone"]), now)
        for each, said, until in _in_time(_silent(), now) if (since := each.presented_at)
    )  # fmt: skip
    return [end for end in due if end][: telling.AT_ONCE]


def due_for(person: Any) -> Iterable[Due]:
    """What waits for the word of an officer's commission."""
    if "commission-officer" not in access.roles(person):
        return
    countries = [each.country_id for each in commissions_of(person)]
    mine = Application.objects.visible_to(person) & _silent().filter(country__in=countries)
    for each, said, until in _in_time(mine, timezone.now()):
        title = _("Decide on the file of %(city)s") % {"city": each.city_name}
        call, _language = in_language(said["about"]["title"], get_language() or "en", languages(said))
        yield Due(title, reverse("calls:commission_file", args=[each.code]), until, call or each.call.slug)


def _silent() -> QuerySet[Application]:
    return Application.objects.filter(
        state__in=BEFORE_THE_CHECK, presented_at__isnull=False, endorsement=None, call__state=states.PUBLISHED
    )


def _in_time(found: QuerySet[Application], now: dt.datetime) -> Iterator[tuple[Application, Definition, dt.datetime]]:
    """Those whose deadline is to come, with what their call says."""
    files = list(found.select_related("call").prefetch_related("call__extensions", "told"))
    versions = newest_versions().filter(call__in={each.call_id for each in files})
    said: dict[int, Definition] = {each.call_id: each.definition for each in versions}
    for each in files:
        if now < (until := deadline(each, said[each.call_id])):
            yield each, said[each.call_id], until
