"""One's own entry in a delegation: days, languages, needs, and who reads one's name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import needs as acts
from creativecities.conference.forms.needs import NeedsForm
from creativecities.conference.models import Delegate, Edition
from creativecities.conference.queries import editions, needs
from creativecities.conference.rules import registration as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, Outcome, person


def said(request: HttpRequest, delegate: Delegate) -> tuple[Outcome, NeedsForm]:
    """What was typed of a delegate, saved if it is sound and they may say it."""
    form = NeedsForm(request.POST or None, delegate=delegate, said=needs.of(delegate))
    outcome = saving.attempt(
        form,
        lambda: acts.say(delegate, values=form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: saving.version_of(delegate.delegation),
    )
    return outcome, form


@page("signed-in", methods=READ_OR_SEND)
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """What one's city has said, and what one says oneself."""
    edition = get_visible(Edition, request.user, slug=slug)
    delegate = needs.own(request.user, edition)
    outcome, form = said(request, delegate)
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:own_entry", slug)
    context = {
        "edition": edition, "shown": editions.shown(edition), "one": delegate, "city": delegate.delegation.city,
        "form": form, "until": needs.last_day_of(edition), "refusal": rules.say(request.user, delegate),
    }  # fmt: skip
    return render(request, "conference/own_entry.html", context, status=outcome.status)
