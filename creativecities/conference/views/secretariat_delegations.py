"""The Secretariat reads what cities have answered, and opens registration again for one of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import delegations as acts
from creativecities.conference.forms.delegations import RegisteredFilter, ReopenForm
from creativecities.conference.models import Edition
from creativecities.conference.queries import delegations, editions, registered
from creativecities.conference.queries import reminders as near
from creativecities.conference.rules.editions import run
from creativecities.core import days, downloads
from creativecities.core.access import get_visible, page
from creativecities.network.models import City, CreativeField, Region
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat")
def registrations(request: HttpRequest, slug: str) -> HttpResponse:
    """Every city and its answer, with filters and numbers."""
    edition, found, filters = _registered(request, slug)
    rows, pager = cut(request, found)
    context = {
        "edition": edition, "shown": editions.shown(edition), "filters": filters, "pager": pager,
        "rows": registered.with_roles(edition, rows), "numbers": registered.numbers(found),
        "query": request.GET.urlencode(), "occasion": (occasion := near.by_hand(edition)),
        "silent": near.cities(edition, occasion.what).count() if occasion else 0,
    }  # fmt: skip
    status = 200 if filters.is_valid() else 400
    return render(request, "conference/secretariat_delegations.html", context, status=status)


@page("secretariat")
def registrations_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same list as CSV or JSON."""
    edition, found, _filters = _registered(request, slug)
    rows = [registered.as_row(each, "") for each in registered.with_roles(edition, found)]
    if kind == "csv":
        return downloads.as_csv(rows, registered.COLUMNS, name=f"delegations-{slug}")
    return downloads.as_json({"count": len(rows), "results": rows})


def _registered(request: HttpRequest, slug: str) -> tuple[Edition, Any, RegisteredFilter]:
    edition = get_visible(Edition, request.user, slug=slug)
    filters = RegisteredFilter(request.GET, choices={
        "answer": registered.answers(),
        "region": [(each.pk, each.name) for each in Region.objects.all()],
        "field": [(each.pk, each.name) for each in CreativeField.objects.all()],
    })  # fmt: skip
    filters.is_valid()
    return edition, registered.filtered(registered.cities(edition), **filters.cleaned_data), filters


@page("secretariat", methods=READ_OR_SEND)
def registration(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Whom a city sends; open registration again for it."""
    edition = get_visible(Edition, request.user, slug=slug)
    one = get_object_or_404(City.objects.visible_to(request.user), slug=city)
    form = ReopenForm(request.POST or None)
    outcome = saving.attempt(
        form,
        lambda: acts.reopen(
            edition, one, until=days.last_instant(form.cleaned_data["until"]), by=person(request)
        ),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Registration is open again for this city; its team is told by mail."))
        return redirect("conference:registration", slug, city)
    context = {
        "edition": edition, "city": one, "shown": editions.shown(edition), "form": form,
        "sent": delegations.of_city(request.user, edition, one), "refusal": run(request.user, edition),
    }  # fmt: skip
    return render(request, "conference/secretariat_delegation.html", context, status=outcome.status)
