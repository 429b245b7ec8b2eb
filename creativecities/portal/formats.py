"""What downloads hold: each column beside its meaning, so that one cannot change without the other."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.portal.queries import Listed

Meanings = dict[str, str | Promise]

CITY_COLUMNS: Meanings = {
    "slug": _("The city’s part of its address here. It never changes."),
    "city": _("English name on the day asked for, as the body that designates writes it."),
    "local_name": _("Name in the city’s own language and script, where it differs."),
    "country": _("ISO 3166-1 alpha-2. Macao has its own code, MO, and is counted with China in numbers of countries."),
    "country_label": _("Name of the country as the United Nations write it, in the language of the address."),
    "creative_field": _("The field held on the day asked for, by its slug."),
    "creative_field_label": _("Name of the field in the language of the address."),
    "region": _("One of the five regions of UNESCO, by its slug; each country is counted in one."),
    "region_label": _("Name of the region in the language of the address."),
    "designated_year": _("Year of the announcement of the designation."),
    "member_since": _("Day of the announcement; 31 December where only the year is known."),
    "member_since_precision": _("day or year: how exactly “member_since” is known."),
    "latitude": _("Degrees north, WGS 84, of one place of GeoNames."),
    "longitude": _("Degrees east, WGS 84, of one place of GeoNames."),
    "size": _("Band of GeoNames’ population figure, or unknown. Not for sums or rankings."),
    "size_label": _("The band in words, in the language of the address."),
    "ldc": _("1 or true: in a least developed country on the day asked for."),
    "lldc": _("1 or true: in a landlocked developing country."),
    "sids": _("1 or true: in a small island developing State."),
    "development": _("developed or developing, by UNCTAD’s rule."),
    "confidence": _("verified: two independent sources agree; single: one source only."),
    "url": _("The city’s page."),
}
"""One row for each member city: `/atlas`, `/fields/<slug>`, `/regions/<slug>`, `/countries/<code>`."""

_CITIES = _("Members on the day asked for.")
_URL = _("The page here.")
PLACE_COLUMNS: dict[str, Meanings] = {
    "field": {
        "creative_field": _("The field’s part of its address here. It never changes."),
        "creative_field_label": _("Name in the language of the address."),
        "cities": _CITIES,
        "since_year": _("Year of its first designation."),
        "url": _URL,
    },
    "region": {
        "region": _("The region’s part of its address here. It never changes."),
        "region_label": _("Name in the language of the address."),
        "cities": _CITIES,
        "url": _URL,
    },
}
COUNTRY_COLUMNS: Meanings = {
    "country": _("ISO 3166-1 alpha-2."),
    "country_label": _("Name as the United Nations write it, in the language of the address."),
    "region": _("One of the five regions of UNESCO, by its slug."),
    "region_label": _("Name of the region in the language of the address."),
    "cities": _CITIES,
    "first_year": _("Year of the first designation in the country."),
    "ldc": _("1 or true: least developed country on the day asked for."),
    "lldc": _("1 or true: landlocked developing country."),
    "sids": _("1 or true: small island developing State."),
    "development": _("developed or developing, by UNCTAD’s rule."),
    "url": _URL,
}
STATISTICS_COLUMNS: Meanings = {
    "table": _(
        "Which count: year, field, region, country, development, group, size, first_city; total and countries are sums."
    ),
    "value": _("What is counted: a year, a slug, an ISO code; for first_city the country."),
    "label": _("The same in words, in the language of the address; for first_city the city."),
    "new": _("For years: cities designated in it."),
    "total": _("Members: for years at their end (for the last one on the day asked for), else on the day asked for."),
    "url": _("The rows behind the number."),
}


def place(facet: str, key: str, label: str, number: int, *, since_year: int | None) -> dict[str, Any]:
    """A field or region as it is written in JSON and CSV."""
    name = "creative_field" if facet == "field" else facet
    row: dict[str, Any] = {name: key, f"{name}_label": label, "cities": number, "since_year": since_year}
    row["url"] = settings.SITE["url"] + reverse(f"portal:{facet}", args=[key])
    return {column: row[column] for column in PLACE_COLUMNS[facet]}


def country(each: Listed) -> dict[str, Any]:
    """A country as it is written in JSON and CSV."""
    return {
        "country": each.iso,
        "country_label": each.name,
        "region": each.region_id,
        "region_label": each.region,
        "cities": each.number,
        "first_year": each.first_year,
        "ldc": each.ldc,
        "lldc": each.lldc,
        "sids": each.sids,
        "development": each.development,
        "url": settings.SITE["url"] + reverse("portal:country", args=[each.iso]),
    }
