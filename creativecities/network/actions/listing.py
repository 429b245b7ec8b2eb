"""Keeping the rows of lists in step with what they are derived from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet

from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.network.compute import listing, rowsets
from creativecities.network.compute.listing import Facts, FormerName, Spell
from creativecities.network.models import (
    City,
    CityName,
    Country,
    LeastDevelopedPeriod,
    Listing,
    Membership,
    Portrait,
    RowSet,
    Word,
)

BATCH = 300
T = TypeVar("T", bound=Any)


@action
def rebuild_all(*, by: Actor) -> int:
    """Write all rows of lists anew, as after an upgrade that shows more; returns how many there are."""
    count = rebuild_where(None)
    record("network.listing.rebuilt", Listing(pk=0, slug="listing"), by=by, rows=count)
    return count


@step
def rebuild(*cities: City) -> int:
    """Write the rows of some cities anew: the last step of an action that changed them, within its transaction."""
    return rebuild_where([city.pk for city in cities])


@step
def rebuild_where(ids: list[int] | None) -> int:
    """The same by the cities' ids; None for all of them."""
    if ids == []:
        return 0
    # Locked first: of two changes at the same time the second one sees what the first has written.
    drawn = {(one.facet, one.value): bytes(one.bits) for one in RowSet.objects.select_for_update()}
    known = list(_facts(ids))
    found = [(facts.columns["city_id"], row) for facts in known for row in listing.rows(facts)]
    _of_cities(Listing.objects.all(), ids).delete()
    Listing.objects.bulk_create([Listing(**row) for _city, row in found], BATCH)
    _write_words(known, ids)
    listed = {city for city, _row in found}
    cities = City.objects.all() if ids is None else City.objects.filter(pk__in=ids)
    to_show = [pk for pk, shown in cities.values_list("pk", "is_listed") if pk in listed and not shown]
    to_hide = [pk for pk, shown in cities.values_list("pk", "is_listed") if pk not in listed and shown]
    City.objects.filter(pk__in=to_show).update(is_listed=True)
    City.objects.filter(pk__in=to_hide).update(is_listed=False)
    _draw_up(drawn)
    return len(found)


def _write_words(known: Iterable[Facts], ids: list[int] | None) -> None:
    """The words by which these cities and their countries are found."""
    countries = {facts.columns["country_id"]: facts.country_words for facts in known}
    _of_cities(Word.objects.filter(city__isnull=False), ids).delete()
    Word.objects.filter(country__in=countries).delete()
    of_cities = [
        Word(word=word, begins=begins, city_id=facts.columns["city_id"])
        for facts in known
        for word, begins in listing.words(facts).items()
    ]
    of_countries = [
        Word(word=listing.as_bytes(word), country_id=country)
        for country, names in countries.items()
        for word in dict.fromkeys(listing.searchable(names).split())
    ]
    Word.objects.bulk_create(of_cities + of_countries, BATCH)


def _draw_up(drawn: Mapping[tuple[str, str], bytes]) -> None:
    """Draw up the sets of all rows anew; what is as it was is left alone."""
    rows = [row[2:] for row in sorted(Listing.objects.order_by().values_list("sort", "slug", *rowsets.COLUMNS))]
    sets = rowsets.of_rows(rows)
    changed = [RowSet(facet=f, value=v, bits=bits) for (f, v), bits in sets.items() if drawn.get((f, v)) != bits]
    RowSet.objects.bulk_create(
        changed, BATCH, update_conflicts=True, unique_fields=["facet", "value"], update_fields=["bits"]
    )
    for facet, value in drawn.keys() - sets.keys():
        RowSet.objects.filter(facet=facet, value=value).delete()


def _of_cities(rows: "QuerySet[T]", ids: list[int] | None) -> "QuerySet[T]":
    return rows if ids is None else rows.filter(city_id__in=ids)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[Any, list[tuple[Any, ...]]]:
    """Rows by their first value."""
    groups: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        groups[key].append(tuple(rest))
    return groups


def _facts(ids: list[int] | None) -> Iterator[Facts]:
    """What lists need of each city; seven statements for any number of cities."""
    cities = City.objects.select_related("designation__round")
    countries = Country.objects.in_bulk()
    periods = _grouped(LeastDevelopedPeriod.objects.values_list("country_id", "start", "end"))
    spells = _grouped(_of_cities(Membership.objects.all(), ids).values_list("city_id", "field_id", "start", "end"))
    names = _grouped(
        _of_cities(CityName.objects.all(), ids).order_by("pk").values_list("city_id", "name", "kind", "start", "end")
    )
    portraits = dict(
        _of_cities(Portrait.objects.filter(is_current=True, is_original=True), ids)
        .order_by("number")
        .values_list("city_id", "text")
    )
    for city in cities if ids is None else cities.filter(pk__in=ids):
        if not spells.get(city.pk):
            continue
        first = min(start for _field, start, _end in spells[city.pk])
        year, year_only = _designated(city, first)
        country = countries[city.country_id]
        yield Facts(
            name=city.name,
            columns=_columns(city, country),
            latitude=city.latitude,
            longitude=city.longitude,
            population=city.population,
            year=year,
            year_only=year_only,
            spells=[Spell(*spell) for spell in spells[city.pk]],
            former_names=_former_names(names.get(city.pk, [])),
            least_developed=[(start, end) for start, end in periods.get(city.country_id, [])],
            words=[city.name, city.local_name, *(name for name, *_rest in names.get(city.pk, []))],
            country_words=_country_words(country),
            portrait=portraits.get(city.pk, ""),
        )


def _designated(city: City, first: dt.date) -> tuple[int, bool]:
    designation = getattr(city, "designation", None)
    if designation is None:
        return first.year, False
    return designation.round_id, designation.round.precision == "year"


def _columns(city: City, country: Country) -> dict[str, Any]:
    return {
        "city_id": city.pk,
        "slug": city.slug,
        "local_name": city.local_name,
        "local_language": city.local_language,
        "confidence": city.confidence,
        "country_id": country.pk,
        "counted_country": country.counted_with_id or country.pk,
        "region_id": country.region_id,
        "is_lldc": country.is_lldc,
        "is_sids": country.is_sids,
        "development": country.development,
    }


def _former_names(names: Iterable[tuple[Any, ...]]) -> list[FormerName]:
    return [FormerName(name, start, end) for name, kind, start, end in names if kind == CityName.FORMER and end]


def _country_words(country: Country) -> list[str]:
    names = [country.name_en, country.name_fr, country.name_es, country.name_ar, country.name_ru, country.name_zh]
    return [*names, country.short_en]
