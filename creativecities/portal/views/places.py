"""Fields, regions and countries: each a page with its members, and a page that lists them all."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from creativecities.core.access import get_visible, page
from creativecities.network.models import Country, CreativeField, Region


@page("public", cache=True)
def fields(request: HttpRequest) -> HttpResponse:
    """All creative fields."""
    return render(request, "portal/fields.html", {"places": CreativeField.objects.visible_to(request.user)})


@page("public", cache=True)
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """One creative field."""
    return render(request, "portal/field.html", {"place": get_visible(CreativeField, request.user, slug=slug)})


@page("public", cache=True)
def regions(request: HttpRequest) -> HttpResponse:
    """The five regions."""
    return render(request, "portal/regions.html", {"places": Region.objects.visible_to(request.user)})


@page("public", cache=True)
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One region."""
    return render(request, "portal/region.html", {"place": get_visible(Region, request.user, slug=slug)})


@page("public", cache=True)
def countries(request: HttpRequest) -> HttpResponse:
    """All countries with a member."""
    return render(request, "portal/countries.html", {"places": Country.objects.visible_to(request.user)})


@page("public", cache=True)
def country(request: HttpRequest, iso: str) -> HttpResponse:
    """One country that has or had a member."""
    if iso != iso.upper():
        return HttpResponsePermanentRedirect(reverse("portal:country", args=[iso.upper()]))
    found = get_visible(Country, request.user, iso2=iso)
    if not found.cities.exists():
        raise Http404
    return render(request, "portal/country.html", {"place": found})
