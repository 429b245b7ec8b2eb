"""What the public pages ask the database: few statements, the same number at 3 and at 10,000 cities."""

from creativecities.portal.queries.cities import parts, relatives, row, slug_of_name
from creativecities.portal.queries.growth import Change, First, all_slugs, changes, ever, firsts
from creativecities.portal.queries.lists import Count, Row, counted_countries, facets, rows
from creativecities.portal.queries.maps import map_of, nearby, places

__all__ = [
    "Change",
    "Count",
    "First",
    "Row",
    "all_slugs",
    "changes",
    "counted_countries",
    "ever",
    "facets",
    "firsts",
    "map_of",
    "nearby",
    "parts",
    "places",
    "relatives",
    "row",
    "rows",
    "slug_of_name",
]
