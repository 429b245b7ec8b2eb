"""A city's team records initiatives: its list, the short form, the full form, and what is public."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.core import presence
from creativecities.core.access import page
from creativecities.exchange import actions, rules
from creativecities.exchange.compute import completeness
from creativecities.exchange.forms.initiatives import FullForm, ShortForm
from creativecities.exchange.models import Initiative
from creativecities.exchange.queries import own
from creativecities.exchange.queries.written import written
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, TEAM, city_of, person

PUBLISHED = gettext_lazy("Published; its partner cities are asked.")
STATES = {
    "draft": gettext_lazy("Draft"),
    "published": gettext_lazy("Published"),
    "retired": gettext_lazy("Retired"),
}


@page(*TEAM)
def initiatives(request: HttpRequest, slug: str) -> HttpResponse:
    """What the city owns, with what is missing and what partners answered; the Secretariat sees what is public."""
    city = city_of(request, slug)
    found, pager = cut(request, own.owned_by(city, request.user), size=30)
    refusal = rules.record(request.user, city)
    context = {
        "city": city,
        "rows": [_row(one) for one in found],
        "pager": pager,
        "may_write": refusal is None or refusal.status != 403,
        "refusal": refusal,
    }
    return render(request, "exchange/initiatives.html", context)


def _row(one: Initiative) -> dict[str, Any]:
    return {"one": one, "state": _state(one), "told": own.completeness_of(one), "parts": list(one.parts.all())}


@page("city-team", methods=READ_OR_SEND)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The short form: six things, saved as a draft or shown at once."""
    city = city_of(request, slug)
    if refusal := rules.record(request.user, city):
        raise refusal
    form = ShortForm(request.POST or None, city=city, initial={"language": city.local_language or "en"})
    is_public = request.POST.get("then") == "publish"
    outcome = saving.attempt(
        form, lambda: actions.record_initiative(city, values=form.values, by=person(request), publish=is_public)
    )
    if outcome.done:
        said = PUBLISHED if is_public else _("Saved as a draft; only your team sees it.")
        messages.success(request, said)
        return redirect("portal:initiative", outcome.event.slug)
    return render(request, "exchange/new_initiative.html", {"city": city, "form": form}, status=outcome.status)


@page("city-team", methods=READ_OR_SEND)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The full form, on top of the version it was opened with."""
    one = mine(request, slug)
    now = written(one)
    parts = list(one.parts.select_related("city"))
    form = FullForm(
        request.POST or None,
        city=one.lead,
        named={part.city.slug: part.city.name for part in parts},
        initial={**now, "opened": one.version},
    )
    outcome = saving.attempt(
        form,
        lambda: actions.save_initiative(
            one, values=form.values, opened=form.cleaned_data["opened"], by=person(request)
        ),
        version=lambda: saving.version_of(one),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("exchange:edit", slug)
    context = {
        "one": one,
        "city": own.side_of(request.user, one),
        "form": form,
        "parts": parts,
        "state": _state(one),
        "told": completeness.of({**now, "pictures": one.pictures.exists()}),
        "publish_refusal": rules.publish(request.user, one) if one.state != "published" else None,
        "conflict": outcome.conflict,
        "presence": presence.ticket(f"exchange.initiative/{one.pk}", request.user),
    }
    return render(request, "exchange/edit_initiative.html", context, status=outcome.status)


def mine(request: HttpRequest, slug: str) -> Initiative:
    """What the person's city owns; that of another city and one that is missing give the same 404."""
    try:
        return Initiative.objects.editable_by(request.user).select_related("lead__country").get(slug=slug)
    except Initiative.DoesNotExist:
        raise Http404 from None


def _state(one: Initiative) -> str:
    return str(STATES[one.state])


@page("city-team", methods=("POST",))
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it to everybody, and ask its partner cities."""
    one = mine(request, slug)
    actions.publish(one, by=person(request))
    messages.success(request, PUBLISHED)
    return redirect("portal:initiative", slug)


@page("city-team", methods=("POST",))
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it out of what is public."""
    one = mine(request, slug)
    city = own.side_of(request.user, one)
    actions.retire(one, by=person(request))
    messages.success(request, _("Retired: it is no longer shown in public. You can publish it again."))
    return redirect("exchange:initiatives", city.slug)
