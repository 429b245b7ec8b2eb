"""What waits for people because of an edition: a delegation to nominate or confirm, a place to accept."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.conference.queries import editions
from creativecities.core import freshness
from creativecities.core.desk import Due
from creativecities.network.queries import mandates


@freshness.kept()
def _open() -> list[Edition]:
    """Editions for which cities register, until the next write. One statement."""
    found = Edition.objects.filter(state=states.ANNOUNCED, opens_at__isnull=False, confirm_by__isnull=False)
    return list(found.prefetch_related("hosts"))


def of_delegations(person: Any) -> Iterable[Due]:
    """What the teams of a person still have to say. No statement while no registration is open, else two."""
    now, teams = timezone.now(), mandates.of(person).teams
    going_on = [one for one in _open() if one.opens_at and one.confirm_by and one.opens_at <= now]
    if not teams or not going_on:
        return
    rows = Delegation.objects.filter(edition__in=going_on, city__in=teams)
    sent = {(row.edition_id, row.city_id): row for row in rows}
    for edition in going_on:
        for city, mandate in teams.items():
            yield from _of(edition, mandate.city, sent.get((edition.pk, city)), now)
    yield from _offers(teams, now)


def _of(edition: Edition, city: Any, sent: Delegation | None, now: dt.datetime) -> Iterable[Due]:
    state = sent.state if sent else ""
    words = {"city": city.name, "edition": str(editions.shown(edition).title)}
    url = reverse("conference:delegation", args=[edition.slug, city.slug])
    if edition.nominate_by and now < edition.nominate_by and state in ("", states.PREPARING):
        yield Due(_("Nominate the delegation of %(city)s: %(edition)s") % words, url, edition.nominate_by)
    elif edition.confirm_by and now < edition.confirm_by and state == states.NOMINATED:
        yield Due(_("Confirm the delegation of %(city)s by name: %(edition)s") % words, url, edition.confirm_by)


def _offers(teams: Any, now: dt.datetime) -> Iterable[Due]:
    offers = Delegate.objects.filter(state=states.OFFERED, delegation__city__in=teams, offered_until__gt=now)
    for one in offers.select_related("delegation__city", "delegation__edition"):
        where = [one.delegation.edition.slug, one.delegation.city.slug, one.code]
        title = _("Accept the place that has fallen free for %(city)s") % {"city": one.delegation.city.name}
        yield Due(title, reverse("conference:delegate", args=where), one.offered_until)
