"""A city's team asks for booths."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import fair as acts
from creativecities.conference.forms.fair import BoothForm
from creativecities.conference.models import Booth, Edition
from creativecities.conference.queries import editions
from creativecities.conference.queries import fair as queries
from creativecities.conference.rules import fair as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, city_of, person


@page("city-team", methods=READ_OR_SEND)
def booths(request: HttpRequest, city: str, slug: str) -> HttpResponse:
    """What the city has asked for, and a form for one more."""
    home = city_of(request, city)
    edition = get_visible(Edition, request.user, slug=slug)
    form = BoothForm(request.POST or None, city=home, edition=edition)
    outcome = attempt(form, lambda: acts.apply(edition, home, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Your application is with the Secretariat."))
        return redirect("conference:booths", city, slug)
    context = {
        "city": home,
        "edition": edition,
        "title": editions.shown(edition).title,
        "form": form,
        "refusal": rules.apply(request.user, home, edition),
        "booths": queries.own(edition, home),
    }
    return render(request, "conference/booths.html", context, status=outcome.status)


@page("city-team", methods=("POST",))
def withdraw(request: HttpRequest, city: str, slug: str, code: str) -> HttpResponse:
    """The city does not want this booth after all."""
    home = city_of(request, city)
    found = get_visible(Booth, request.user, related=("city", "edition"), edition__slug=slug, code=code, city=home)
    acts.withdraw(found, by=person(request))
    messages.success(request, _("The booth is withdrawn."))
    return redirect("conference:booths", city, slug)
