"""Possible partners of a city, with reasons and arithmetic, and what its team notes about each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.core import days
from creativecities.core.access import page
from creativecities.exchange import rules, states
from creativecities.exchange.actions import suggestions as acts
from creativecities.exchange.formats.weights import weights
from creativecities.exchange.forms.suggestions import SuggestionForm
from creativecities.exchange.models import Suggestion
from creativecities.exchange.queries import matching, reasons
from creativecities.exchange.queries.ties import health
from creativecities.exchange.views.needs import own_city
from creativecities.network.models import City
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("city-team", methods=READ_OR_SEND)
def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """The best partners from the pass over the whole network; `?reach=off` shows it without the lift."""
    city, reach = own_city(request, slug), request.GET.get("reach") != "off"
    partners = City.objects.visible_to(request.user).exclude(pk=city.pk)
    form = SuggestionForm(request.POST or None, partners=partners)
    outcome = saving.attempt(form, lambda: acts.answer(city, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Noted."))
        return redirect(f"{request.path}{'' if reach else '?reach=off'}")
    mine = Suggestion.objects.visible_to(request.user).filter(city=city).exclude(state=states.SUGGESTED)
    context = {
        "city": city,
        "form": form,
        "reach": reach,
        "knows_meaning": matching.network().knows_meaning,
        "found": _reasoned(request, city, reach=reach),
        "answered": mine.select_related("partner__country"),
        "refusal": rules.speaks_for_member(request.user, city),
        "weights": [(reasons.label_of(each.signal), each) for each in weights()],
    }
    return render(request, "exchange/suggestions.html", context, status=outcome.status)


def _reasoned(request: HttpRequest, city: City, *, reach: bool) -> list[reasons.Reasoned]:
    network = matching.network()
    members = {member.key: member for member in health(days.today()).members}
    cities = {each.key: each for each in network.cities}
    if city.pk not in cities:
        return []
    fields, countries = reasons.names(get_language() or "en")
    explained = network.explained(city.pk, matching.suggested(reach)[city.pk], reach=reach)
    return [
        reasons.Reasoned(
            member=members[each.partner],
            country=countries[members[each.partner].country],
            score=each.score,
            reasons=list(
                reasons.reasons(each, cities[city.pk], cities[each.partner], fields[members[each.partner].field])
            ),
            lines=reasons.lines(each),
        )
        for each in explained
    ]
