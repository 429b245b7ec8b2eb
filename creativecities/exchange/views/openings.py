"""An open call or a residency takes applications: its team says who, where and until when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.exchange import states
from creativecities.exchange.actions import openings as acts
from creativecities.exchange.forms.openings import OpeningForm
from creativecities.exchange.queries import openings, own
from creativecities.exchange.rules import openings as rules
from creativecities.exchange.views.initiatives import mine
from creativecities.network.views.saving import READ_OR_SEND, attempt, person


@page("city-team", methods=READ_OR_SEND)
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """How one applies, on top of the version it was opened with."""
    one = mine(request, slug)
    held = openings.opening_of(one)
    now = {**held.values, "opened": held.version} if held else {"opened": 0}
    form = OpeningForm(request.POST or None, initial=now)
    outcome = attempt(
        form,
        lambda: acts.open_applications(one, **form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: getattr(openings.opening_of(one), "version", 0),
    )
    if outcome.done:
        messages.success(request, _("Saved: it stands among the opportunities now."))
        return redirect("portal:initiative", slug)
    context = {
        "one": one,
        "city": own.side_of(request.user, one),
        "form": form,
        "is_open": held is not None and held.state == states.OPEN,
        "refusal": rules.open_applications(request.user, one),
        "conflict": outcome.conflict,
    }
    return render(request, "exchange/opening.html", context, status=outcome.status)


@page("city-team", methods=("POST",))
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """It takes no more applications."""
    one = mine(request, slug)
    acts.close_applications(one, by=person(request))
    messages.success(request, _("Closed: it no longer stands among the opportunities."))
    return redirect("portal:initiative", slug)
