"""The Secretariat gives files to reviewers: by a plan that is read before it is applied, or by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.actions import assignments as actions
from creativecities.calls.compute import assigning
from creativecities.calls.models import Application, Assignment, Call, Proposal, Reviewer
from creativecities.calls.queries import assignments as queries
from creativecities.calls.views.secretariat_reviewers import context_of
from creativecities.core.access import get_visible, page
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import person


@page("secretariat")
def assignments(request: HttpRequest, slug: str) -> HttpResponse:
    """Who reads what: the pools in figures, the plan that waits, and every file with its readers."""
    call = get_visible(Call, request.user, slug=slug)
    files, pager = cut(request, queries.on_desk_of(request.user, call))
    given = queries.given_to(files)
    context = context_of(
        call,
        pools=queries.pools(request.user, call),
        proposal=queries.open_proposal(call),
        rows=[(each, given[each.pk]) for each in files],
        pager=pager,
    )
    return render(request, "calls/secretariat_assignments.html", context)


@page("secretariat", methods=("POST",))
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a plan worked out in the background."""
    call = get_visible(Call, request.user, slug=slug)
    actions.propose(call, keeps=request.POST.get("keeps") != "no", by=person(request))
    messages.success(request, _("A plan is being worked out. It takes a few seconds."))
    return redirect("calls:plan", slug)


@page("secretariat")
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan that waits: what it adds, keeps, takes away and cannot fill, file by file."""
    call = get_visible(Call, request.user, slug=slug)
    proposal = queries.open_proposal(call)
    if proposal is None:
        return redirect("calls:assignments", slug)
    known = queries.on_desk_of(request.user, call)
    files, pager = cut(request, known)
    rows = queries.changes(proposal, files) if proposal.plan else []
    numbers = _numbers(proposal, set(known.values_list("pk", flat=True)))
    context = context_of(call, proposal=proposal, rows=rows, pager=pager, points=assigning, **numbers)
    return render(request, "calls/secretariat_plan.html", context)


def _numbers(proposal: Proposal, known: set[int]) -> dict[str, Any]:
    """How much changes in the files that the reader may know."""
    said = proposal.plan
    if not said:
        return {}
    files = {
        "added": [each["file"] for each in said["added"]],
        **{name: [file for file, _reviewer in said[name]] for name in ("kept", "removed")},
    }
    labels = (("added", _("Added")), ("kept", _("Kept")), ("removed", _("Taken away")))
    return {
        "numbers": [(label, sum(file in known for file in files[name])) for name, label in labels],
        "missing": sum(each["missing"] for each in said["short"] if each["file"] in known),
    }


@page("secretariat", methods=("POST",))
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Apply the plan as it was shown, or drop it."""
    proposal = get_object_or_404(Proposal.objects.select_related("call"), pk=pk, call__slug=slug)
    if request.POST.get("act") == "apply":
        actions.apply(proposal, by=person(request))
        messages.success(request, _("The files are given. Everybody who has something new to read is told by mail."))
    else:
        actions.drop(proposal, by=person(request))
        messages.success(request, _("The plan is dropped; everything stays as it was."))
    return redirect("calls:assignments", slug)


@page("secretariat")
def file(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Who reads one file and why, and everybody else with what stands against them."""
    one = _file(request, slug, code)
    given = [(each, queries.in_words(each.reasons)) for each in queries.given_to([one])[one.pk]]
    context = context_of(one.call, file=one, given=given, choices=queries.choices(request.user, one))
    return render(request, "calls/secretariat_assignment.html", context)


def _file(request: HttpRequest, slug: str, code: str) -> Application:
    known = queries.on_desk_of(request.user, get_visible(Call, request.user, slug=slug))
    return get_object_or_404(known, code=code)


@page("secretariat", methods=("POST",))
def assign(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Give a file by hand."""
    one = _file(request, slug, code)
    number = request.POST.get("reviewer", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    reviewer = get_object_or_404(Reviewer.objects.select_related("call", "person"), pk=pk, call=one.call)
    given = actions.assign(reviewer, one, by=person(request))
    counts = given.state == states.DONE
    told = _("The review counts again.") if counts else _("The file is given; the reviewer is told by mail.")
    messages.success(request, told)
    return redirect("calls:assigned", slug, code)


@page("secretariat", methods=("POST",))
def take_away(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Take a file back from somebody who has not begun."""
    one = _file(request, slug, code)
    given = Assignment.objects.visible_to(request.user).select_related("reviewer__call")
    actions.take_away(get_object_or_404(given, pk=pk, application=one), by=person(request))
    messages.success(request, _("The file is taken back."))
    return redirect("calls:assigned", slug, code)
