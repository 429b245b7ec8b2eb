"""The Secretariat checks and presents bids, and calls the vote on them. It votes in no city's name."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.conference.actions import bids as bid_acts
from creativecities.conference.actions import voting as vote_acts
from creativecities.conference.compute import definition
from creativecities.conference.forms.hosting import CallForm, CheckForm
from creativecities.conference.models import Bid, Edition, Vote
from creativecities.conference.queries import bids as queries
from creativecities.conference.queries import editions
from creativecities.conference.queries import voting as votes
from creativecities.conference.rules import voting as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def hosting(request: HttpRequest, slug: str) -> HttpResponse:
    """The bids with their state, the votes, and the form that calls the next one."""
    edition = get_visible(Edition, request.user, slug=slug)
    found = queries.of_edition(request.user, edition)
    past = list(edition.votes.all())
    options = votes.options(edition, past[0] if past else None)
    said = definition.part(edition.settings, "hosting")
    initial = {name: said[name] for name in ("method", "quorum", "tie", "bidders_vote")}
    form = CallForm(request.POST or None, edition=edition, initial=initial)
    outcome = saving.attempt(
        form, lambda: vote_acts.call(edition, **form.hours, terms=form.terms, by=person(request))
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("The vote is called: its page says from when one can vote."))
        return redirect("conference:vote", slug, outcome.event.number)
    context: dict[str, Any] = {
        "shown": editions.shown(edition),
        "until": queries.until(edition),
        "rows": [(bid, Bid.STATES[bid.state]) for bid in found],
        "votes": [(vote, Vote.STATES[vote.state]) for vote in past],
        "form": form,
        "options": votes.named(options),
        "refusal": rules.call(request.user, edition, options),
        "may_present": any(bid.state == "eligible" for bid in found),
    }
    return render(request, "conference/secretariat_hosting.html", context, status=outcome.status)


@page("secretariat", methods=READ_OR_SEND)
def check(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Read a submitted bid and say whether it is eligible."""
    edition = get_visible(Edition, request.user, slug=slug)
    bid = next((each for each in queries.of_edition(request.user, edition) if each.code == code), None)
    if bid is None:
        raise Http404
    form = CheckForm(request.POST or None)
    outcome = saving.attempt(
        form,
        lambda: bid_acts.check(
            bid, is_eligible=form.cleaned_data["is_eligible"] == "yes", reason=form.cleaned_data["reason"],
            by=person(request),
        ),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved; the cities of the bid are told."))
        return redirect("conference:all_bids", slug)
    context = {
        "bid": bid, "shown": editions.shown(edition), "answers": queries.answers(bid), "form": form,
        "state": Bid.STATES[bid.state], "parts": bid.cities.all(),
    }  # fmt: skip
    return render(request, "conference/bid_check.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def present(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all eligible bids to everybody."""
    number = bid_acts.present(get_visible(Edition, request.user, slug=slug), by=person(request))
    words = ngettext("%(number)d bid is presented.", "%(number)d bids are presented.", number)
    messages.success(request, words % {"number": number})
    return redirect("conference:all_bids", slug)
