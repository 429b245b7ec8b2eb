"""The files of the reference data, their columns, and all of them read together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from creativecities.network.formats import checks, further
from creativecities.network.formats.table import (
    Columns,
    Row,
    RowError,
    choice,
    day,
    degrees,
    flag,
    number,
    read_table,
    several,
    text,
)

Outlines = Mapping[str, list[list[list[float]]]]

NAMES: Columns = {f"name_{code}": text(120) for code in ("en", "fr", "es", "ar", "ru", "zh")}
DESCRIPTIONS: Columns = {
    **{f"description_{code}": text(20_000, blank=True) for code in ("en", "fr", "es", "ar", "ru", "zh")},
    "source": text(20_000, blank=True),
}
CITY: Columns = {"city": text(100), "country": text(2)}
YEAR = number(1900, 2999)
GEONAMES_ID = number(1, 2**31 - 1, blank=True)

FILES: dict[str, Columns] = {
    "regions": {"slug": text(50), **NAMES, **DESCRIPTIONS},
    "m49_regions": {"slug": text(50), "kind": choice("region", "subregion"), **NAMES},
    "countries": {
        "iso2": text(2), "iso3": text(3), "m49": text(3), **NAMES, "short_en": text(80),
        "un_region": text(120, blank=True), "un_subregion": text(120, blank=True), "unesco_region": text(120),
        "ldc": flag, "lldc": flag, "sids": flag, "development": choice("developed", "developing"),
        "languages": text(200, blank=True), "wikidata": text(20, blank=True), "geonames_id": GEONAMES_ID,
    },
    "ldc_graduations": {"country": text(2), "until": day(), "source": text(200)},
    "counted_with": {"country": text(2), "counted_with": text(2)},
    "creative_fields": {
        "slug": text(50), "position": number(0, 1000), **NAMES, **DESCRIPTIONS,
        "since_year": number(1900, 2999, blank=True), "aliases": text(5000, blank=True),
    },
    "objectives": {"code": text(3), **NAMES, **DESCRIPTIONS},
    "areas_of_action": {"code": text(3), **NAMES, **DESCRIPTIONS},
    "sdgs": {"number": number(1, 99), **NAMES},
    "designation_rounds": {
        "year": YEAR, "announced_on": day(), "precision": choice("day", "year"), "note": text(200, blank=True),
    },
    "network_totals": {
        "year": YEAR, "new_cities": number(0, 32_000, blank=True), "total_cities": number(0, 32_000, blank=True),
        "total_countries": number(0, 300, blank=True), "round_countries": number(0, 300, blank=True),
        "source": text(5000, blank=True),
    },
    "member_cities": {
        **CITY, "creative_field": text(50), "designated_year": YEAR, "latitude": degrees(90), "longitude": degrees(180),
        "population": number(0, 2**31 - 1, blank=True), "geonames_id": GEONAMES_ID,
        "local_name": text(100, blank=True), "confidence": choice("verified", "single"),
    },
    "local_languages": {**CITY, "language": text(12)},
    "field_history": {**CITY, "creative_field": text(50), "from": day(), "to": day(blank=True), "source": text(300)},
    "city_former_names": {**CITY, "former_name": text(100), "until": day(), "note": text(200, blank=True)},
    "city_names": {
        **CITY, "name": text(160), "language": text(12, blank=True), "script": text(4, blank=True),
        "source": text(200, blank=True),
    },
    "city_portraits": {
        **CITY, "portrait": text(10_000), "keywords": several, "challenges": several, "source": text(5000, blank=True),
        "confidence": choice("sourced", "known", "low"),
    },
    "outline_allowance": {"country": text(2), "city": text(100, blank=True)},
}  # fmt: skip
OPTIONAL = frozenset({"local_languages"})
"""The names of the files, without `.csv`, and what each column holds."""


@dataclass
class Plan:
    """What the files say, row by row; with errors in it nothing of it may be loaded."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    outlines: Outlines = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)

    def __getitem__(self, name: str) -> list[Row]:
        return self.rows[name]


def read(folder: Path) -> Plan:
    """Read and check a folder of reference data. Every fault is found, not only the first."""
    plan = Plan()
    for name, columns in FILES.items():
        plan.rows[name], errors = read_table(folder / f"{name}.csv", columns, optional=name in OPTIONAL)
        plan.errors += errors
    for each in further.registered().values():
        plan.rows[each.file], errors = read_table(folder / f"{each.file}.csv", each.columns, optional=True)
        plan.errors += errors
    plan.outlines = _outlines(folder / "outlines.json", plan.errors)
    if not plan.errors:
        plan.errors += checks.faults(plan)
        plan.errors += [error for each in further.registered().values() for error in each.faults(plan)]
    return plan


def _outlines(path: Path, errors: list[RowError]) -> Outlines:
    try:
        outlines: Outlines = json.loads(path.read_bytes())
    except FileNotFoundError:
        errors.append(RowError(path.name, 0, "", _("the file is missing")))
        return {}
    except ValueError:
        errors.append(RowError(path.name, 0, "", _("this is not JSON")))
        return {}
    return outlines
