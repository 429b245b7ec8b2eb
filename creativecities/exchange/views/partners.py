"""A partner city answers whether it takes part."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import get_visible, page
from creativecities.exchange import actions, rules
from creativecities.exchange.forms.partners import AnswerForm
from creativecities.exchange.models import Initiative, Partner
from creativecities.network.views.saving import READ_OR_SEND, person


@page("city-team", methods=READ_OR_SEND)
def partner(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Confirm or decline the part of one's own city; that of another one and a missing one are the same 404."""
    part = _part(request, slug, city)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        act = actions.confirm if form.cleaned_data["answer"] == "confirm" else actions.decline
        act(part, by=person(request))
        messages.success(request, _("Saved; the lead city is told."))
        return redirect("portal:initiative", slug)
    refusals = {
        "confirm_refusal": rules.confirm(request.user, part),
        "decline_refusal": rules.decline(request.user, part),
    }
    context = {"part": part, "one": part.initiative, **refusals}
    return render(request, "exchange/partner.html", context, status=422 if request.method == "POST" else 200)


def _part(request: HttpRequest, slug: str, city: str) -> Partner:
    initiative = get_visible(Initiative, request.user, slug=slug)
    mine = initiative.parts.filter(rules.parts_of(request.user, initiative), city__slug=city)
    if part := mine.select_related("city", "initiative__lead").first():
        return part
    raise Http404
