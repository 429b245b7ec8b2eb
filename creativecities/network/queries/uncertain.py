"""How good is the data? Every computed total beside the published one, and what is uncertain and why."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.network.formats.table import read_table, text
from creativecities.network.models import DesignationRound, Listing, Portrait, PublishedTotal

Text = str | Promise
TOTALS = ("new_cities", "total_cities", "total_countries", "round_countries")
EXPLANATIONS: dict[tuple[int, str], Text] = {
    (2021, "total_countries"): _(
        "UNESCO published 90 countries, the Korean press 93, the Jinju City page 96. The members known here are of "
        "93 countries and territories, 92 with Macao counted with China."
    ),
    (2023, "total_countries"): _(
        "106 is from the report of a Korean city; UNESCO said more than 100. "
        "With Macao counted apart it is 106 here too."
    ),
    (2025, "new_cities"): _("Three of the 58 cities of the round are not known by name; see below."),
    (2025, "total_cities"): _("Three of the 58 cities of the 2025 round are not known by name; see below."),
    (2025, "round_countries"): _(
        "Reports that the 58 cities are of 41 or more than 40 countries do not fit: the cities known here are of more "
        "countries already. This is unresolved."
    ),
}
UNEXPLAINED = _("The difference is not explained yet.")
MISSING: tuple[Text, ...] = (
    _(
        "One city in Costa Rica: a report lists the country among those of the round, "
        "but its name and field were not found."
    ),
    _("A second city that no report names with its field; most likely in crafts and folk art, media arts or design."),
    _(
        "A third city that no report names with its field; probably neither in Africa "
        "nor in East, South or Southeast Asia."
    ),
)


@dataclass(frozen=True)
class Compared:
    """One total of one year. Where nothing was published `published` is None; only a difference has an explanation."""

    year: int
    total: str
    here: int
    published: int | None
    explanation: Text

    @property
    def difference(self) -> int | None:
        return None if self.published is None else self.here - self.published


@dataclass(frozen=True)
class Disagreement:
    """What another publication says, and why it is not followed."""

    city: str
    country: str
    here: str
    other: str
    why: str


@dataclass(frozen=True)
class Quality:
    """What the page on the quality of the data shows. Cities are (slug, name, country)."""

    totals: list[Compared]
    missing: list[Text]
    single_source: list[tuple[str, str, str]]
    low_portraits: list[tuple[str, str, str]]
    without_population: list[tuple[str, str, str]]
    year_only_rounds: list[int]
    disagreements: list[Disagreement]


def quality(day: dt.date) -> Quality:
    """As it was on a day, where it is a number. Three statements and one small file."""
    rounds = list(DesignationRound.objects.order_by("year").values_list("year", "announced_on", "precision"))
    stays = _stays()
    totals = _totals(stays, day, begun={year for year, announced_on, _precision in rounds if announced_on > day})
    lacking = -sum(row.difference or 0 for row in totals if (row.year, row.total) == (2025, "new_cities"))
    cities = {stay.city_id: stay for stay in stays}.values()
    return Quality(
        totals=totals,
        missing=list(MISSING[: max(0, lacking)]),
        single_source=[_named(city) for city in cities if city.confidence == "single"],
        low_portraits=[_named(city) for city in cities if city.has_low_portrait],
        without_population=[_named(city) for city in cities if not city.population],
        year_only_rounds=[year for year, _announced_on, precision in rounds if precision == "year"],
        disagreements=disagreements(),
    )


class Stay(NamedTuple):
    """One interval of one city, with what is said of that city now."""

    city_id: int
    year: int
    start: dt.date
    end: dt.date
    country: str
    slug: str
    name: str
    country_id: str
    confidence: str
    population: int | None
    has_low_portrait: bool


def _stays() -> list[Stay]:
    """Of all members as they are and were, in the order of their names."""
    low = Portrait.objects.filter(city=OuterRef("city"), is_current=True, confidence="low")
    columns = ("city_id", "year", "start", "end", "counted_country", "slug", "name", "country_id")
    found = Listing.objects.order_by("sort", "slug", "start").annotate(is_low=Exists(low))
    return [Stay(*row) for row in found.values_list(*columns, "city__confidence", "city__population", "is_low")]


def _named(city: Stay) -> tuple[str, str, str]:
    return city.slug, city.name, city.country_id


def _totals(stays: Sequence[Stay], today: dt.date, *, begun: Collection[int]) -> list[Compared]:
    """Every total of every round and of every year with something published, but not of years that have only begun."""
    published = {total.year: total for total in PublishedTotal.objects.all()}
    years = sorted({stay.year for stay in stays} | set(published))
    compared = []
    for year in years:
        if year > today.year or year in begun:
            continue
        day = min(today, dt.date(year, 12, 31))
        members = [stay for stay in stays if stay.start <= day < stay.end]
        new = {(stay.city_id, stay.country) for stay in stays if stay.year == year and stay.start <= day}
        here = {
            "new_cities": len({city for city, _country in new}),
            "total_cities": len(members),
            "total_countries": len({stay.country for stay in members}),
            "round_countries": len({country for _city, country in new}),
        }
        compared += [_compare(year, total, here[total], getattr(published.get(year), total, None)) for total in TOTALS]
    return compared


def _compare(year: int, total: str, here: int, published: int | None) -> Compared:
    differs = published is not None and published != here
    return Compared(year, total, here, published, EXPLANATIONS.get((year, total), UNEXPLAINED) if differs else "")


def disagreements() -> list[Disagreement]:
    """Publications that say something else, as the file lists them."""
    columns = {"city": text(100), "country": text(2), "here": text(100), "other": text(200), "why": text(500)}
    rows, _errors = read_table(settings.REFERENCE_DIR / "disagreements.csv", columns, optional=True)
    return [Disagreement(**row.cells) for row in rows]
