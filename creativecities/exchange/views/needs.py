"""A city's desk of the exchange: how it rates topics, what it posts, and how that ends."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.exchange import rules
from creativecities.exchange.actions import needs as acts
from creativecities.exchange.actions import ratings
from creativecities.exchange.forms.needs import EndForm, NeedForm, RatingsForm
from creativecities.exchange.models import Need
from creativecities.exchange.queries import needs, replies, topics
from creativecities.network import rules as network
from creativecities.network.models import City, CreativeField
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


def own_city(request: HttpRequest, slug: str) -> City:
    """The city in whose team this person is; another one and a missing one are the same 404."""
    mine = City.objects.editable_by(request.user).filter(pk__in=network.team_cities(request.user))
    if (city := mine.select_related("country").filter(slug=slug).first()) is None:
        raise Http404
    return city


@page("city-team")
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What the city has posted, and the way to its topics."""
    city = own_city(request, slug)
    received, sent = replies.of_city(request.user, city)
    context = {
        "city": city,
        "needs": needs.of_city(city),
        "received": received,
        "sent": sent,
        "refusal": rules.speaks_for_member(request.user, city),
    }
    return render(request, "exchange/desk.html", context)


@page("city-team", methods=READ_OR_SEND)
def rate(request: HttpRequest, slug: str) -> HttpResponse:
    """Rate topics as challenge and as expertise."""
    city = own_city(request, slug)
    initial = {**topics.rated(city), "opened": city.version}
    form = RatingsForm(request.POST or None, topics=topics.offered(), initial=initial)
    outcome = saving.attempt(
        form,
        lambda: ratings.rate(city, values=form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: saving.version_of(city),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("exchange:topics", slug)
    context = {"city": city, "form": form, "conflict": outcome.conflict}
    return render(request, "exchange/topics.html", context, status=outcome.status)


@page("city-team", methods=READ_OR_SEND)
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """Post a need or an offer."""
    city = own_city(request, slug)
    choices: dict[str, Any] = {"topics": topics.offered(), "fields": CreativeField.objects.visible_to(request.user)}
    form = NeedForm(request.POST or None, city=city, **choices, initial={"kind": request.GET.get("kind")})
    outcome = saving.attempt(form, lambda: acts.post_need(city, **form.values, by=person(request)))
    if outcome.done:
        messages.success(request, _("Posted: every city can read it now and reply."))
        return redirect("portal:need", outcome.event.pk)
    context = {"city": city, "form": form, "refusal": rules.speaks_for_member(request.user, city)}
    return render(request, "exchange/post.html", context, status=outcome.status)


@page("city-team", methods=READ_OR_SEND)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a need of one's own city, or take it back."""
    mine = Need.objects.visible_to(request.user).filter(city__in=network.team_cities(request.user))
    if (need := mine.select_related("city").filter(pk=pk).first()) is None:
        raise Http404
    form = EndForm(request.POST or None)
    act = acts.close_need if form.data.get("verb") == "close" else acts.withdraw_need
    outcome = saving.attempt(form, lambda: act(need, by=person(request)))
    if outcome.done:
        messages.success(request, _("It takes no more replies; those that came can still be answered."))
        return redirect("exchange:desk", need.city.slug)
    return render(request, "exchange/end.html", {"need": need, "city": need.city, "form": form}, status=outcome.status)
