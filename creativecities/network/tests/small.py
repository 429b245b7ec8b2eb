"""A small folder of reference data with invented cities, to be changed by tests."""

import csv
import json
from pathlib import Path
from typing import Any

from creativecities.network.formats.reference import FILES

NAMES = {f"name_{code}": "Name" for code in ("en", "fr", "es", "ar", "ru", "zh")}
PLACE = {
    "designated_year": "2014",
    "latitude": "38.5",
    "longitude": "-8.5",
    "population": "40000",
    "confidence": "verified",
}

ROWS: dict[str, list[dict[str, Any]]] = {
    "regions": [{**NAMES, "slug": "europe-and-north-america", "name_en": "Europe and North America"}],
    "m49_regions": [
        {**NAMES, "slug": "europe", "kind": "region", "name_en": "Europe"},
        {**NAMES, "slug": "southern-europe", "kind": "subregion", "name_en": "Southern Europe"},
    ],
    "countries": [
        {
            **NAMES, "iso2": code, "iso3": f"{code}X", "m49": "620", "name_en": name, "short_en": name,
            "un_region": "Europe", "un_subregion": "Southern Europe",
            "unesco_region": "Europe and North America", "ldc": ldc, "lldc": "0",
            "sids": "0", "development": "developed", "languages": languages,
        }
        for code, name, ldc, languages in (("PT", "Portugal", "0", "pt-PT"), ("NP", "Nepal", "1", "ne"))
    ],
    "ldc_graduations": [{"country": "NP", "until": "2026-11-24", "source": "UN"}],
    "counted_with": [{"country": "NP", "counted_with": "PT"}],
    "creative_fields": [
        {**NAMES, "slug": "design", "position": "1", "name_en": "Design"},
        {**NAMES, "slug": "film", "position": "2", "name_en": "Film"},
    ],
    "objectives": [{**NAMES, "code": "O1"}],
    "areas_of_action": [{**NAMES, "code": "A1"}],
    "sdgs": [{**NAMES, "number": "1"}],
    "designation_rounds": [
        {"year": "2014", "announced_on": "2014-12-01", "precision": "day"},
        {"year": "2019", "announced_on": "2019-12-31", "precision": "year"},
    ],
    "network_totals": [{"year": "2014", "new_cities": "2", "total_cities": "2"}],
    "member_cities": [
        {**PLACE, "city": "Vila Nova", "country": "PT", "creative_field": "film", "geonames_id": "1"},
        {
            **PLACE, "city": "Pedra", "country": "PT", "creative_field": "design", "geonames_id": "2",
            "local_name": "Pédra",
        },
        {
            **PLACE, "city": "Pedra", "country": "NP", "creative_field": "design", "designated_year": "2019",
            "latitude": "27.7", "longitude": "85.3", "local_name": "पेद्रा", "confidence": "single",
        },
    ],
    "local_languages": [],
    "field_history": [
        {
            "city": "Vila Nova", "country": "PT", "creative_field": "design", "from": "2014-12-01", "to": "2020-01-01",
            "source": "a",
        },
        {"city": "Vila Nova", "country": "PT", "creative_field": "film", "from": "2020-01-01", "to": "", "source": "b"},
    ],
    "city_former_names": [{"city": "Vila Nova", "country": "PT", "former_name": "Vila Velha", "until": "2018-05-01"}],
    "city_names": [
        {"city": "Pedra", "country": "PT", "name": "Петра", "script": "Cyrl", "source": "GeoNames"},
        {"city": "Pedra", "country": "PT", "name": "Piedra", "language": "es", "script": "Latn", "source": "CLDR"},
        {"city": "Pedra", "country": "PT", "name": "Pedra", "language": "en", "script": "Latn", "source": "UNESCO"},
    ],
    "city_portraits": [
        {
            "city": "Pedra", "country": "PT", "portrait": "Stone masons and lamps.", "keywords": "stone;lamps",
            "challenges": "", "source": "general knowledge", "confidence": "known",
        }
    ],
    "outline_allowance": [],
}  # fmt: skip
SQUARES = {"PT": [[[-10, 36], [-6, 36], [-6, 43], [-10, 43]]], "NP": [[[80, 26], [88, 26], [88, 30], [80, 30]]]}


def write(folder: Path) -> Path:
    """Write the folder; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in ROWS.items():
        save(folder, name, [{column: row.get(column, "") for column in FILES[name]} for row in rows])
    (folder / "outlines.json").write_text(json.dumps(SQUARES), encoding="utf-8")
    return folder


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def save(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(FILES[name]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change(folder: Path, name: str, number: int, **cells: str) -> None:
    """Change cells of a row, counted from 0."""
    rows = read(folder, name)
    rows[number].update(cells)
    save(folder, name, rows)


def add(folder: Path, name: str, **cells: str) -> None:
    rows = read(folder, name)
    save(folder, name, [*rows, {**rows[-1], **cells} if rows else cells])


def drop(folder: Path, name: str, number: int) -> None:
    rows = read(folder, name)
    del rows[number]
    save(folder, name, rows)
