"""Who reads files: what there is to do, and a file beside its review. To all others these pages do not exist."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.actions import discussions as discussion
from creativecities.calls.actions import reviews as actions
from creativecities.calls.compute.filed import filed
from creativecities.calls.forms.meetings import OpinionForm
from creativecities.calls.forms.reviews import RecuseForm, ReviewForm
from creativecities.calls.queries import discussions, reading
from creativecities.calls.queries import reviews as queries
from creativecities.calls.queries.reviews import Sheet
from creativecities.calls.rules import reviews as rules
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("signed-in")
def reviews(request: HttpRequest) -> HttpResponse:
    """The files a person reads, by call: what is done, what is next, and by when. Three statements."""
    found = queries.shelves(request.user)
    if not found:
        raise Http404
    return render(request, "calls/reviews.html", {"shelves": found})


@page("signed-in", methods=READ_OR_SEND)
def review(request: HttpRequest, code: str) -> HttpResponse:
    """A file beside its review: kept as a draft, handed in, or answered without points."""
    sheet, act = _sheet(request, code), request.POST.get("act", "save")
    form = ReviewForm(request.POST or None, sheet)
    outcome = saving.attempt(
        form, lambda: _do(request, sheet, form, act), version=lambda: queries.version_of(sheet.assignment)
    )
    if form.is_bound and act == "autosave":
        return render(request, "calls/_kept.html", {"form": form, "review": outcome.event}, status=outcome.status)
    if outcome.done:
        return _gone_on(request, sheet, act)
    return _page(request, sheet, form, outcome)


def _sheet(request: HttpRequest, code: str) -> Sheet:
    found = queries.sheet(request.user, code)
    if found is None:
        raise Http404
    return found


def _do(request: HttpRequest, sheet: Sheet, form: ReviewForm, act: str) -> Any:
    on: dict[str, Any] = {"opened": form.cleaned_data["opened"], "by": person(request)}
    if act == "hand-in":
        return actions.hand_in(sheet.assignment, form.said, **on)
    if act == "abstain":
        return actions.abstain(sheet.assignment, form.said, reason=form.cleaned_data["reason"], **on)
    return actions.save(sheet.assignment, form.said, **on)


def _gone_on(request: HttpRequest, sheet: Sheet, act: str) -> HttpResponse:
    if act in ("hand-in", "abstain"):
        messages.success(request, _("Handed in. You can now read what the others have handed in."))
    elif act == "next":
        following = queries.next_for(request.user, sheet.assignment)
        messages.success(request, _("Saved."))
        return redirect("calls:review", following.application.code) if following else redirect("calls:reviews")
    else:
        messages.success(request, _("Saved."))
    return redirect("calls:review", sheet.assignment.application.code)


def _page(
    request: HttpRequest,
    sheet: Sheet,
    form: ReviewForm,
    outcome: saving.Outcome,
    *,
    recuse: RecuseForm | None = None,
    opinion: OpinionForm | None = None,
) -> HttpResponse:
    mine = sheet.assignment
    followed = sheet.versions[sheet.content["call_version"]].definition
    others = queries.said_of(queries.handed_in(mine.application), own=mine) if sheet.is_handed_in else []
    context = {
        "sheet": sheet,
        "application": mine.application,
        "sections": filed(followed, sheet.content, get_language() or "en"),
        "papers": reading.papers(followed, sheet.content, get_language() or "en"),
        "form": form,
        "conflict": outcome.conflict,
        "said": [(each, queries.points_of(each, sheet.versions)) for each in others],
        "reopen_refusal": rules.reopen(request.user, mine, sheet.newest.definition) if sheet.is_handed_in else None,
        "next": queries.next_for(request.user, mine),
        "recuse": recuse or RecuseForm(auto_id="recuse_%s"),
        "opinions": discussions.spoken(mine.application, others) if others else [],
        "opinion": opinion or OpinionForm(auto_id="opinion_%s"),
        "opinion_refusal": rules.over(mine.application),
        "say_url": reverse("calls:say", args=[mine.application.code]),
    }
    return render(request, "calls/review.html", context, status=outcome.status)


@page("signed-in", methods=("POST",))
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with a review that was handed in."""
    sheet = _sheet(request, code)
    actions.reopen(sheet.assignment, by=person(request))
    messages.success(request, _("Your review is open again: hand it in once more when it is ready."))
    return redirect("calls:review", code)


@page("signed-in", methods=("POST",))
def recuse(request: HttpRequest, code: str) -> HttpResponse:
    """Give a file back because of a conflict: it is not there any more afterwards."""
    sheet, form = _sheet(request, code), RecuseForm(request.POST, auto_id="recuse_%s")
    if form.is_valid():
        actions.recuse(sheet.assignment, **form.cleaned_data, by=person(request))
        messages.success(request, _("Given back. You will not see this file again."))
        return redirect("calls:reviews")
    return _page(request, sheet, ReviewForm(None, sheet), saving.Outcome(422), recuse=form)


@page("signed-in", methods=("POST",))
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Say something of a file to the others who have judged it."""
    sheet, form = _sheet(request, code), OpinionForm(request.POST, auto_id="opinion_%s")
    file = sheet.assignment.application
    outcome = saving.attempt(form, lambda: discussion.say(file, **form.cleaned_data, by=person(request)))
    if outcome.done:
        return redirect(reverse("calls:review", args=[code]) + "#discussion")
    return _page(request, sheet, ReviewForm(None, sheet), outcome, opinion=form)
