"""The vote on bids: its rules and turnout, casting for a city, and the certified result that anybody can recount."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from creativecities.conference.actions import voting as actions
from creativecities.conference.compute import labels
from creativecities.conference.compute.voting import HEAD
from creativecities.conference.formats import ballots as formats
from creativecities.conference.forms.hosting import BallotForm, DecideForm
from creativecities.conference.models import Vote
from creativecities.conference.queries import editions
from creativecities.conference.queries import voting as queries
from creativecities.conference.rules import voting as rules
from creativecities.core import access, downloads
from creativecities.core.access import get_visible, page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

HEAD_OF_THE_NETWORK = "head-of-the-network"


def _vote(request: HttpRequest, slug: str, number: int) -> Vote:
    return get_visible(
        Vote, request.user, related=("edition", "winner"), edition__slug=slug, edition__state="announced",
        number=number,
    )  # fmt: skip


def _context(vote: Vote, **more: Any) -> dict[str, Any]:
    bids = queries.named(vote.options)
    return {
        "vote": vote,
        "shown": editions.shown(vote.edition),
        "bids": bids,
        "phase": queries.phase(vote),
        "state": Vote.STATES[vote.state],
        "method": labels.METHODS[vote.method],
        "tie": labels.TIES[vote.tie],
        **more,
    }


@page("public")
def vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One round of voting. Until it is closed: its rules and how many cities have voted, nothing else."""
    one = _vote(request, slug, number)
    context = _context(one, sides=queries.sides(request.user, one))
    bids = context["bids"]
    context |= {
        "table": queries.table(one, bids),
        "ballots": [
            (receipt, [bids[code].bid.title for code in choices if code in bids])
            for receipt, choices in queries.ballots(one)
        ],
        "may_decide": one.tie == HEAD and bool(rules.tied(one)) and HEAD_OF_THE_NETWORK in access.roles(request.user),
    }
    return render(request, "conference/vote.html", context)


@page("public")
def vote_data(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All ballots of a closed vote with everything one needs to count them anew. Before it is closed there is none."""
    one = _vote(request, slug, number)
    if one.closed_at is None:
        raise Http404
    return downloads.as_json(formats.document(one, queries.named(one.options), queries.ballots(one)))


@page("member", methods=READ_OR_SEND)
def cast(request: HttpRequest, slug: str, number: int, city: str) -> HttpResponse:
    """Vote for a city. The receipt is on the page that answers, and on no other."""
    one = _vote(request, slug, number)
    side = next((each for each in queries.sides(request.user, one) if each.city.slug == city), None)
    if side is None:
        raise Http404
    context = _context(one, side=side)
    form = BallotForm(request.POST or None, vote=one, bids=context["bids"])
    outcome = saving.attempt(
        form, lambda: actions.cast(one, side.city, form.cleaned_data["choices"], by=person(request))
    )  # fmt: skip
    if outcome.done:
        response = render(request, "conference/vote_receipt.html", context | {"receipt": outcome.event})
        response["Cache-Control"] = "no-store"
        return response
    return render(request, "conference/vote_cast.html", context | {"form": form}, status=outcome.status)


@page(HEAD_OF_THE_NETWORK, methods=READ_OR_SEND)
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The head of the network decides a tie, where the rules of the vote say so."""
    one = _vote(request, slug, number)
    tied = queries.named(rules.tied(one))
    if not tied or one.tie != HEAD:
        raise Http404
    form = DecideForm(request.POST or None, bids=[(code, each.label) for code, each in tied.items()])
    outcome = saving.attempt(
        form,
        lambda: actions.decide_tie(
            one, tied[form.cleaned_data["bid"]].bid, reason=form.cleaned_data["reason"], by=person(request)
        ),
    )
    if outcome.done:
        return redirect("conference:vote", slug, number)
    return render(request, "conference/vote_decide.html", _context(one, form=form), status=outcome.status)
