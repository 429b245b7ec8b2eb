"""What is on record of reviewers and candidates, so that it can be said who must not judge whom."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet

from creativecities.calls import states
from creativecities.calls.compute import conflicts as compute
from creativecities.calls.models import Application, Call, Conflict, Contributor, Reviewer
from creativecities.calls.models.applications import ApplicationQuerySet
from creativecities.calls.queries.calls import published_definition
from creativecities.core import days
from creativecities.exchange import states as exchange
from creativecities.exchange.models import Initiative
from creativecities.network.models import Mandate

ON_RECORD = [kind for kind in Conflict.Kind if kind not in Conflict.DECLARED]
"""Found, not declared: these go when their reason goes."""


def files_in_evaluation(call: Call) -> ApplicationQuerySet:
    """The files that reviewers can be given."""
    return Application.objects.filter(call=call, state=states.ELIGIBLE)


def working(call: Call) -> QuerySet[Reviewer]:
    """Who reads files of a call, or has been asked to."""
    return Reviewer.objects.filter(call=call, state__in=[states.INVITED, states.ACCEPTED])


def on_record(
    call: Call, reviewers: Iterable[Reviewer], applications: Iterable[Application]
) -> dict[compute.Found, str]:
    """Every conflict between some reviewers and some files. Four statements."""
    files = [compute.Candidate(each.pk, each.country_id, each.city_id) for each in applications]
    years: int = published_definition(call)["evaluation"]["conflict_years"]
    cities = {each.city for each in files if each.city is not None}
    return compute.conflicts(_judges(call, list(reviewers)), files, {Conflict.Kind.SHARED: _shared(cities, years)})


def _judges(call: Call, reviewers: list[Reviewer]) -> list[compute.Judge]:
    held: dict[int, list[Any]] = defaultdict(list)
    people = [each.person_id for each in reviewers]
    names = ("person_id", "end", "city_id", "city__country_id", "commission__country_id")
    for row in Mandate.objects.filter(person__in=people).values_list(*names):
        held[row[0]].append(row[1:])
    busy = set(
        Contributor.objects.filter(application__call=call, application__state__in=states.COMPETING, person__in=people)
        .values_list("person_id", flat=True)
    )  # fmt: skip
    return [_judge(each, held[each.person_id], has_a_file=each.person_id in busy) for each in reviewers]


def _judge(reviewer: Reviewer, held: Iterable[Any], *, has_a_file: bool) -> compute.Judge:
    now, before, commissions = set[int](), set[int](), set[str]()
    countries = set(reviewer.countries)
    for end, city, country, commission in held:
        if city is not None:
            (now if end is None or end > days.today() else before).add(city)
        countries |= {country, commission} - {None}
        commissions |= {commission} - {None}
    if reviewer.city_id is not None:
        now.add(reviewer.city_id)
    return compute.Judge(
        reviewer.pk, frozenset(now), frozenset(countries), frozenset(before - now), frozenset(commissions), has_a_file
    )


def _shared(cities: Collection[int], years: int) -> dict[frozenset[int], str]:
    """The pairs of cities that lead or join one initiative, with its title, if it ended within these years or goes on.

    Also what is not published yet: then its number stands for its title.
    """
    if not cities:
        return {}
    since = days.today() - dt.timedelta(days=round(365.25 * years))
    found = Initiative.objects.filter(Q(lead__in=cities) | Q(parts__city__in=cities)).distinct()
    found = found.filter(Q(ends_on__gte=since) | Q(ends_on__isnull=True)).prefetch_related("parts")
    ties: dict[frozenset[int], str] = {}
    for one in found:
        joined = (part.city_id for part in one.parts.all() if part.state != exchange.DECLINED)
        for pair in combinations(sorted({one.lead_id, *joined}), 2):
            ties.setdefault(frozenset(pair), str(one))
    return ties
