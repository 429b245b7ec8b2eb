"""Which editions a city has hosted, or will."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from creativecities.conference import states
from creativecities.conference.models import Edition
from creativecities.conference.queries.editions import Shown
from creativecities.core import days, freshness


def hosted_by(city: int, day: dt.date) -> list[Shown]:
    """What a city had hosted on a day, the newest first; today also what it will host. No statement between writes."""
    today = days.today()
    found = [Shown(one, today) for one in _by_city().get(city, ())]
    return [one for one in found if one.begins <= day or (day == today and one.is_ahead)]


@freshness.kept()
def _by_city() -> Mapping[int, list[Edition]]:
    """Public editions that were not cancelled and of which a source is sure, by city. Two statements."""
    found: dict[int, list[Edition]] = defaultdict(list)
    held = Edition.objects.visible_to(AnonymousUser()).filter(~Q(state=states.CANCELLED), hosts__city__isnull=False)
    for edition in held.filter(is_confirmed=True).distinct().prefetch_related("hosts"):
        for host in edition.hosts.all():
            if host.city_id:
                found[host.city_id].append(edition)
    return found
