"""When people of delegations are in sessions: where they speak, have a seat, or which admit them and only some."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import F

from creativecities.conference.models import Delegate, Edition, Session, SignUp, Speaker
from creativecities.conference.queries import gate
from creativecities.conference.rules.gate import come_in

Span = tuple[dt.datetime, dt.datetime]


def occupied(edition: Edition) -> Mapping[int, list[Span]]:
    """By delegate. Four statements, and four for each day with sessions that admit only some and have no seats."""
    found: dict[int, list[Span]] = defaultdict(list)
    planned = Session.objects.filter(edition=edition, starts_at__isnull=False).planned()
    for rows in (Speaker.objects.all(), SignUp.objects.filter(number__isnull=False)):
        there = rows.filter(session__in=planned).annotate(starts=F("session__starts_at"), ends=F("session__ends_at"))
        for one, starts, ends in there.values_list("delegate_id", "starts", "ends"):
            found[one].append((starts, ends))
    for session, delegate in _expected(edition, list(planned.filter(seats=None))):
        assert session.starts_at  # so they were chosen
        assert session.ends_at
        found[delegate.pk].append((session.starts_at, session.ends_at))
    return found


def _expected(edition: Edition, sessions: list[Session]) -> list[tuple[Session, Delegate]]:
    """Whom a session that is held for some waits for."""
    for_some = [each for each in sessions if each.admits != Session.Admits.EVERYBODY]
    coming = list(gate.coming(edition)) if for_some else []
    days = {each.pk: gate.day_of(each.starts_at, edition) for each in for_some if each.starts_at}
    facts = {day: gate.facts(coming, day, edition) for day in set(days.values())}
    return [
        (session, delegate)
        for session in for_some
        for delegate in coming
        if come_in(session.admits, session.field_id or "", facts[days[session.pk]][delegate.pk]) is None
    ]
