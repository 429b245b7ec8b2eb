"""What no single row can tell: does it fit the rows of the other files and of its own?"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from creativecities.network.compute import outlines
from creativecities.network.formats.table import Row, RowError

if TYPE_CHECKING:
    from creativecities.network.formats.reference import Plan

UNIQUE: dict[str, list[tuple[str, ...]]] = {
    "regions": [("slug",), ("name_en",)],
    "m49_regions": [("slug",), ("kind", "name_en")],
    "countries": [("iso2",), ("iso3",)],
    "ldc_graduations": [("country",)],
    "counted_with": [("country",)],
    "creative_fields": [("slug",)],
    "objectives": [("code",)],
    "areas_of_action": [("code",)],
    "sdgs": [("number",)],
    "designation_rounds": [("year",)],
    "network_totals": [("year",)],
    "member_cities": [("city", "country"), ("geonames_id",)],
    "local_languages": [("city", "country")],
    "field_history": [("city", "country", "from")],
    "city_former_names": [("city", "country", "former_name")],
    "city_names": [("city", "country", "name", "language")],
    "city_portraits": [("city", "country")],
}


def faults(plan: "Plan") -> list[RowError]:
    """Every fault of a plan whose rows can be read one by one."""
    found = [error for name in UNIQUE for error in _duplicates(plan[name], UNIQUE[name])]
    for check in (_references, _cities, _places, _histories, _rounds, _former_names):
        found += check(plan)
    return found


def _duplicates(rows: list[Row], keys: list[tuple[str, ...]]) -> Iterator[RowError]:
    for columns in keys:
        first: dict[tuple[Any, ...], int] = {}
        for row in rows:
            key = tuple(row[column] for column in columns)
            if key == (None,):
                continue
            if key in first:
                yield row.error(columns[0], _("the same as line %(line)d") % {"line": first[key]})
            first.setdefault(key, row.line)


def _references(plan: "Plan") -> Iterator[RowError]:
    """Countries, fields, regions and rounds that a row names must be known."""
    for name, column, known, reason in _links(plan):
        for row in plan[name]:
            if row[column] and row[column] not in known:
                yield row.error(column, reason % {"cell": row[column]})


def _links(plan: "Plan") -> Iterator[tuple[str, str, frozenset[Any], str]]:
    def keys(name: str, column: str, **only: str) -> frozenset[Any]:
        rows = (row for row in plan[name] if all(row[key] == value for key, value in only.items()))
        return frozenset(row[column] for row in rows)

    countries, fields = keys("countries", "iso2"), keys("creative_fields", "slug")
    region = _("unknown region “%(cell)s”")
    yield "countries", "unesco_region", keys("regions", "name_en"), region
    yield "countries", "un_region", keys("m49_regions", "name_en", kind="region"), region
    yield "countries", "un_subregion", keys("m49_regions", "name_en", kind="subregion"), region
    for name in ("ldc_graduations", "counted_with", "member_cities", "outline_allowance"):
        yield name, "country", countries, _("unknown country “%(cell)s”")
    yield "counted_with", "counted_with", countries, _("unknown country “%(cell)s”")
    for name in ("member_cities", "field_history"):
        yield name, "creative_field", fields, _("unknown creative field “%(cell)s”")
    yield "member_cities", "designated_year", keys("designation_rounds", "year"), _("no round was held in %(cell)s")


def _cities(plan: "Plan") -> Iterator[RowError]:
    """Other files speak only of member cities."""
    known = {(row["city"], row["country"]) for row in plan["member_cities"]}
    for name in ("local_languages", "field_history", "city_former_names", "city_names", "city_portraits"):
        for row in plan[name]:
            if (row["city"], row["country"]) not in known:
                words = {"city": row["city"], "country": row["country"]}
                yield row.error("city", _("%(city)s (%(country)s) is no member city") % words)


def _places(plan: "Plan") -> Iterator[RowError]:
    """A city lies in its country, as far as a coarse outline can tell."""
    allowed = {(row["country"], row["city"]) for row in plan["outline_allowance"]}
    known = {row["iso2"] for row in plan["countries"]}
    for row in plan["member_cities"]:
        country = row["country"]
        if country not in known or (country, "") in allowed or (country, row["city"]) in allowed:
            continue
        if country not in plan.outlines:
            yield row.error("country", _("no outline and no allowance for %(country)s") % {"country": country})
            continue
        away = outlines.distance_to_outline(row["latitude"], row["longitude"], plan.outlines[country])
        if away > outlines.TOLERANCE:
            words = {"away": f"{away:.2f}", "country": country}
            yield row.error("latitude", _("%(away)s degrees outside the outline of %(country)s") % words)


def _histories(plan: "Plan") -> Iterator[RowError]:
    """A history of fields begins with the designation, does not overlap, and ends in the field of today."""
    days = {row["year"]: row["announced_on"] for row in plan["designation_rounds"]}
    members = {(row["city"], row["country"]): row for row in plan["member_cities"]}
    histories: dict[tuple[str, str], list[Row]] = {}
    for row in plan["field_history"]:
        histories.setdefault((row["city"], row["country"]), []).append(row)
    for city, rows in histories.items():
        rows.sort(key=lambda row: row["from"])
        for row in rows:
            if row["to"] and row["to"] <= row["from"]:
                yield row.error("to", _("ends before it begins"))
        for earlier, later in pairwise(rows):
            if earlier["to"] is None or earlier["to"] > later["from"]:
                yield later.error("from", _("overlaps line %(line)d") % {"line": earlier.line})
        member = members.get(city)
        if member is None:
            continue
        if rows[0]["from"] != days.get(member["designated_year"]):
            yield rows[0].error("from", _("does not begin on the day of the city’s round"))
        if rows[-1]["to"] is None and rows[-1]["creative_field"] != member["creative_field"]:
            yield rows[-1].error("creative_field", _("is not the field the city holds now"))


def _rounds(plan: "Plan") -> Iterator[RowError]:
    for row in plan["designation_rounds"]:
        if row["announced_on"][:4] != f"{row['year']:04d}":
            yield row.error("announced_on", _("is not in the year of the round"))


def _former_names(plan: "Plan") -> Iterator[RowError]:
    for row in plan["city_former_names"]:
        if row["former_name"] == row["city"]:
            yield row.error("former_name", _("is the present name"))
