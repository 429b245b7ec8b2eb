"""The data: what can be taken, what each column means, and how good it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from creativecities.core import days, downloads, pages
from creativecities.core.access import page
from creativecities.network import queries as network
from creativecities.network.queries.uncertain import Compared, Quality
from creativecities.portal import formats
from creativecities.portal.queries.known import names


@page("public", cache=True)
def data(request: HttpRequest) -> HttpResponse:
    """Every download with its licence and the meaning of its columns. No statement."""
    context = {"datasets": formats.datasets(), "credit": formats.credit(), "licence": formats.LICENCE}
    return render(request, "portal/data.html", context)


@page("public", cache=True)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The same for machines: a schema.org DataCatalog."""
    site = settings.SITE["url"]
    return downloads.as_json(
        {
            "@context": "https://schema.org",
            "@type": "DataCatalog",
            "name": settings.SITE["name"],
            "url": site + reverse("portal:data"),
            "license": formats.LICENCE,
            "creditText": formats.credit(),
            "dataset": [formats.as_schema(each) for each in formats.datasets()],
        }
    )


@page("public", cache=True)
def quality(request: HttpRequest) -> HttpResponse:
    """Every computed total beside the published one, and what is uncertain. Three statements."""
    today = days.today()
    day = pages.as_of(request.GET, today=today) or today
    found = network.quality(day)
    countries = names()["country"]
    latest = _latest_total(found)
    context = {
        "quality": found,
        "day": day,
        "is_today": day == today,
        "years": _by_year(found),
        "latest": latest,
        "missing_number": -(latest.difference or 0) if latest else 0,
        "differences": [row for row in found.totals if row.difference],
        "lists": {
            "single": _cities(found.single_source, countries),
            "portraits": _cities(found.low_portraits, countries),
            "population": _cities(found.without_population, countries),
        },
    }
    return render(request, "portal/quality.html", context)


def _latest_total(found: Quality) -> Compared | None:
    """The newest published number of cities beside the one counted here."""
    known = [row for row in found.totals if row.total == "total_cities" and row.published is not None]
    return known[-1] if known else None


def _by_year(found: Quality) -> list[dict[str, Any]]:
    """The totals as rows of a table, the newest year first."""
    years: dict[int, dict[str, Any]] = {}
    for row in found.totals:
        years.setdefault(row.year, {"year": row.year})[row.total] = row
    return sorted(years.values(), key=lambda row: -row["year"])


def _cities(found: list[tuple[str, str, str]], countries: dict[str, str]) -> list[dict[str, str]]:
    return [{"slug": slug, "name": name, "country": countries.get(country, country)} for slug, name, country in found]


@page("public", cache=True)
def quality_data(request: HttpRequest) -> HttpResponse:
    """The comparison of totals as JSON."""
    today = days.today()
    day = pages.as_of(request.GET, today=today) or today
    found = network.quality(day)
    return downloads.as_json(
        {
            "as_of": day.isoformat(),
            "totals": [
                {
                    "year": row.year,
                    "total": row.total,
                    "here": row.here,
                    "published": row.published,
                    "difference": row.difference,
                    "explanation": str(row.explanation),
                }
                for row in found.totals
            ],
            "missing": [str(text) for text in found.missing],
            "single_source": [slug for slug, _name, _country in found.single_source],
            "low_portraits": [slug for slug, _name, _country in found.low_portraits],
            "without_population": [slug for slug, _name, _country in found.without_population],
            "year_only_rounds": found.year_only_rounds,
        }
    )
