"""Words, addresses and rows of the page that says who works with whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext

from creativecities.core.text import fold
from creativecities.exchange.compute import health as compute
from creativecities.exchange.compute import ties
from creativecities.exchange.compute.health import Balance, Health
from creativecities.exchange.compute.ties import BETWEEN, FACETS, Member, Tie
from creativecities.network.compute.labels import DEVELOPMENT_LABELS, GROUP_LABELS
from creativecities.portal.compute import arcs, charts
from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries.growth import Change
from creativecities.portal.queries.known import names
from creativecities.portal.queries.vocabulary import FIRST_YEAR, Option

SAID: dict[str, dict[str, str | Promise]] = {
    "development": DEVELOPMENT_LABELS,
    "group": GROUP_LABELS,
    "fields": {"one": gettext_lazy("within one field"), "two": gettext_lazy("between two fields")},
    "state": {"confirmed": gettext_lazy("confirmed by a city"), "named": gettext_lazy("named by a source only")},
    "year": {ties.UNDATED: gettext_lazy("year not known")},
}
HEATS = 4
MEMBERS_OF: dict[str, Callable[[Member], tuple[str, ...]]] = {
    "region": lambda city: (city.region,),
    "development": lambda city: (city.development,),
    "group": lambda city: city.groups,
}
"""Facets of which a single city has values, whether it has a tie or not."""
NAMED = 6
"""So many of the cities that a bridge holds are named."""


class Cell(NamedTuple):
    """A number of a matrix, the address of its rows, and how strong it is among the others, from 0 to HEATS."""

    number: int
    url: str
    heat: int


class Spanning(NamedTuple):
    """A bridge: the city, or the two of a tie, each with the address of its ties; how many it holds, and which."""

    ends: list[tuple[str, str]]
    number: int
    lost: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of members with its ties; `url` leads to these, `members_url` to the members."""

    label: str
    balance: Balance
    url: str
    members_url: str


def asked(query: QueryDict) -> dict[str, str]:
    """How an address narrows the ties. A pair is found in whichever order it is written."""
    found = {facet: value for facet in FACETS if (value := query.get(facet, "")[:100].strip())}
    return {facet: BETWEEN.join(sorted(value.split(BETWEEN))) for facet, value in found.items()}


def label_of(facet: str, value: str, health: Health) -> str:
    """A value, or a pair of values, in the reader's words."""
    if facet == "city":
        return next((city.name for city in health.members if city.slug == value), value)
    labels: Mapping[str, Any] = names()["region"] if facet == "region" else SAID.get(facet, {})
    return " – ".join(str(labels.get(each, each)) for each in value.split(BETWEEN))


def chips(chosen: Mapping[str, str], query: QueryDict, health: Health) -> list[Option]:
    """What narrows the ties, each as a link that lets it go."""
    options = []
    for facet, value in chosen.items():
        rest = query.copy()
        for gone in (facet, "page"):
            rest.pop(gone, None)
        options.append(Option(label_of(facet, value, health), 0, f"?{rest.urlencode()}", True))
    return options


def address(filters: Filters, **chosen: str) -> str:
    """The ties of a choice on the day asked for."""
    day = {} if filters.is_today else {"as_of": filters.day.isoformat()}
    return f"{reverse('portal:network')}?{urlencode({**day, **chosen})}"


def drawing(health: Health, filters: Filters) -> dict[str, str]:
    """Arcs and dots of the map."""
    countries = names()["country"]

    def label(city: Member, degree: int) -> str:
        partners = ngettext("%(number)s partner city", "%(number)s partner cities", degree) % {"number": degree}
        return f"{city.name}, {countries.get(city.country, city.country)}: {partners}"

    query = address(filters, city="")
    return {
        "arcs": arcs.arcs(health.ties),
        "hubs": arcs.hubs(health.members, health.degrees, label=label, query=query),
    }


def regions(health: Health, filters: Filters) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Ties between each two regions: the heads of the columns, and rows with a name and a cell for each."""
    keys = sorted({city.region for city in health.members}, key=lambda key: fold(names()["region"].get(key, key)))
    counted = health.between("region")
    most = max(counted.values(), default=0) or 1
    rows = []
    for row in keys:
        pairs = [ties.pair(row, column) for column in keys]
        cells = [_cell(counted[each], address(filters, region=each), most) for each in pairs]
        rows.append((label_of("region", row, health), cells))
    return [label for label, _cells in rows], rows


def _cell(number: int, url: str, most: int) -> Cell:
    return Cell(number, url if number else "", -(-HEATS * number // most))


def bars(health: Health, facet: str, filters: Filters) -> list[charts.Bar]:
    """Ties between kinds of economies, or within and between fields, or confirmed and named: as bars."""
    if facet == "development":
        counted: Mapping[str, int] = health.between(facet)
    elif facet == "fields":
        counted = {"one": len(health.ties) - health.crossing, "two": health.crossing}
    else:
        counted = {"confirmed": health.confirmed, "named": len(health.ties) - health.confirmed}
    rows = [
        charts.Bar(label_of(facet, value, health), number, address(filters, **{facet: value}) if number else "")
        for value, number in counted.items()
    ]
    return sorted(rows, key=lambda bar: (-bar.value, bar.label)) if facet == "development" else rows


def groups(health: Health, filters: Filters) -> list[Group]:
    """Regions, economies and groups of countries: who is reached and who is not."""
    atlas, rows = reverse("portal:atlas"), []
    for facet, of in MEMBERS_OF.items():
        for key, balance in sorted(health.balance(of).items()):
            url = address(filters, **{facet: key})
            there = f"{atlas}?{url.partition('?')[2]}"
            rows.append(Group(label_of(facet, key, health), balance, url, there))
    return rows


def busiest(health: Health, filters: Filters, *, most: int = 12) -> list[charts.Bar]:
    """The cities with the most partner cities."""
    return [charts.Bar(city.name, number, address(filters, city=city.slug), f"f-{city.field}")
            for city, number in health.busiest(most)]  # fmt: skip


def growth(health: Health, filters: Filters) -> charts.Growth:
    """New and standing ties by year; those whose year is not known stand in the last column only."""
    began = compute.yearly(health.ties)
    changes = [Change(year, number, number) for year, number in began.items()]
    changes.append(Change(filters.day.year, len(health.ties) - sum(began.values()), 0))
    as_of = "" if filters.is_today else filters.day.isoformat()
    return charts.growth(changes, first_year=FIRST_YEAR, day=filters.day, as_of=as_of)


def bridges(health: Health, filters: Filters, *, most: int = 8) -> list[Spanning]:
    """The gravest bridges: cities first, then ties."""
    of_city, of_tie = health.bridges
    return [_spanning(bridge, filters) for bridge in (*of_city[:most], *of_tie[:most])]


def _spanning(bridge: compute.Bridge, filters: Filters) -> Spanning:
    lost = " · ".join([*(city.name for city in bridge.lost[:NAMED]), *("…" for _more in bridge.lost[NAMED:][:1])])
    ends = [(city.name, address(filters, city=city.slug)) for city in bridge.cities]
    return Spanning(ends, len(bridge.lost), lost)


def of_members(chosen: Mapping[str, str]) -> dict[str, str]:
    """What of a choice of ties says something of a single city too."""
    return {facet: value for facet, value in chosen.items() if facet in MEMBERS_OF and BETWEEN not in value}


def isolated(health: Health, chosen: Mapping[str, str]) -> list[dict[str, str]]:
    """Members without any tie, with their countries; of a region, kind of economy or group, if one is chosen."""
    countries = names()["country"]
    return [
        {"slug": city.slug, "name": city.name, "country": countries.get(city.country, "")}
        for city in health.isolated
        if all(value in MEMBERS_OF[facet](city) for facet, value in of_members(chosen).items())
    ]


def countries_of(found: Iterable[Tie]) -> list[tuple[Tie, Sequence[str]]]:
    """Ties with the names of the two countries."""
    labels = names()["country"]
    return [(tie, [labels.get(city.country, "") for city in (tie.one, tie.other)]) for tie in found]
