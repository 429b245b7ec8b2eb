"""Fields, regions and countries: each a page with its members, and a page that lists them all."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from creativecities.core import days, downloads, pages
from creativecities.core.access import page
from creativecities.core.templatetags.ui import field_glyph
from creativecities.core.text import fold
from creativecities.network.compute.labels import DEVELOPMENT_LABELS
from creativecities.network.models import CreativeField, Region
from creativecities.portal import formats, queries
from creativecities.portal.compute import charts
from creativecities.portal.compute.filters import SORTS, Filters
from creativecities.portal.compute.pager import Pager
from creativecities.portal.queries import Count, vocabulary
from creativecities.portal.views import atlas

OTHER_FACETS = {
    "field": ("region", "country", "development", "group"),
    "region": ("field", "country", "development", "group"),
    "country": ("field", "size"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """The members of a page counted by one facet, each number a link to its rows."""

    name: str
    label: str | Promise
    rows: list[charts.Bar]


def asked(request: HttpRequest, **chosen: str) -> Filters:
    """The day and the order an address asks for; what the page stands for is fixed. Raises Refusal for a bad date."""
    today = days.today()
    day = pages.as_of(request.GET, today=today)
    sort = request.GET.get("sort", "name")
    return Filters(
        day=day or today,
        is_today=day is None,
        chosen={name: (value,) for name, value in chosen.items()},
        sort=sort if sort in SORTS else "name",
    )


def day_in_address(filters: Filters) -> str:
    """The day as it stands in the address; empty for today."""
    return "" if filters.is_today else filters.day.isoformat()


def address_of_rows(filters: Filters, *, of: str = "atlas", **chosen: str) -> str:
    """How addresses of the atlas, or of another list, with this choice and day begin; what else is chosen follows."""
    asked_for = urlencode({**chosen, **({} if filters.is_today else {"as_of": filters.day.isoformat()})})
    return f"{reverse(f'portal:{of}')}?{asked_for}{'&' if asked_for else ''}"


def bars(name: str, counts: Iterable[Count], rows: str) -> Chart:
    """A facet as bars, the longest first; each leads to its rows, whose addresses begin with `rows`."""
    labelled = [(vocabulary.label_of(name, count), count) for count in counts]
    labelled.sort(key=lambda each: (-each[1].number, fold(each[0])))
    is_field = name == "field"
    return Chart(
        name,
        vocabulary.FACET_LABELS[name],
        [
            charts.Bar(
                label=label,
                value=count.number,
                url=f"{rows}{name}={quote(count.value)}",
                css=f"f-{count.value}" if is_field else "",
                glyph=field_glyph(count.value) if is_field else "",
            )
            for label, count in labelled
        ],
    )


def members(request: HttpRequest, facet: str, value: str) -> dict[str, Any]:
    """What the pages of a field, a region and a country share: map, growth, counts, list. Two statements."""
    filters = asked(request, **{facet: value})
    found = queries.find(filters)
    counts, total = found.counts(OTHER_FACETS[facet]), found.total
    pager = Pager.of(total, page=pages.page_number(request.GET), size=pages.page_size(request.GET, most=100))
    same = {facet: value}
    rows = address_of_rows(filters, **same)
    return {
        "filters": Filters(day=filters.day, is_today=filters.is_today),
        "sort": filters.sort,
        "sorts": {name: label for name, label in vocabulary.SORT_LABELS.items() if (facet, name) != ("country", name)},
        "total": total,
        "countries": queries.counted_countries(counts.get("country", ())),
        "charts": [bars(name, counts[name], rows) for name in OTHER_FACETS[facet] if counts[name]],
        "growth": charts.growth(
            queries.changes(found),
            first_year=vocabulary.FIRST_YEAR,
            day=filters.day,
            as_of=day_in_address(filters),
            query=urlencode(same),
        ),
        "cities": found.page(limit=pager.size, offset=pager.offset),
        "pager": pager,
        "map": queries.map_of(found, root=reverse("portal:city", args=["x"]).removesuffix("x/")),
        "first_year": vocabulary.FIRST_YEAR,
        "data_root": request.path.rstrip("/"),
        "atlas_query": urlencode({**same, **({} if filters.is_today else {"as_of": filters.day.isoformat()})}),
    }


def _day(request: HttpRequest) -> dt.date:
    return asked(request).day


@page("public", cache=True)
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """One creative field. Three statements."""
    place = queries.field(slug, _day(request))
    if place is None:
        if (present := queries.field_of_alias(slug)) is None:
            raise Http404
        return redirect("portal:field", present, permanent=True)
    return render(request, "portal/field.html", {"place": place, **members(request, "field", slug)})


@page("public", cache=True)
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the five regions. Three statements."""
    place = queries.region(slug)
    if place is None:
        raise Http404
    return render(request, "portal/region.html", {"place": place, **members(request, "region", slug)})


@page("public", cache=True)
def country(request: HttpRequest, iso: str) -> HttpResponse:
    """One country that has or had a member. Three statements."""
    if iso != iso.upper():
        return _to_upper_case(request, "portal:country", iso)
    place = queries.country(iso, _day(request))
    if place is None:
        raise Http404
    development = DEVELOPMENT_LABELS.get(place.development, place.development)
    context = {"place": place, "development": development, **members(request, "country", iso)}
    return render(request, "portal/country.html", context)


def _to_upper_case(request: HttpRequest, name: str, iso: str, *more: str) -> HttpResponsePermanentRedirect:
    query = request.META.get("QUERY_STRING", "")
    address = reverse(name, args=[iso.upper(), *more])
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


@page("public", cache=True)
def field_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The members of a field as CSV, JSON or GeoJSON."""
    filters = asked(request, field=slug)
    if queries.field(slug, filters.day) is None:
        raise Http404
    return atlas.listed(request, filters, kind, name=f"field-{slug}")


@page("public", cache=True)
def region_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The members of a region as CSV, JSON or GeoJSON."""
    filters = asked(request, region=slug)
    if queries.region(slug) is None:
        raise Http404
    return atlas.listed(request, filters, kind, name=f"region-{slug}")


@page("public", cache=True)
def country_data(request: HttpRequest, iso: str, kind: str) -> HttpResponse:
    """The members of a country as CSV, JSON or GeoJSON."""
    if iso != iso.upper():
        return _to_upper_case(request, "portal:country_data", iso, kind)
    filters = asked(request, country=iso)
    if queries.country(iso, filters.day) is None:
        raise Http404
    return atlas.listed(request, filters, kind, name=f"country-{iso}")


@page("public", cache=True)
def fields(request: HttpRequest) -> HttpResponse:
    """All creative fields with their members on a day. Two statements."""
    return _index(request, "field", CreativeField.objects.visible_to(request.user))


@page("public", cache=True)
def regions(request: HttpRequest) -> HttpResponse:
    """The five regions with their members on a day. Two statements."""
    return _index(request, "region", Region.objects.visible_to(request.user))


def _index(request: HttpRequest, facet: str, things: Iterable[Any]) -> HttpResponse:
    filters = asked(request)
    counts = queries.facets(filters, names=(facet,))
    numbers = {count.value: count.number for count in counts[facet]}
    context = {
        "filters": filters,
        "places": [{"key": thing.pk, "thing": thing, "number": numbers.get(thing.pk, 0)} for thing in things],
        "total": counts["total"][0].number,
        "first_year": vocabulary.FIRST_YEAR,
        "data_root": request.path.rstrip("/"),
    }
    return render(request, f"portal/{facet}s.html", context)


@page("public", cache=True)
def countries(request: HttpRequest) -> HttpResponse:
    """Every country with a member now or ever, by region. One statement, and one more for what counts together."""
    filters = asked(request)
    found = queries.countries(filters.day)
    groups: dict[str, dict[str, Any]] = {}
    for each in found:
        group = groups.setdefault(each.region_id, {"key": each.region_id, "name": each.region, "countries": []})
        group["countries"].append(each)
    for group in groups.values():
        group["countries"].sort(key=lambda each: fold(each.name))
        group["number"] = sum(each.number for each in group["countries"])
    present = [Count(each.iso, each.name, each.number) for each in found if each.number]
    context = {
        "filters": filters,
        "groups": list(groups.values()),
        "total": sum(each.number for each in found),
        "countries": queries.counted_countries(present),
        "first_year": vocabulary.FIRST_YEAR,
        "data_root": request.path.rstrip("/"),
    }
    return render(request, "portal/countries.html", context)


@page("public", cache=True)
def fields_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The creative fields with their numbers as CSV or JSON."""
    things = CreativeField.objects.visible_to(request.user)
    return _index_data(request, "field", kind, {thing.pk: (thing.name, thing.since_year) for thing in things})


@page("public", cache=True)
def regions_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The five regions with their numbers as CSV or JSON."""
    things = Region.objects.visible_to(request.user)
    return _index_data(request, "region", kind, {thing.pk: (thing.name, None) for thing in things})


def _index_data(
    request: HttpRequest, facet: str, kind: str, things: Mapping[str, tuple[str, int | None]]
) -> HttpResponse:
    filters = asked(request)
    numbers = {count.value: count.number for count in queries.facets(filters, names=(facet,))[facet]}
    rows = [
        formats.place(facet, key, label, numbers.get(key, 0), since_year=since)
        for key, (label, since) in things.items()
    ]
    return _as_data(rows, formats.PLACE_COLUMNS[facet], f"{facet}s", kind, filters)


@page("public", cache=True)
def countries_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The countries with their numbers as CSV or JSON."""
    filters = asked(request)
    rows = [formats.country(each) for each in queries.countries(filters.day)]
    return _as_data(rows, formats.COUNTRY_COLUMNS, "countries", kind, filters)


def _as_data(
    rows: list[dict[str, Any]], columns: Mapping[str, Any], name: str, kind: str, filters: Filters
) -> HttpResponse:
    if kind == "csv":
        return downloads.as_csv(rows, tuple(columns), name=f"{name}-{filters.day.isoformat()}")
    return downloads.as_json({"count": len(rows), "as_of": filters.day.isoformat(), "results": rows})
