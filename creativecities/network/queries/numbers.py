"""The network in numbers on a day. Labels are keys: slugs, codes and years."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Max, Window
from django.db.models.functions import Rank

from creativecities.network.models import Listing

GROUPS = ("ldc", "lldc", "sids")


@dataclass(frozen=True)
class YearRow:
    """A year: who joined, who left, and how many members there were at its end (or on the day itself)."""

    year: int
    joined: int
    left: int
    total: int


@dataclass(frozen=True)
class CountRow:
    """A key and how many members it has."""

    key: str
    count: int


@dataclass(frozen=True)
class FirstCity:
    """A city of the earliest round that reached its country."""

    country: str
    slug: str
    name: str
    year: int
    field: str


@dataclass(frozen=True)
class Statistics:
    """Members of a day by everything they are counted by; `countries` counts as UNESCO does, Macao with China."""

    cities: int
    countries: int
    years: list[YearRow]
    fields: list[CountRow]
    field_years: list[tuple[str, int, int]]
    regions: list[CountRow]
    by_country: list[CountRow]
    development: list[CountRow]
    groups: list[CountRow]
    first_cities: list[FirstCity]


def statistics(day: dt.date) -> Statistics:
    """Five statements, each on one table, at any size of the network."""
    rows = Listing.objects.on(day).order_by()
    kinds = rows.values_list(
        "country", "counted_country", "region", "development", "is_ldc", "is_lldc", "is_sids"
    ).annotate(number=Count("pk"))  # fmt: skip
    countries, counted, regions, development, groups = _counted(kinds)
    field_years = list(rows.values_list("field", "year").annotate(number=Count("pk")).order_by("field", "year"))
    fields: Counter[str] = Counter()
    for field, _year, number in field_years:
        fields[field] += number
    return Statistics(
        cities=fields.total(),
        countries=len(counted),
        years=_years(day),
        fields=_sorted(fields),
        field_years=field_years,
        regions=_sorted(regions),
        by_country=_sorted(countries),
        development=_sorted(development),
        groups=[CountRow(group, groups[group]) for group in GROUPS],
        first_cities=_first_cities(day),
    )


def _counted(kinds: Iterable[tuple[str, str, str, str, bool, bool, bool, int]]) -> tuple[Counter[str], ...]:
    countries, counted, regions, development, groups = (Counter[str]() for _ in range(5))
    for country, counted_country, region, kind, is_ldc, is_lldc, is_sids, number in kinds:
        countries[country] += number
        counted[counted_country] += number
        regions[region] += number
        development[kind] += number
        for group, is_in in zip(GROUPS, (is_ldc, is_lldc, is_sids), strict=True):
            groups[group] += number * is_in
    return countries, counted, regions, development, groups


def _sorted(counter: Counter[str]) -> list[CountRow]:
    """The largest first, then by key."""
    return [CountRow(key, count) for key, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))]


def _years(day: dt.date) -> list[YearRow]:
    """Growth by year of designation; a city has left in the year in which its last membership ended."""
    known = Listing.objects.filter(start__lte=day).order_by()
    joined = dict(known.values_list("year").annotate(number=Count("city", distinct=True)))
    ended = known.values("city").annotate(last=Max("end")).filter(last__lte=day)
    left = Counter(last.year for last in ended.values_list("last", flat=True))
    rows, total = [], 0
    for year in sorted(set(joined) | set(left)):
        total += joined.get(year, 0) - left[year]
        rows.append(YearRow(year, joined.get(year, 0), left[year], total))
    return rows


def _first_cities(day: dt.date) -> list[FirstCity]:
    """By country; where several joined together, all of them."""
    earliest = Window(Rank(), partition_by=F("country"), order_by=F("joined_on").asc())
    rows = Listing.objects.on(day).annotate(place=earliest).filter(place=1).order_by("joined_on", "sort")
    return [FirstCity(*row) for row in rows.values_list("country", "slug", "name", "year", "field")]
