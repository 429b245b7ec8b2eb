"""The page data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core.access import page


@page("public")
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/data.html")


@page("public")
def quality(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/quality.html")
