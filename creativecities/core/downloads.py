"""A list as data: the same address with `.csv`, `.json`, `.geojson`."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, name: str) -> HttpResponse:
    """A table as a CSV file to keep under a name."""
    response = HttpResponse(csv_text(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return _open(response)


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """CSV with a byte-order mark, which spreadsheets need. Cells that one would run as a formula are quoted."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (list, tuple)):
        value = ";".join(map(str, value))
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def as_json(document: Any, *, content_type: str = "application/json") -> HttpResponse:
    """A JSON document in UTF-8, open to other sites' scripts."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return _open(HttpResponse(body, content_type=content_type))


def as_geojson(rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """A GeoJSON FeatureCollection (RFC 7946: longitude, latitude in degrees, WGS 84)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {key: value for key, value in row.items() if key not in ("longitude", "latitude")},
        }
        for row in rows
    ]
    return as_json({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


def _plain(value: Any) -> str:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return str(value)


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
