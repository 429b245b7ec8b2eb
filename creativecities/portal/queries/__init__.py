"""What the public pages ask the database: few statements, the same number at 3 and at 10,000 cities."""

from creativecities.portal.queries.cities import parts, row, slug_of_name
from creativecities.portal.queries.found import Count, Found, counted_countries, facets, find
from creativecities.portal.queries.growth import Change, First, all_slugs, changes, ever, firsts
from creativecities.portal.queries.known import names
from creativecities.portal.queries.lists import Row, rows
from creativecities.portal.queries.maps import map_of, nearby, places, relatives
from creativecities.portal.queries.subjects import (
    Country,
    Described,
    Listed,
    countries,
    country,
    field,
    field_of_alias,
    region,
)

__all__ = [
    "Change",
    "Count",
    "Country",
    "Described",
    "First",
    "Found",
    "Listed",
    "Row",
    "all_slugs",
    "changes",
    "counted_countries",
    "countries",
    "country",
    "ever",
    "facets",
    "field",
    "field_of_alias",
    "find",
    "firsts",
    "map_of",
    "names",
    "nearby",
    "parts",
    "places",
    "region",
    "relatives",
    "row",
    "rows",
    "slug_of_name",
]
