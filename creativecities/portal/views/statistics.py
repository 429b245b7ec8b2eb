"""The page statistics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core.access import page


@page("public")
def statistics(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/statistics.html")
