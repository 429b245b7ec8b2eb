"""The balance board: scenarios for a choice, drawn, proposed and compared. It decides nothing."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.calls.actions import scenarios as acts
from creativecities.calls.compute import comparing, designation
from creativecities.calls.compute.definition import GROUPS
from creativecities.calls.forms.decisions import NewScenarioForm, ScenarioForm, WishesForm
from creativecities.calls.models import Application, Call, Scenario
from creativecities.calls.queries import board, decisions
from creativecities.calls.rules.decisions import HEAD
from creativecities.core.access import get_visible, page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

AUDIENCE = ("secretariat", HEAD)
MOST_COMPARED = 4


def call_of(request: HttpRequest, slug: str) -> Call:
    """The call whose files are decided on."""
    return get_visible(Call, request.user, slug=slug)


def context_of(request: HttpRequest, call: Call, **more: Any) -> dict[str, Any]:
    """What every page of the decision has: the call and the way between the pages."""
    tabs = [
        (reverse("calls:decision", args=[call.slug]), _("Scenarios")),
        (reverse("calls:propose", args=[call.slug]), _("Proposal")),
        (reverse("calls:compare", args=[call.slug]), _("Side by side")),
        (reverse("calls:decisions", args=[call.slug]), _("Decisions")),
        (reverse("calls:announcement_text", args=[call.slug]), _("Text")),
        (reverse("calls:announce", args=[call.slug]), _("Announcement")),
    ]
    return {"call": call, "tabs": tabs, "title": decisions.title_of(call), **more}


def scenarios_of(request: HttpRequest, call: Call) -> list[Scenario]:
    """The scenarios of a call, with the number of files each chooses. One statement."""
    found = Scenario.objects.visible_to(request.user).filter(call=call)
    return list(found.annotate(number=Count("files", Q(files__in=known_to(request)))))


def known_to(request: HttpRequest) -> QuerySet[Application]:
    """The files that whoever prepares this decision may know."""
    return decisions.known_to(request.user)


@page(*AUDIENCE, methods=READ_OR_SEND)
def scenarios(request: HttpRequest, slug: str) -> HttpResponse:
    """Every scenario, and the way to a new one."""
    call = call_of(request, slug)
    found = scenarios_of(request, call)
    form = NewScenarioForm(request.POST or None, scenarios=found)
    outcome = saving.attempt(form, lambda: _begin(request, call, form.cleaned_data))
    if outcome.done:
        return redirect("calls:scenario", slug, outcome.event.pk)
    context = context_of(request, call, form=form, rows=found, number=len(board.table(call, known_to(request)).files))
    return render(request, "calls/decision_scenarios.html", context, status=outcome.status)


def _begin(request: HttpRequest, call: Call, given: dict[str, Any]) -> Scenario:
    """Empty, or with the files of another one."""
    files, note = [], ""
    if given["source"]:
        other = get_visible(Scenario, request.user, call=call, pk=given["source"])
        files, note = [each.pk for each in other.files.all()], other.note
    made: Scenario = acts.draw_up(call, given["name"], files, note=note, by=person(request))
    return made


@page(*AUDIENCE, methods=READ_OR_SEND)
def scenario(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One choice: its files, and the network as it would be. What is ticked is drawn before it is saved."""
    call = call_of(request, slug)
    one = get_visible(Scenario, request.user, call=call, pk=pk)
    table = board.table(call, known_to(request))
    initial = {"name": one.name, "note": one.note, "opened": one.version, "ticked": [f.pk for f in one.files.all()]}
    form = ScenarioForm(request.POST or None, files=table.files, initial=initial)
    drawn = table.drawn(form.chosen)
    if getattr(request, "htmx", False):
        return render(request, "calls/decision_scenario.html#board", {"drawn": drawn, "heads": _heads()})
    outcome = saving.Outcome()
    if request.POST.get("act") != "draw":
        outcome = saving.attempt(form, lambda: _save(request, one, form), version=lambda: saving.version_of(one))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:scenario", slug, pk)
    context = context_of(
        request, call, scenario=one, form=form, drawn=drawn, heads=_heads(), table=table, chosen=form.chosen,
        rows=_rows(table, request.GET.get("sort", "")), sorts=_sorts(), conflict=outcome.conflict,
    )  # fmt: skip
    return render(request, "calls/decision_scenario.html", context, status=outcome.status)


def _save(request: HttpRequest, one: Scenario, form: ScenarioForm) -> Any:
    given = form.cleaned_data
    return acts.save(
        one, given["name"], given["note"], given["ticked"], opened=given["opened"], by=person(request)
    )  # fmt: skip


def _heads() -> tuple[str, ...]:
    return _("Today"), _("After"), _("New")


def _sorts() -> list[tuple[str, str]]:
    return [
        ("name", _("City")), ("country", _("Country")), ("field", _("Creative field")),
        ("expert", _("Experts")), ("member-city", _("Member cities")),
    ]  # fmt: skip


def _rows(table: board.Table, sort: str) -> list[dict[str, Any]]:
    """The files as lines, with their points in each group apart."""
    return [
        {
            "file": each, "field": table.name("field", each.place.field), "size": table.name("size", each.place.size),
            "points": [each.scores[group] for group in GROUPS],
            "is_first": each.place.counted not in table.reached,
            "lacks_reviews": each.reviews < table.definition["evaluation"]["quorum"],
        }
        for each in table.in_order(sort)
    ]  # fmt: skip


@page(*AUDIENCE, methods=("POST",))
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Throw a scenario away."""
    acts.remove(get_visible(Scenario, request.user, call__slug=slug, pk=pk), by=person(request))
    messages.success(request, _("Removed."))
    return redirect("calls:decision", slug)


@page(*AUDIENCE, methods=READ_OR_SEND)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The best choice for stated wishes, what it costs in points, and why there may be none."""
    call = call_of(request, slug)
    table = board.table(call, known_to(request))
    rules = table.definition["rules"]
    initial = {"per_country": rules["endorsements_per_country"] or 0, "distinct_fields": rules["distinct_fields"],
               "number": min(len(table.files), 50) or 1}  # fmt: skip
    form = WishesForm(request.POST or None, initial=initial)
    found = None
    if form.is_bound and form.is_valid():
        found = designation.propose(table.files, form.wishes(table.definition), table.reached)
    if found and found.chosen and request.POST.get("act") == "keep":
        return _keep(request, call, form, found, table)
    context = context_of(request, call, form=form, found=found, table=table, heads=_heads(), **_found(found, table))
    return render(request, "calls/decision_propose.html", context, status=422 if form.errors else 200)


def _found(found: designation.Proposal | None, table: board.Table) -> dict[str, Any]:
    """A proposal in words."""
    if found is None:
        return {}
    names = {each.pk: each.name for each in table.files}
    return {
        "drawn": table.drawn(found.chosen),
        "short": [board.shortage(each, table) for each in found.short],
        "unjudged": ", ".join(names[pk] for pk in found.unjudged),
        "tied": ", ".join(names[pk] for pk in found.tied),
        "dropped": ", ".join(names[pk] for pk in found.best_chosen if pk not in found.chosen),
        "taken": ", ".join(names[pk] for pk in found.chosen if pk not in found.best_chosen),
    }


def _keep(
    request: HttpRequest, call: Call, form: WishesForm, found: designation.Proposal, table: board.Table
) -> HttpResponse:
    outcome = saving.attempt(
        form,
        lambda: acts.draw_up(
            call, form.cleaned_data["name"], found.chosen, by=person(request),
            wishes={**form.cleaned_data, "points": found.points, "best": found.best},
        ),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Kept as a scenario."))
        return redirect("calls:scenario", call.slug, outcome.event.pk)
    context = context_of(request, call, form=form, found=found, table=table, heads=_heads(), **_found(found, table))
    return render(request, "calls/decision_propose.html", context, status=outcome.status)


@page(*AUDIENCE)
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two to four scenarios side by side: numbers that differ, and files that not all of them choose."""
    call = call_of(request, slug)
    found = scenarios_of(request, call)
    asked = set(request.GET.getlist("s"))
    picked = [each for each in found if str(each.pk) in asked][:MOST_COMPARED]
    context = context_of(request, call, rows=found, picked=picked)
    if len(picked) > 1:
        table = board.table(call, known_to(request))
        choices = [frozenset(each.files.values_list("pk", flat=True)) for each in picked]
        drawn = [table.drawn(choice) for choice in choices]
        context |= {
            "drawn": drawn, "numbers": board.side_by_side(drawn),
            "differences": comparing.differences(table.files, choices),
        }  # fmt: skip
    return render(request, "calls/decision_compare.html", context)
