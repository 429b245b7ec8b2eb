"""What an initiative said before: every version, compared with the one before it, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions
from creativecities.exchange.forms.initiatives import FullForm
from creativecities.exchange.models import InitiativeVersion
from creativecities.exchange.queries import own
from creativecities.exchange.views.initiatives import mine
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.differences import as_text, differences
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, opened, person


@page("city-team")
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Who saved which version when, the newest first."""
    one = mine(request, slug)
    rows, pager = cut(request, one.versions.defer("values"), size=30)
    context = {"one": one, "city": own.side_of(request.user, one), "rows": rows, "pager": pager}
    return render(request, "exchange/initiative_versions.html", context)


@page("city-team", methods=READ_OR_SEND)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, compared with the one kept before it; sent back, it becomes the newest again."""
    one = mine(request, slug)
    found = list(one.versions.filter(number__lte=number).order_by("-number")[:2])
    if not found or found[0].number != number:
        raise Http404
    shown, *before = found
    if request.method == "POST":
        return _restore(request, shown)
    context = {
        "one": one,
        "city": own.side_of(request.user, one),
        "version": shown,
        "before": before[0] if before else None,
        "parts": _compared(before[0].values if before else {}, shown.values),
    }
    return render(request, "exchange/initiative_version.html", context)


def _restore(request: HttpRequest, old: InitiativeVersion) -> HttpResponse:
    try:
        actions.restore_initiative(old, opened=opened(request), by=person(request))
    except Conflict as conflict:
        remedy = _("Look at the newest version, then decide.")
        raise Refusal(conflict.reason, remedy=remedy, code=conflict.code) from conflict
    messages.success(request, _("Saved."))
    return redirect("exchange:edit", old.initiative.slug)


def _compared(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What differs, field by field, in the order of the form."""
    labels = {name: field.label for name, field in FullForm.base_fields.items()}
    return [
        {"label": labels.get(name) or labels[f"{name}_"], "pieces": differences(as_text(old), as_text(value))}
        for name, value in after.items()
        if (old := before.get(name, "")) != value and (old or value)
    ]
