"""`initiatives.csv`: reading and checking it, and what its rows say of each initiative."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from creativecities.exchange.models import Initiative
from creativecities.network.compute.reference import Slugs
from creativecities.network.compute.threeway import Record
from creativecities.network.formats import Plan, Row, RowError
from creativecities.network.formats.table import Columns, choice, number, several, text

FILE = "initiatives"
YEAR = number(1900, 2999, blank=True)


def _address(cell: str) -> str:
    value = str(text(100)(cell))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(_("only small letters, digits and single hyphens make an address"))
    return value


COLUMNS: Columns = {
    "id": _address,
    "title": text(200),
    "kind": choice(*Initiative.Kind.values),
    "summary": text(10_000),
    "lead_city": text(100),
    "lead_country": text(2),
    "partner_cities": several,
    "fields": several,
    "start_year": YEAR,
    "end_year": YEAR,
    "objectives": several,
    "areas_of_action": several,
    "sdgs": several,
    "source": text(5000, blank=True),
    "confidence": choice("sourced", "known"),
}
VOCABULARIES = {
    "fields": ("creative_fields", "slug"),
    "objectives": ("objectives", "code"),
    "areas_of_action": ("areas_of_action", "code"),
    "sdgs": ("sdgs", "number"),
}
"""Columns that hold several values, and the file and column that know them all."""

CityKey = tuple[str, str]


def _lead(row: Row) -> CityKey:
    return row["lead_city"], row["lead_country"]


def _partners(row: Row) -> list[CityKey]:
    return [(name, country) for name, _bar, country in (each.rpartition("|") for each in row["partner_cities"])]


def faults(plan: Plan) -> Iterator[RowError]:
    """What does not fit the other files, or the rest of its own row."""
    known = {(row["city"], row["country"]) for row in plan["member_cities"]}
    words = {column: {str(row[key]) for row in plan[file]} for column, (file, key) in VOCABULARIES.items()}
    seen: dict[str, int] = {}
    for row in plan[FILE]:
        if row["id"] in seen:
            yield row.error("id", _("the same as line %(line)d") % {"line": seen[row["id"]]})
        seen.setdefault(row["id"], row.line)
        yield from _unknown(row, words)
        yield from _wrong_cities(row, known)
        if row["start_year"] and row["end_year"] and row["end_year"] < row["start_year"]:
            yield row.error("end_year", _("ends before it begins"))


def _unknown(row: Row, words: Mapping[str, set[str]]) -> Iterator[RowError]:
    for column, known in words.items():
        for value in row[column]:
            if value not in known:
                yield row.error(column, _("“%(cell)s” is not known") % {"cell": value[:40]})


def _wrong_cities(row: Row, known: set[CityKey]) -> Iterator[RowError]:
    lead, partners = _lead(row), _partners(row)
    for column, cities in (("lead_city", [lead]), ("partner_cities", partners)):
        for city, country in cities:
            if (city, country) not in known:
                words = {"city": city, "country": country}
                yield row.error(column, _("%(city)s (%(country)s) is no member city") % words)
    if lead in partners:
        yield row.error("partner_cities", _("the lead city is not its own partner"))
    if len(set(partners)) < len(partners):
        yield row.error("partner_cities", _("a city is named twice"))


def records(plan: Plan, slugs: Slugs) -> list[Record]:
    """What the file says of each initiative, with cities by their slugs."""
    return [Record(row["id"], {"slug": row["id"]}, _values(row, slugs)) for row in plan[FILE]]


def _values(row: Row, slugs: Slugs) -> dict[str, Any]:
    return {
        **{column: row[column] for column in ("kind", "title", "summary", "source", "confidence")},
        "language": "en",
        "lead": slugs[_lead(row)],
        "partners": sorted(slugs[city] for city in _partners(row)),
        "fields": _sorted(row["fields"]),
        "objectives": _sorted(row["objectives"]),
        "areas": _sorted(row["areas_of_action"]),
        "goals": _sorted(row["sdgs"], int),
        "starts_on": _day(row["start_year"], 1, 1),
        "ends_on": _day(row["end_year"], 12, 31),
        "precision": "year",
    }


def _sorted(values: Iterable[str], kind: Callable[[str], Any] = str) -> list[Any]:
    return sorted({kind(value) for value in values})


def _day(year: int | None, month: int, day: int) -> str | None:
    return dt.date(year, month, day).isoformat() if year else None
