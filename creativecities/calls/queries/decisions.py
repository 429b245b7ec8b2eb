"""What the balance board counts: the members of today, and the files in evaluation with their points."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.compute import rubric, scores
from creativecities.calls.compute.board import File, Place
from creativecities.calls.compute.definition import GROUPS, Definition, languages
from creativecities.calls.models import Application, Call, Conflict, Endorsement, Review
from creativecities.calls.queries.calls import memberships
from creativecities.core import days
from creativecities.core.words import Words, in_language
from creativecities.network.compute.size import band
from creativecities.network.models import Country, LeastDevelopedPeriod, Listing
from creativecities.network.queries.numbers import GROUPS as COUNTRY_GROUPS

DECIDED_ON = (states.ELIGIBLE, states.DESIGNATED, states.NOT_DESIGNATED)
FACTS = ("pk", "code", "city_name", "country", "field", "population")


def definition_of(call: Call) -> Definition:
    """What the call says now. One statement."""
    newest = call.versions.first()
    said: Definition = newest.definition if newest else call.next
    return said


def title_of(call: Call) -> Words:
    """What the call is called, in the reader's language. One statement."""
    said = definition_of(call)
    text, language = in_language(said["about"]["title"], get_language() or "en", languages(said))
    return Words(text or call.slug, language)


def members() -> dict[int, Place]:
    """The member cities of today, by number. One statement."""
    rows = Listing.objects.on(days.today()).order_by().values_list(
        "city", "field", "region", "country", "counted_country", "size", "development", "is_ldc", "is_lldc", "is_sids"
    )  # fmt: skip
    return {row[0]: Place(*row[1:7], _groups(*row[7:])) for row in rows}


def _groups(*are_in: bool) -> tuple[str, ...]:
    return tuple(name for name, is_in in zip(COUNTRY_GROUPS, are_in, strict=True) if is_in)


def known_to(person: Any) -> QuerySet[Application]:
    """The files that somebody who prepares a decision may know."""
    return Application.objects.clear_of(person)


def files(call: Call, known: QuerySet[Application], moving: Mapping[int, Place]) -> list[File]:
    """Those of some files that are decided on in a call, by name, with their points in each group. Five statements.

    `moving` are members, by number, that may go on in another field: their files say which place they leave; two more.
    """
    countries = Country.objects.in_bulk()
    least = set(LeastDevelopedPeriod.objects.filter(_held_today()).values_list("country_id", flat=True))
    endorsed = Endorsement.objects.filter(application=OuterRef("pk"), state=states.ENDORSED)
    found = known.filter(call=call, state__in=DECIDED_ON).order_by("city_name", "pk")
    stays = memberships(found.filter(state=states.ELIGIBLE)) if moving else {}
    leaves = {pk: moving.get(each.city_id) for pk, each in stays.items()}
    points, reviews = _points(call)
    return [
        File(
            pk, code, name, countries[country].name, _place(countries[country], field, population, least),
            points[pk], reviews[pk], is_endorsed, leaves.get(pk),
        )
        for pk, code, name, country, field, population, is_endorsed in found.annotate(
            is_endorsed=Exists(endorsed)
        ).values_list(*FACTS, "is_endorsed")
    ]  # fmt: skip


def _held_today() -> Q:
    """Least developed today; an empty start means: since long ago."""
    today = days.today()
    return Q(Q(start__isnull=True) | Q(start__lte=today)) & Q(Q(end__isnull=True) | Q(end__gt=today))


def _place(country: Country, field: str, population: int | None, least: set[str]) -> Place:
    return Place(
        field, country.region_id, country.pk, country.counted_with_id or country.pk, band(population),
        country.development, _groups(country.pk in least, country.is_lldc, country.is_sids),
    )  # fmt: skip


def _points(call: Call) -> tuple[Mapping[int, Mapping[str, float | None]], Counter[int]]:
    """By file, the points of each group, and how many reviews there are; reviews in conflict do not count.

    Each review counts by the rubric it was written for.
    """
    in_conflict = Conflict.objects.filter(
        reviewer=OuterRef("assignment__reviewer"), application=OuterRef("assignment__application")
    )
    found = Review.objects.filter(
        ~Exists(in_conflict), assignment__application__call=call, assignment__state=states.DONE, abstains=False
    ).values_list("assignment__application", "assignment__reviewer__group", "call_version", "scores")
    said = dict(call.versions.values_list("number", "definition"))
    criteria = {(number, group): rubric.criteria_of(said[number], group) for number in said for group in GROUPS}
    totals: dict[int, dict[str, list[float]]] = defaultdict(lambda: {group: [] for group in GROUPS})
    reviews: Counter[int] = Counter()
    for pk, group, version, points in found:
        reviews[pk] += 1
        if (total := scores.weighted_mean(points, criteria[version, group])) is not None:
            totals[pk][group].append(total)
    means: dict[int, Mapping[str, float | None]] = defaultdict(lambda: dict.fromkeys(GROUPS))
    for pk, by_group in totals.items():
        spreads = {group: scores.spread(values) for group, values in by_group.items()}
        means[pk] = {group: each.mean if each else None for group, each in spreads.items()}
    return means, reviews
