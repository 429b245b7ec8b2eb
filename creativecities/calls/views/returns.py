"""The Secretariat sends a review back that was handed in, and takes that back."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.calls.actions import returns as actions
from creativecities.calls.forms.reviews import ReturnForm
from creativecities.calls.models import Assignment
from creativecities.calls.queries import reviews as queries
from creativecities.calls.queries.calls import title_of
from creativecities.calls.views.results import file_of
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


def _among(found: Iterable[Assignment], pk: int) -> Assignment:
    one = next((each for each in found if each.pk == pk), None)
    if one is None:
        raise Http404
    return one


def _results(slug: str, code: str) -> HttpResponse:
    return redirect(reverse("calls:file_results", args=[slug, code]) + "#said")


@page("secretariat", methods=READ_OR_SEND)
def send_back(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Say why a review is sent back; then it does not count until it is handed in again."""
    file = file_of(request, slug, code)
    one = _among(queries.handed_in(file), pk)
    form = ReturnForm(request.POST or None)
    outcome = saving.attempt(form, lambda: actions.send_back(one, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Sent back. The reviewer is told by mail; the results do without this review."))
        return _results(slug, code)
    context = {"call": file.call, "title": title_of(file.call), "application": file, "one": one, "form": form}
    return render(request, "calls/send_back.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def let_stand(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Let a review count as it was handed in."""
    one = _among(queries.sent_back(file_of(request, slug, code)), pk)
    actions.let_stand(one, by=person(request))
    messages.success(request, _("The review counts as it was handed in."))
    return _results(slug, code)
