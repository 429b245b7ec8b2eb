"""The atlas: map and list together, and the same list as data."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from creativecities.core import days, downloads, pages
from creativecities.core.access import page
from creativecities.network.compute.labels import SIZE_LABELS
from creativecities.portal import formats, queries
from creativecities.portal.compute import filters as asked
from creativecities.portal.compute.pager import Pager
from creativecities.portal.queries import Row, vocabulary


def read(request: HttpRequest, **fixed: str) -> asked.Filters:
    """The filters of this address; `fixed` are those the page itself stands for. Raises Refusal for a bad date."""
    today = days.today()
    return asked.read(request.GET, day=pages.as_of(request.GET, today=today), today=today, fixed=fixed)


@page("public", cache=True)
def atlas(request: HttpRequest) -> HttpResponse:
    """Map, facets and list. Two statements, three with words, whatever the size of the network."""
    filters = read(request)
    found = queries.find(filters)
    counts, total = found.counts(), found.total
    pager = Pager.of(total, page=pages.page_number(request.GET), size=pages.page_size(request.GET, most=100))
    context = {
        "filters": filters,
        "cities": found.page(limit=pager.size, offset=pager.offset),
        "pager": pager,
        "facets": vocabulary.facets(filters, counts, request.GET),
        "chips": vocabulary.chips(filters, counts, request.GET),
        "total": total,
        "nearest": vocabulary.nearest_names(filters) if not total and filters.words else [],
        "map": queries.map_of(found, root=reverse("portal:city", args=["x"]).removesuffix("x/")),
        "sorts": vocabulary.SORT_LABELS,
        "first_year": vocabulary.FIRST_YEAR,
        "query": request.GET.get("q", ""),
    }
    template = "portal/atlas.html#results" if getattr(request, "htmx", False) else "portal/atlas.html"
    return render(request, template, context)


@page("public", cache=True)
def atlas_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list and filters as CSV, JSON (paged) or GeoJSON."""
    return listed(request, read(request), kind, name="atlas")


def listed(request: HttpRequest, filters: asked.Filters, kind: str, *, name: str) -> HttpResponse:
    """A list of cities as a download."""
    if kind == "json":
        return _paged(request, filters)
    rows = [as_record(row) for row in queries.rows(filters)]
    if kind == "geojson":
        return downloads.as_geojson(rows)
    return downloads.as_csv(rows, tuple(formats.CITY_COLUMNS), name=f"{name}-{filters.day.isoformat()}")


def _paged(request: HttpRequest, filters: asked.Filters) -> HttpResponse:
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    found = queries.find(filters)
    rows = found.page(limit=size, offset=(number - 1) * size)
    return downloads.as_json(
        {
            "count": found.total,
            "as_of": filters.day.isoformat(),
            "page": number,
            "page_size": size,
            "results": [as_record(row) for row in rows],
        }
    )


def as_record(row: Row) -> dict[str, Any]:
    """A city as it is written in JSON and CSV."""
    return {
        "slug": row.slug,
        "city": row.name,
        "local_name": row.local_name,
        "country": row.country_id,
        "country_label": row.country,
        "creative_field": row.field_id,
        "creative_field_label": row.field,
        "region": row.region_id,
        "region_label": row.region,
        "designated_year": row.year,
        "member_since": _iso(row.joined_on),
        "member_since_precision": "year" if row.year_only else "day",
        "latitude": row.latitude,
        "longitude": row.longitude,
        "size": row.size,
        "size_label": str(SIZE_LABELS.get(row.size, row.size)),
        "ldc": bool(row.is_ldc),
        "lldc": bool(row.is_lldc),
        "sids": bool(row.is_sids),
        "development": row.development,
        "confidence": row.confidence,
        "url": settings.SITE["url"] + reverse("portal:city", args=[row.slug]),
    }


def _iso(day: dt.date) -> str:
    return day.isoformat()
