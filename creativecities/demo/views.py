"""Choosing who one is in the demonstration: nobody has to sign in where nobody is real."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from creativecities.core.access import page
from creativecities.demo import queries


@page("public", methods=("GET", "HEAD", "POST"))
def cast(request: HttpRequest) -> HttpResponse:
    """A button for each role; pressed, it signs in as that person, and opens their desk or what waits for them."""
    parts, groups = queries.cast(), queries.groups()
    if request.method != "POST":
        return render(request, "demo/cast.html", {"parts": parts, "groups": groups})
    desk = reverse("portal:desk")
    chosen = [
        (duty.person, duty.url) for group in groups for duty in group.duties if duty.key == request.POST.get("duty")
    ]
    chosen += [(part.person, desk) for part in parts if str(part.person.pk) == request.POST.get("person")]
    if not chosen:
        raise Http404
    person, url = chosen[0]
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(url)
