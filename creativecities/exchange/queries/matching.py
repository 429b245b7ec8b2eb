"""What the matching knows of each city, and whom it suggests to whom. Higher rungs add signals and conflicts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.compute.health import Health
from creativecities.exchange.compute.partners import City
from creativecities.exchange.compute.partners import Suggestion as Reckoned
from creativecities.exchange.formats.weights import weights
from creativecities.exchange.models import Initiative, Need, NeedTopic, Rating, Suggestion
from creativecities.exchange.queries import topics
from creativecities.exchange.queries.catalogue import catalogue
from creativecities.exchange.queries.ties import health
from creativecities.network.models import Country, Portrait
from creativecities.search.queries.wholes import Wholes, wholes

if TYPE_CHECKING:
    from creativecities.exchange.compute.matching import Further, Network

SHOWN = 8
FROM_PORTRAIT = 3
"""How great a challenge is that a portrait mentions, where the city has rated none."""
FROM_POST = 5
Pairs = Callable[[], Iterable[tuple[int, int]]]
FURTHER: "dict[str, tuple[str | Promise, Further]]" = {}
_conflicts: list[Pairs] = []


def register_signal(name: str, label: str | Promise, signal: "Further") -> None:
    """Add a signal; `label` is its reason in words. Raises ValueError without a line of `matching_weights.csv`."""
    if name not in {weight.signal for weight in weights()}:
        raise ValueError(f"{name} has no weight")
    FURTHER[name] = (label, signal)


def register_conflict(pairs: Pairs) -> None:
    """Add pairs of cities between which a conflict is declared: neither is ever suggested to the other."""
    if pairs not in _conflicts:
        _conflicts.append(pairs)


def _in_conflict() -> Iterator[tuple[int, int]]:
    for one, other in (pair for pairs in _conflicts for pair in pairs()):
        yield from ((one, other), (other, one))


def conflicts_of(city: int) -> set[int]:
    """The cities with which a city has a declared conflict."""
    return {other for one, other in _in_conflict() if one == city}


def network() -> "Network":
    """Today's, kept until the next write or the next day."""
    return _network(days.today())


@freshness.kept()
def _network(day: dt.date) -> "Network":
    """The member cities of today with all that is known of them. At most sixteen statements, whatever their number."""
    from creativecities.exchange.compute.matching import Network  # arrays, which only who matches waits for

    present = health(day)
    answered = list(Suggestion.objects.values_list("city_id", "partner_id", "state"))
    return Network(
        _cities(present, Counter(partner for _city, partner, state in answered if state == states.CONTACTED)),
        {weight.signal: weight.value for weight in weights()},
        complementary={frozenset((tie.one.field, tie.other.field)) for tie in present.ties if tie.is_crossing},
        further={name: signal for name, (_label, signal) in FURTHER.items()},
        excluded=[
            *((city, partner) for city, partner, state in answered if state != states.SUGGESTED),
            *_in_conflict(),
        ],
    )


def suggested(reach: bool) -> dict[int, list[int]]:
    """For every city its partners, from one pass in which nobody is suggested to too many."""
    return _suggested(days.today(), reach)


@freshness.kept(maxsize=2)
def _suggested(day: dt.date, reach: bool) -> dict[int, list[int]]:
    return _network(day).everybody(SHOWN, reach=reach)


def for_city(city: int, *, reach: bool) -> list[Reckoned]:
    """The partners that the pass gives a city, with the arithmetic; none for a city that is no member."""
    given = suggested(reach)
    return network().explained(city, given[city], reach=reach) if city in given else []


def _cities(present: Health, contacted: Mapping[int, int]) -> list[City]:
    spoken = {
        iso: frozenset(code.split("-")[0] for code in codes.split(";") if code)
        for iso, codes in Country.objects.values_list("iso2", "languages")
    }
    partners: dict[int, set[int]] = defaultdict(set)
    for tie in present.ties:
        partners[tie.one.key].add(tie.other.key)
        partners[tie.other.key].add(tie.one.key)
    challenges, expertise = _rated()
    records, told = _records(present), wholes()
    return [
        City(
            key=city.key,
            field=city.field,
            languages=spoken.get(city.country, frozenset()),
            challenges=challenges.get(city.key, {}),
            expertise=expertise.get(city.key, {}),
            aims=_aims(records[city.key]),
            partners=frozenset(partners[city.key]),
            is_developing=city.development == "developing",
            is_ldc=city.is_ldc,
            is_sids=city.is_sids,
            in_contact=contacted.get(city.key, 0),
            vector=_meaning(told, city.slug, records[city.key]),
        )
        for city in present.members
    ]


def _rated() -> tuple[dict[int, dict[str, int]], dict[int, dict[str, int]]]:
    """Challenges and expertise: as rated, as posted, and where a city has said nothing as its portrait mentions."""
    found: dict[str, dict[int, dict[str, int]]] = {kind: defaultdict(dict) for kind in Rating.Kind.values}
    for city, kind, topic, value in Rating.objects.on(days.today()).values_list("city_id", "kind", "topic_id", "value"):
        found[kind][city][topic] = value
    open_needs = Need.objects.visible_to(None).values("pk")
    for city, kind, topic in NeedTopic.objects.filter(need__in=open_needs).values_list(
        "need__city_id", "need__kind", "topic_id"
    ):
        of = Rating.Kind.CHALLENGE if kind == Need.Kind.NEED else Rating.Kind.EXPERTISE
        found[of][city][topic] = FROM_POST
    topic_of = {wording: topic.slug for topic in topics.offered() for wording in topic.challenges}
    said = Portrait.objects.filter(is_current=True, is_original=True).values_list("city_id", "challenges")
    for city, wordings in said:
        if city not in found[Rating.Kind.CHALLENGE] and (
            named := {topic_of[each] for each in wordings if each in topic_of}
        ):
            found[Rating.Kind.CHALLENGE][city] = dict.fromkeys(named, FROM_PORTRAIT)
    return found[Rating.Kind.CHALLENGE], found[Rating.Kind.EXPERTISE]


def _records(present: Health) -> dict[int, set[tuple[int, str]]]:
    """By city the published initiatives that it leads or takes part in: key and address. One statement."""
    whole, cities = catalogue(), {city.slug: city.key for city in present.members}
    slugs: dict[int, str] = {}
    found: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for pk, slug, lead in Initiative.objects.filter(state=states.PUBLISHED).values_list("pk", "slug", "lead_id"):
        slugs[pk] = slug
        found[lead].add((pk, slug))
    for pk, guests in whole.partners.items():
        for guest in guests:
            if pk in slugs and guest.slug in cities:
                found[cities[guest.slug]].add((pk, slugs[pk]))
    return found


def _aims(records: Iterable[tuple[int, str]]) -> frozenset[str]:
    """Objectives and goals of some initiatives."""
    many = catalogue().many
    return frozenset(
        aim for pk, _slug in records if pk in many for name in ("objectives", "goals") for aim in many[pk][name]
    )


def _meaning(told: Wholes | None, city: str, records: Iterable[tuple[int, str]]) -> Any:
    """What the portrait and the initiatives of a city mean together; None where no meaning is told."""
    things = [("city", city), *(("initiative", slug) for _pk, slug in sorted(records))]
    rows = [told.rows[thing] for thing in things if thing in told.rows] if told else []
    return sum(rows) if rows else None
