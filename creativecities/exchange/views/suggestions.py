"""Possible partners of a city, or for one of its needs, offers and ideas: with reasons, arithmetic, and what its team
notes about each."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.exchange import rules, states
from creativecities.exchange.actions import suggestions as acts
from creativecities.exchange.compute.partners import Matter
from creativecities.exchange.compute.partners import Suggestion as Reckoned
from creativecities.exchange.formats.weights import weights
from creativecities.exchange.forms.suggestions import SuggestionForm
from creativecities.exchange.models import Need, Suggestion
from creativecities.exchange.queries import matching, matters, own, reasons
from creativecities.exchange.views.initiatives import mine as own_initiative
from creativecities.exchange.views.needs import own_city
from creativecities.network import rules as network
from creativecities.network.models import City
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

Find = Callable[[bool], tuple[Matter | None, Iterable[Reckoned]]]
"""Looks for partners, with reach or without."""


@page("city-team", methods=READ_OR_SEND)
def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """The best partners from the pass over the whole network; `?reach=off` shows it without the lift."""
    city = own_city(request, slug)
    answered = Suggestion.objects.visible_to(request.user).filter(city=city).exclude(state=states.SUGGESTED)
    more = {"answered": answered.select_related("partner__country")}
    return _page(request, city, lambda reach: (None, matching.for_city(city.pk, reach=reach)), more)


@page("city-team", methods=READ_OR_SEND)
def for_need(request: HttpRequest, pk: int) -> HttpResponse:
    """The best partners for an open need or offer of one's own city."""
    mine = Need.objects.visible_to(request.user).filter(city__in=network.team_cities(request.user), state=states.OPEN)
    if (need := mine.select_related("city__country").filter(pk=pk).first()) is None:
        raise Http404
    return _page(request, need.city, lambda reach: matters.for_need(need, reach=reach), {"need": need, "about": need})


@page("city-team", methods=READ_OR_SEND)
def for_idea(request: HttpRequest, slug: str) -> HttpResponse:
    """The best partners for an idea that one's own city owns."""
    one = own_initiative(request, slug)
    if not matters.seeks_partners(one):
        raise Http404
    city = own.side_of(request.user, one)
    return _page(request, city, lambda reach: matters.for_idea(one, city, reach=reach), {"idea": one, "about": one})


def _page(request: HttpRequest, city: City, find: Find, more: dict[str, Any]) -> HttpResponse:
    reach = request.GET.get("reach") != "off"
    partners = City.objects.visible_to(request.user).exclude(pk=city.pk)
    form = SuggestionForm(request.POST or None, partners=partners)
    outcome = saving.attempt(form, lambda: acts.answer(city, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Noted."))
        return redirect(f"{request.path}{'' if reach else '?reach=off'}")
    matter, found = find(reach)
    context = {
        "city": city,
        "form": form,
        "reach": reach,
        "knows_meaning": matching.network().knows_meaning,
        "found": reasons.reasoned(city.pk, found, matter),
        "refusal": rules.speaks_for_member(request.user, city),
        "weights": [(reasons.label_of(each.signal), each) for each in weights()],
        **more,
    }
    return render(request, "exchange/suggestions.html", context, status=outcome.status)
