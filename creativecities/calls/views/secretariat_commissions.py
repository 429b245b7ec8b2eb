"""The Secretariat sends National Commissions their links, again if need be, and revokes them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.calls.actions import links as acts
from creativecities.calls.models import Call
from creativecities.calls.queries import links as queries
from creativecities.core.access import page
from creativecities.network.models import NationalCommission
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def commissions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every country, the address of its commission, and what was sent to it."""
    call = get_object_or_404(Call.objects.visible_to(request.user).exclude(state="draft"), slug=slug)
    if request.method == "POST":
        known = NationalCommission.objects.visible_to(request.user)
        one = get_object_or_404(known, country=request.POST.get("country", ""))
        if request.POST.get("act") == "revoke":
            acts.revoke(call, one, by=person(request))
            messages.success(request, _("No link of this commission opens any more."))
        else:
            acts.send(call, one, by=person(request))
            messages.success(request, _("The link is on its way."))
        return redirect("calls:commission_links", slug)
    rows = queries.sent(call)
    lacking = sum(not (row.commission and row.commission.email) for row in rows)
    return render(request, "calls/secretariat_commissions.html", {"call": call, "rows": rows, "lacking": lacking})
