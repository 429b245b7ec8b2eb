"""The first steps of a city that has joined: what to do by when, its buddy, and the day of its report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from creativecities.core.access import page
from creativecities.network.actions import integration
from creativecities.network.views.saving import READ_OR_SEND, TEAM, city_of, person


@page(*TEAM, methods=READ_OR_SEND)
def first_steps(request: HttpRequest, slug: str) -> HttpResponse:
    """Each step with its day, to be ticked."""
    city = city_of(request, slug)
    steps = list(city.first_steps.all())
    if not steps:
        raise Http404
    if request.method == "POST":
        wanted = next((each for each in steps if each.step == request.POST.get("step")), None)
        if wanted is None:
            raise Http404
        integration.tick(wanted, is_done="undo" not in request.POST, by=person(request))
        return redirect("network:first_steps", slug)
    context = {
        "city": city, "steps": steps, "report": city.reports_due.first(),
        "buddy": city.buddies.filter(end__isnull=True).select_related("buddy__country").first(),
    }  # fmt: skip
    return render(request, "network/first_steps.html", context)
