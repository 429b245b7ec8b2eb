"""`annual_conferences.csv`: reading and checking it, and what its rows say of each edition."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from creativecities.network.compute.reference import Slugs
from creativecities.network.compute.slug import plain_letters
from creativecities.network.compute.threeway import Record
from creativecities.network.formats import Plan, Row, RowError
from creativecities.network.formats.table import Columns, day, number, text

FILE = "annual_conferences"
COLUMNS: Columns = {
    "edition": number(1, 999),
    "year": number(1900, 2999),
    "host_city": text(200),
    "country": text(2),
    "start_date": day(blank=True),
    "end_date": day(blank=True),
    "theme": text(300, blank=True),
    "attendance_note": text(5000, blank=True),
    "source": text(5000, blank=True),
}
INFERRED, UNCONFIRMED = "number inferred from", "no source seen that it was held"
"""How the notes of the file say what a source does not tell."""


def faults(plan: Plan) -> Iterator[RowError]:
    """A number that is there twice, a country that is not known, days out of order or one without the other."""
    countries = {row["iso2"] for row in plan["countries"]}
    seen: dict[int, int] = {}
    for row in plan[FILE]:
        if row["edition"] in seen:
            yield row.error("edition", _("the same as line %(line)d") % {"line": seen[row["edition"]]})
        seen.setdefault(row["edition"], row.line)
        if row["country"] not in countries:
            yield row.error("country", _("“%(cell)s” is not known") % {"cell": row["country"]})
        if bool(row["start_date"]) != bool(row["end_date"]):
            yield row.error("end_date", _("the first and the last day are known together or not at all"))
        elif row["end_date"] and row["end_date"] < row["start_date"]:
            yield row.error("end_date", _("ends before it begins"))


def records(plan: Plan, slugs: Slugs) -> list[Record]:
    """What the file says of each edition, known by its number; hosts that are member cities with their slugs."""
    members = {(plain_letters(name), country): slug for (name, country), slug in slugs.items()}
    return [
        Record(str(row["edition"]), {"number": row["edition"], "slug": _address(row)}, _values(row, members))
        for row in plan[FILE]
    ]


def _names(row: Row) -> list[str]:
    return str(row["host_city"]).split(" and ")


def _address(row: Row) -> str:
    return f"{row['year']}-{plain_letters(' '.join(_names(row)), most=50)}"


def _values(row: Row, members: Slugs) -> dict[str, Any]:
    names, note = _names(row), str(row["attendance_note"])
    return {
        "year": row["year"],
        "starts_on": row["start_date"],
        "last_day": row["end_date"],
        "theme": row["theme"],
        "hosts": [f"{name}, {row['country']}" for name in names],
        "cities": [members.get((plain_letters(name), row["country"]), "") for name in names],
        "is_inferred": INFERRED in note.casefold(),
        "is_confirmed": UNCONFIRMED not in note.casefold(),
        "note": note,
        "source": row["source"],
    }
