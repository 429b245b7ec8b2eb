"""What downloads hold: each column beside its meaning, so that one cannot change without the other."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.exchange.compute.health import Health
from creativecities.exchange.compute.ties import BETWEEN, Tie
from creativecities.exchange.models import Need
from creativecities.exchange.queries.found import Listed as Initiative
from creativecities.portal.queries import Listed, names, opportunities

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
INITIATIVE_COLUMNS: Meanings = {
    "slug": _("The initiative’s part of its address here. It never changes."),
    "title": _("In the language of “language”."),
    "kind": _("practice, collaboration, residency, festival, event, open-call, publication or policy."),
    "kind_label": _("The kind in the language of the address."),
    "summary": _("In the language of “language”."),
    "language": _("The language it was written in."),
    "city": _("The lead city: host or initiator, by its English name."),
    "country": _("ISO 3166-1 alpha-2."),
    "country_label": _("Name as the United Nations write it, in the language of the address."),
    "partner_cities": _(
        "Other cities that take part, with their country; in JSON also whether they are only named by the source."
    ),
    "creative_fields": _("Fields it belongs to, by slug."),
    "objectives": _("O1 to O6, the objectives it serves."),
    "areas_of_action": _("A1 to A6, the areas of action it belongs to."),
    "sdgs": _("Numbers of the Sustainable Development Goals it serves."),
    "starts_on": _("First day; 1 January where only the year is known."),
    "ends_on": _("Last day; 31 December where only the year is known. Empty: it goes on, or nobody knows."),
    "precision": _("day or year: how exactly the days are known."),
    "partners_wanted": _("How many partner cities it looks for today; empty if it does not."),
    "partners_wanted_until": _("The last day on which it looks for partners."),
    "partner_topics": _("Topics on which it looks for partners, by slug."),
    "source": _("Addresses that were read, or a description."),
    "confidence": _("sourced: pages were read and are named; known: general knowledge; city: written by the city."),
    "licence": _("The terms on which the text may be reused."),
    "url": _URL,
}
NEED_COLUMNS: Meanings = {
    "id": _("Its number, part of its address here."),
    "kind": _("need or offer."),
    "kind_label": _("The kind in the language of the address."),
    "title": _("In the language of “language”."),
    "text": _("In the language of “language”."),
    "language": _("The language it was written in."),
    "city": _("English name of the city that posted it."),
    "country": _("ISO 3166-1 alpha-2."),
    "country_label": _("Name as the United Nations write it, in the language of the address."),
    "topics": _("One to three topics, by slug."),
    "creative_fields": _("The fields of the cities that are meant, by slug; none: all."),
    "opened_on": _("The day it was posted."),
    "closes_on": _("The last day on which other cities can reply."),
    "url": _URL,
}
STATISTICS_COLUMNS: Meanings = {
    "table": _(
        "Which count: year, field, region, country, development, group, size, first_city, and initiative_field, "
        "initiative_kind, initiative_region, initiative_year; total, countries and initiatives are sums."
    ),
    "value": _("What is counted: a year, a slug, an ISO code; for first_city the country."),
    "label": _("The same in words, in the language of the address; for first_city the city."),
    "new": _("For years: cities designated in it."),
    "total": _(
        "Members, or initiatives: for years of members at their end (for the last one on the day asked for), else on "
        "the day asked for."
    ),
    "url": _("The rows behind the number."),
}
TIE_COLUMNS: Meanings = {
    "city": _("One of the two cities, by its English name."),
    "country": _("ISO 3166-1 alpha-2."),
    "region": _("One of the five regions of UNESCO, by its slug."),
    "creative_field": _("The field held on the day asked for, by its slug."),
    "partner_city": _("The other city; country, region and field of it follow."),
    "partner_country": _("ISO 3166-1 alpha-2."),
    "partner_region": _("One of the five regions of UNESCO, by its slug."),
    "partner_creative_field": _("The field held on the day asked for, by its slug."),
    "state": _("confirmed: by a city itself; named: by the source only."),
    "since": _("Day from which both were members and shared an initiative; empty where no year is known."),
    "initiatives": _("The initiatives they share: one of the two leads, the other takes part."),
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


def initiative(each: Initiative) -> dict[str, Any]:
    """An initiative as it is written in JSON."""
    one, many, sought = each.initiative, each.many, each.looking
    plain = ("slug", "title", "kind", "summary", "language", "starts_on", "ends_on", "precision", "source")
    record: dict[str, Any] = {
        **{column: getattr(one, column) for column in (*plain, "confidence", "licence")},
        "kind_label": one.get_kind_display(),
        "city": one.lead.name,
        "country": one.lead.country_id,
        "country_label": names()["country"].get(one.lead.country_id, ""),
        "partner_cities": [{"city": p.name, "country": p.country, "state": p.state} for p in each.partners],
        "creative_fields": many.get("fields", []),
        "objectives": many.get("objectives", []),
        "areas_of_action": many.get("areas", []),
        "sdgs": [int(number) for number in many.get("goals", [])],
        "partners_wanted": sought.number if sought else None,
        "partners_wanted_until": sought.closes_on.isoformat() if sought else None,
        "partner_topics": list(sought.topics) if sought else [],
        "url": settings.SITE["url"] + reverse("portal:initiative", args=[one.slug]),
    }
    return {column: record[column] for column in INITIATIVE_COLUMNS}


def initiative_row(each: Initiative) -> dict[str, Any]:
    """The same as a row of a CSV file, with partner cities as the reference data write them."""
    return {**initiative(each), "partner_cities": [f"{partner.name}|{partner.country}" for partner in each.partners]}


def tie(each: Tie) -> dict[str, Any]:
    """Two cities that work together, as they are written in JSON and CSV."""
    row: dict[str, Any] = {}
    for prefix, city in (("", each.one), ("partner_", each.other)):
        row |= {f"{prefix}city": city.name, f"{prefix}country": city.country, f"{prefix}region": city.region}
        row[f"{prefix}creative_field"] = city.field
    row["state"] = "confirmed" if each.is_confirmed else "named"
    row["since"] = each.since.isoformat() if each.since else None
    row["initiatives"] = [settings.SITE["url"] + reverse("portal:initiative", args=[part.slug]) for part in each.parts]
    return row


def network(health: Health) -> dict[str, Any]:
    """The figures of the page of who works with whom."""
    kinds = ("region", "development")
    return {
        "cities": len(health.members),
        "tied": health.tied,
        "isolated": [{"city": city.name, "country": city.country, "slug": city.slug} for city in health.isolated],
        "ties": len(health.ties),
        "confirmed": health.confirmed,
        "between_fields": health.crossing,
        "groups": health.groups,
        **{f"between_{kind}s": [
            {"between": key.split(BETWEEN), "ties": number} for key, number in sorted(health.between(kind).items())
        ] for kind in kinds},
    }  # fmt: skip


def need(each: Need) -> dict[str, Any]:
    """A need or offer as it is written in JSON."""
    record: dict[str, Any] = {
        **{column: getattr(each, column) for column in ("id", "kind", "title", "text", "language")},
        **{column: getattr(each, column).isoformat() for column in ("opened_on", "closes_on")},
        "kind_label": each.get_kind_display(),
        "city": each.city.name,
        "country": each.city.country_id,
        "country_label": names()["country"].get(each.city.country_id, ""),
        "topics": [place.topic_id for place in each.places.all()],
        "creative_fields": [field.pk for field in each.fields.all()],
        "url": settings.SITE["url"] + reverse("portal:need", args=[each.pk]),
    }
    return {column: record[column] for column in NEED_COLUMNS}


LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A list that can be taken: its address without the ending, its kinds, its columns."""

    name: str | Promise
    text: str | Promise
    address: str
    kinds: tuple[str, ...]
    columns: Meanings
    more: str | Promise = ""

    @property
    def files(self) -> list[tuple[str, str]]:
        """(kind, address) of each file."""
        return [(kind, f"{self.address}.{kind}") for kind in self.kinds]


QUALITY_COLUMNS: Meanings = {
    "as_of": _("The day the numbers are of."),
    "totals": _("For each year and kind of total: counted here, published, the difference and its explanation."),
    "missing": _("What is known about members not known by name."),
    "single_source": _("Cities whose field or year rests on one source, by slug."),
    "low_portraits": _("Cities whose portrait rests on thin sources, by slug."),
    "without_population": _("Cities without a figure of GeoNames, by slug."),
    "year_only_rounds": _("Rounds of which only the year is known."),
}


_TABLE = ("csv", "json")
_DATASETS: tuple[tuple[str, tuple[str, ...], Meanings, str | Promise, str | Promise], ...] = (
    (
        "atlas",
        (*_TABLE, "geojson"),
        CITY_COLUMNS,
        _("Member cities"),
        _("One row for each member on a day: name, country, field, year, place and groups of its country."),
    ),
    ("fields", _TABLE, PLACE_COLUMNS["field"], _("Creative fields"), _("The fields with their members.")),
    ("regions", _TABLE, PLACE_COLUMNS["region"], _("Regions"), _("The five regions with their members.")),
    ("countries", _TABLE, COUNTRY_COLUMNS, _("Countries"), _("Countries with a member now or in the past.")),
    (
        "initiatives",
        _TABLE,
        INITIATIVE_COLUMNS,
        _("Initiatives"),
        _("What member cities do, alone and together, each with its source."),
    ),
    (
        "network",
        _TABLE,
        TIE_COLUMNS,
        _("Who works with whom"),
        _("One row for each two cities that share an initiative; JSON also has the figures of the page."),
    ),
    (
        "exchange",
        ("json",),
        NEED_COLUMNS,
        _("Needs and offers"),
        _("What member cities are looking for and what they can give, open for replies."),
    ),
    (
        "opportunities",
        (*_TABLE, "atom", "ics"),
        opportunities.COLUMNS,
        _("Opportunities"),
        _("Open calls and residencies of the member cities, with who can apply and until when."),
    ),
    ("statistics", _TABLE, STATISTICS_COLUMNS, _("Statistics"), _("Every number of the page of statistics.")),
    (
        "quality",
        ("json",),
        QUALITY_COLUMNS,
        _("Quality of the data"),
        _("Totals counted here beside the published ones, and the cities about which something is uncertain."),
    ),
    ("feed", ("atom",), {}, _("Newest members"), _("A feed to follow.")),
)
_MORE = {
    "atlas": _(
        "The filters of the atlas work here too: field, region, country, year, size, group, development, q, sort, "
        "as_of; JSON comes in pages, up to 500 rows with page_size. The pages of fields, regions and countries offer "
        "the same list for theirs, for example /fields/film.csv."
    ),
    "exchange": _("The filters of the list work here too: kind, topic, field, region. JSON comes in pages."),
    "opportunities": _("The filters of the list work here too: field, audience, language, deadline in days."),
    "initiatives": _(
        "The filters of the list work here too: kind, field, region, country, city, objective, area, sdg, year, q, "
        "sort; a city, country or region finds what its cities lead or take part in. With as_of, only what had begun "
        "by that day. JSON comes in pages."
    ),
    "network": _(
        "Narrow it by region, development, group, fields, state, year and city, and ask for any day with as_of; a pair "
        "is written with ~ between, for example region=africa~arab-states. JSON comes in pages."
    ),
}


def datasets() -> list[Dataset]:
    """Every download of the public pages, with addresses in the active language."""
    return [
        Dataset(label, text, _address(name), kinds, columns, _MORE.get(name, ""))
        for name, kinds, columns, label, text in _DATASETS
    ]


def _address(name: str) -> str:
    return reverse(f"portal:{name}").rstrip("/").removesuffix(".atom")


def credit() -> str:
    """The line to put beside the data wherever it is used."""
    return f"{settings.SITE['name']}, {settings.SITE['url']}, CC BY 4.0. Place data: GeoNames, geonames.org, CC BY 4.0."


def as_schema(each: Dataset) -> dict[str, Any]:
    """A dataset as schema.org describes one."""
    site = settings.SITE["url"]
    return {
        "@type": "Dataset",
        "name": str(each.name),
        "description": str(each.text),
        "url": f"{site}{each.address}.{each.kinds[0]}",
        "license": LICENCE,
        "creditText": credit(),
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[kind], "contentUrl": site + address}
            for kind, address in each.files
        ],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": str(meaning)}
            for name, meaning in each.columns.items()
        ],
    }
