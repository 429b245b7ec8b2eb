"""An initiative looks for partners: its team begins that, renews it, and says when it is complete."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.exchange import states
from creativecities.exchange.actions import wanted as acts
from creativecities.exchange.forms.wanted import WantedForm
from creativecities.exchange.models import Wanted
from creativecities.exchange.queries import own, topics
from creativecities.exchange.queries import wanted as queries
from creativecities.exchange.rules import wanted as rules
from creativecities.exchange.views.initiatives import mine
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("city-team", methods=READ_OR_SEND)
def looking(request: HttpRequest, slug: str) -> HttpResponse:
    """How many partners are looked for, about what, until when."""
    one = mine(request, slug)
    held = queries.of(one) or Wanted(initiative=one)
    now = queries.written(held) if held.pk else {}
    form = WantedForm(request.POST or None, topics=topics.offered(), initial={**now, "opened": held.version})
    outcome = saving.attempt(
        form,
        lambda: acts.look_for_partners(one, **form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: (queries.of(one) or held).version,
    )
    if outcome.done:
        messages.success(request, _("Saved: it is listed among the initiatives that look for partners."))
        return redirect("portal:initiative", slug)
    context = {
        "one": one,
        "city": own.side_of(request.user, one),
        "form": form,
        "held": held if held.pk else None,
        "is_looking": bool(held.pk) and held.state == states.LOOKING,
        "refusal": rules.look_for_partners(request.user, one),
        "conflict": outcome.conflict,
    }
    return render(request, "exchange/looking.html", context, status=outcome.status)


@page("city-team", methods=("POST",))
def complete(request: HttpRequest, slug: str) -> HttpResponse:
    """It has found its partners."""
    one = mine(request, slug)
    acts.complete_partnership(one, by=person(request))
    messages.success(request, _("Noted: the partnership is complete."))
    return redirect("portal:initiative", slug)
