"""Who reads cases: the people the Secretariat has asked, and how the cases are shared among them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from creativecities.conference import states
from creativecities.conference.compute import definition, reading
from creativecities.conference.models import Case, CaseReader, CaseReading, Delegate, Edition
from creativecities.exchange import states as exchange
from creativecities.network.models import Mandate


@dataclass(frozen=True)
class Shares:
    """What is given to whom now, and why places of a case stay empty: how many readers each cause keeps from it."""

    pairs: list[reading.Pair]
    short: dict[int, Counter[str]]


def of_edition(edition: Edition) -> list[CaseReader]:
    """Whom the Secretariat has asked, with what they hold. Two statements."""
    found = edition.case_readers.select_related("person", "city").prefetch_related("readings")
    return list(found.filter(person__isnull=False))


def asked_of(person: Any, slug: str) -> CaseReader | None:
    """As what a person reads cases of an edition, whatever they have answered. One statement."""
    found = CaseReader.objects.filter(person_id=person.pk, edition__slug=slug).exclude(edition__state=states.DRAFT)
    return found.select_related("edition").first()


def shares(edition: Edition) -> Shares:
    """The most even way to give every case two readers, beside what is given already. Six statements."""
    waiting = edition.cases.filter(state=states.SUBMITTED).select_related("city").prefetch_related("initiative__parts")
    cases = [_proposal(each) for each in waiting]
    judges = _judges(edition.case_readers.filter(state=states.ACCEPTED, person__isnull=False).select_related("city"))
    rows = CaseReading.objects.filter(case__edition=edition).values_list("case", "reader", "place")
    held, gone = set[reading.Pair](), set[reading.Pair]()
    for case, reader, place in rows:
        (held if place else gone).add((case, reader))
    by_country: bool = definition.part(edition.settings, "cases")["by_country"]
    barred = {
        (one.key, judge.key): why for one in cases for judge in judges
        if (why := reading.hindrance(one, judge, by_country=by_country))
    } | dict.fromkeys(gone, "given-back")  # fmt: skip
    pairs = reading.share(cases, judges, held=held, barred=barred)
    filled = Counter(case for case, _reader in (*held, *pairs))
    short = defaultdict[int, Counter[str]](Counter)
    for one in cases:
        if filled[one.key] < reading.READERS:
            short[one.key] = Counter(why for (key, _judge), why in barred.items() if key == one.key)
    return Shares(pairs, dict(short))


def _proposal(case: Case) -> reading.Proposal:
    one = case.initiative
    joined = {part.city_id for part in one.parts.all() if part.state != exchange.DECLINED}
    partners = frozenset(joined | {one.lead_id}) - {case.city_id}
    return reading.Proposal(case.pk, case.filed["language"], case.city_id, partners, case.city.country_id)


def _judges(readers: Iterable[CaseReader]) -> list[reading.Judge]:
    found = list(readers)
    cities, countries = defaultdict[int, set[int]](set), defaultdict[int, set[str]](set)
    held = Mandate.objects.filter(person__in=[each.person_id for each in found])
    for person, city, country, commission in held.values_list(
        "person_id", "city_id", "city__country_id", "commission__country_id"
    ):
        cities[person] |= {city} - {None}
        countries[person] |= {country, commission} - {None}
    sent = Delegate.objects.exclude(state=states.WITHDRAWN).filter(person__in=[each.person_id for each in found])
    for person, city, country in sent.values_list("person_id", "delegation__city_id", "delegation__city__country_id"):
        cities[person] |= {city}
        countries[person] |= {country}
    for each in found:
        if each.city:
            cities[each.person_id or 0].add(each.city.pk)
            countries[each.person_id or 0].add(each.city.country_id)
    return [
        reading.Judge(
            each.pk, frozenset(cities[each.person_id or 0]), frozenset(countries[each.person_id or 0]),
            frozenset(each.languages),
        )
        for each in found
    ]  # fmt: skip
