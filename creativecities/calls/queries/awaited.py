"""The files that wait for the word of a National Commission, or for it again: what is due, and when it is reminded."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute.definition import Definition, languages
from creativecities.calls.models import Application
from creativecities.calls.queries import telling
from creativecities.calls.queries.calls import newest_versions
from creativecities.calls.queries.endorsements import commissions_of
from creativecities.calls.queries.telling import End
from creativecities.calls.rules.endorsements import BEFORE_THE_CHECK, asked_again, deadline, has_answered
from creativecities.core import access
from creativecities.core.desk import Due
from creativecities.core.words import in_language


def near() -> list[End]:
    """The files of which their commissions are reminded now, by the clock of the call. Four statements."""
    now = timezone.now()
    due = (
        telling.due(End("commission", each, until, since), ZoneInfo(said["dates"]["zone"]), now)
        for each, said, until, since in _in_time(_waiting(), now)
    )  # fmt: skip
    return [end for end in due if end][: telling.AT_ONCE]


def due_for(person: Any) -> Iterable[Due]:
    """What waits for the word of an officer's commission."""
    if "commission-officer" not in access.roles(person):
        return
    countries = [each.country_id for each in commissions_of(person)]
    mine = Application.objects.visible_to(person) & _waiting().filter(country__in=countries)
    for each, said, until, _since in _in_time(mine, timezone.now()):
        title = _("Decide on the file of %(city)s") % {"city": each.city_name}
        call, _language = in_language(said["about"]["title"], get_language() or "en", languages(said))
        yield Due(title, reverse("calls:commission_file", args=[each.code]), until, call or each.call.slug)


def _waiting() -> QuerySet[Application]:
    """Those on which nothing was said, and those that were returned: of these some are asked about again."""
    return Application.objects.filter(
        Q(endorsement=None) | Q(state=states.RETURNED), state__in=BEFORE_THE_CHECK, presented_at__isnull=False,
        call__state=states.PUBLISHED,
    )  # fmt: skip


def _in_time(
    found: QuerySet[Application], now: dt.datetime
) -> Iterator[tuple[Application, Definition, dt.datetime, dt.datetime]]:
    """Those whose deadline is to come, with what their call says, until when and since when they wait."""
    files = list(found.select_related("call", "endorsement").prefetch_related("call__extensions", "told"))
    versions = newest_versions().filter(call__in={each.call_id for each in files})
    said: dict[int, Definition] = {each.call_id: each.definition for each in versions}
    for each in files:
        since = _since(each, said[each.call_id])
        if since and now < (until := deadline(each, said[each.call_id])):
            yield each, said[each.call_id], until, since


def _since(application: Application, definition: Definition) -> dt.datetime | None:
    """Since when a file waits for its commission; None where its word was said."""
    word = getattr(application, "endorsement", None)
    again = asked_again(application, definition)
    if again and not has_answered(word, again):
        return again.at
    return None if word else application.presented_at
