"""The page desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core.access import page


@page("signed-in")
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/desk.html")
