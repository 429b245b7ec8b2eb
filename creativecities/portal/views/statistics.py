"""The network in numbers: each drawn with its table, each a link to the rows behind it, on any day."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from creativecities.core import downloads
from creativecities.core.access import page
from creativecities.core.text import fold
from creativecities.exchange.compute import asked
from creativecities.exchange.queries import found as exchange
from creativecities.portal import formats, queries
from creativecities.portal.compute import charts
from creativecities.portal.compute.filters import Filters
from creativecities.portal.queries import initiatives as words
from creativecities.portal.queries import vocabulary
from creativecities.portal.views import places

COUNTED = ("field", "region", "country", "size", "development", "group")
LARGEST = 12


@page("public", cache=True)
def statistics(request: HttpRequest) -> HttpResponse:
    """Members by year, field, region, country and group, first cities, and initiatives. One statement."""
    filters = places.asked(request)
    found = queries.find(filters)
    counts = found.counts(COUNTED)
    rows = places.address_of_rows(filters)
    largest = sorted(counts["country"], key=lambda count: (-count.number, fold(count.label)))[:LARGEST]
    firsts = queries.firsts(filters.day)
    context = {
        "filters": filters,
        "total": found.total,
        "countries": queries.counted_countries(counts["country"]),
        "charts": {name: places.bars(name, {**counts, "country": largest}[name], rows) for name in COUNTED},
        "growth": _growth(found),
        "by_country": sorted(counts["country"], key=lambda count: fold(count.label)),
        "firsts": firsts,
        "first_countries": len({first.country_id for first in firsts}),
        "initiatives": _initiatives(filters),
        "rows": rows,
        "first_year": vocabulary.FIRST_YEAR,
        "data_root": request.path.rstrip("/"),
    }
    return render(request, "portal/statistics.html", context)


def _initiatives(filters: Filters) -> dict[str, Any]:
    """Those published, on earlier days those of them that had begun, counted by facet. No statement."""
    found = exchange.find(asked.Asked(day=None if filters.is_today else filters.day))
    rows = places.address_of_rows(filters, of="initiatives")
    counted = [places.Chart(name, words.FACET_LABELS[name], words.bars(name, found, rows)) for name in words.COUNTED]
    return {"total": found.total, "url": rows.rstrip("?&"), "charts": counted}


def _growth(found: queries.Found) -> charts.Growth:
    return charts.growth(
        queries.changes(found),
        first_year=vocabulary.FIRST_YEAR,
        day=found.filters.day,
        as_of=places.day_in_address(found.filters),
    )


@page("public", cache=True)
def statistics_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same numbers as one long table: CSV, or JSON by table."""
    filters = places.asked(request)
    rows = _rows(filters)
    if kind == "csv":
        return downloads.as_csv(rows, tuple(formats.STATISTICS_COLUMNS), name=f"statistics-{filters.day.isoformat()}")
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        tables.setdefault(row["table"], []).append({key: row[key] for key in row if key != "table"})
    cities = tables.pop("total")[0]["total"]
    numbers = {name: tables.pop(name)[0]["total"] for name in ("countries", "initiatives")}
    return downloads.as_json({"as_of": filters.day.isoformat(), "cities": cities, **numbers, "tables": tables})


def _rows(filters: Filters) -> list[dict[str, Any]]:
    site, atlas = settings.SITE["url"], reverse("portal:atlas")
    day = f"?as_of={filters.day.isoformat()}"
    found = queries.find(filters)
    counts = found.counts(COUNTED)
    countries = queries.counted_countries(counts["country"])
    rows = [
        _row("total", "", "", None, found.total, f"{site}{atlas}{day}"),
        _row("countries", "", "", None, countries, f"{site}{reverse('portal:countries')}{day}"),
    ]
    for column in _growth(found).columns:
        year = str(column.year)
        rows.append(_row("year", year, year, column.new, column.total, f"{site}{atlas}{column.total_url or day}"))
    for name in COUNTED:
        for count in counts[name]:
            url = f"{site}{atlas}?{name}={count.value}&as_of={filters.day.isoformat()}"
            rows.append(_row(name, count.value, vocabulary.label_of(name, count), None, count.number, url))
    for first in queries.firsts(filters.day):
        url = site + reverse("portal:city", args=[first.slug])
        rows.append(_row("first_city", first.country_id, first.name, first.year, None, url))
    return rows + _rows_of_initiatives(filters)


def _rows_of_initiatives(filters: Filters) -> list[dict[str, Any]]:
    site, counted = settings.SITE["url"], _initiatives(filters)
    rows = [_row("initiatives", "", "", None, counted["total"], site + counted["url"])]
    for chart in counted["charts"]:
        for bar in chart.rows:
            value = bar.url.rpartition("=")[2]
            rows.append(_row(f"initiative_{chart.name}", value, bar.label, None, bar.value, site + bar.url))
    return rows


def _row(*cells: str | int | None) -> dict[str, Any]:
    return dict(zip(formats.STATISTICS_COLUMNS, cells, strict=True))
