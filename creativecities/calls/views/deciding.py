"""Decisions are given reasons, the announcement is written, and the head of the network makes it known."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.actions import announcing
from creativecities.calls.actions import decisions as acts
from creativecities.calls.compute.definition import GROUPS, languages
from creativecities.calls.forms.decisions import AnnounceForm, DecisionForm, TextForm
from creativecities.calls.models import Call, Scenario
from creativecities.calls.notices import letters
from creativecities.calls.queries import results, standing
from creativecities.calls.rules import decisions as rules
from creativecities.calls.views.decision import AUDIENCE, call_of, context_of, known_to, scenarios_of
from creativecities.core.access import get_visible, page
from creativecities.network.models import Mandate
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page(*AUDIENCE)
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Every file with what is to become of it, and whether somebody has written why."""
    call = call_of(request, slug)
    prepared = standing.standing(call, known_to(request))
    rows = [
        {
            "file": each, "decision": prepared.decisions.get(each.pk),
            "points": [each.scores[group] for group in GROUPS],
            "field": prepared.table.name("field", each.place.field),
        }
        for each in prepared.table.files
    ]  # fmt: skip
    context = context_of(request, call, rows=rows, scenarios=scenarios_of(request, call), prepared=prepared)
    return render(request, "calls/decision_files.html", context)


@page(*AUDIENCE, methods=("POST",))
def adopt(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a scenario over; where reasons that were written would go with it, first say how many."""
    call = call_of(request, slug)
    one = get_visible(Scenario, request.user, call=call, pk=pk)
    going = len(standing.reasons_that_go(one, known_to(request)))
    if request.POST.get("reasons", "0") != str(going):
        return render(request, "calls/decision_adopt.html", context_of(request, call, scenario=one, going=going))
    acts.adopt(one, reasons=going, by=person(request))
    messages.success(request, _("Taken over. Now each decision needs its reason."))
    return redirect("calls:decisions", slug)


@page(*AUDIENCE, methods=READ_OR_SEND)
def file(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Decide on one file and say why; then the next one without a reason."""
    call = call_of(request, slug)
    one = get_object_or_404(results.judged(request.user).filter(call=call), code=code)
    prepared = standing.standing(call, known_to(request))
    decision = prepared.decisions.get(one.pk)
    initial = {"opened": decision.version if decision else 0, "reason": decision.reason if decision else ""}
    if decision:
        initial["is_designated"] = "yes" if decision.is_designated else "no"
    form = DecisionForm(request.POST or None, initial=initial)
    outcome = saving.attempt(
        form,
        lambda: acts.decide(one, form.cleaned_data["is_designated"], form.cleaned_data["reason"],
                            opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: getattr(decision, "version", 0),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        following = next((each.code for each in prepared.without_reason if each.pk != one.pk), "")
        return redirect("calls:decide", slug, following) if following else redirect("calls:decisions", slug)
    shown = next((each for each in prepared.table.files if each.pk == one.pk), None)
    points = [shown.scores[group] for group in GROUPS] if shown else []
    context = context_of(
        request, call, application=one, form=form, conflict=outcome.conflict, points=points, file=shown
    )  # fmt: skip
    return render(request, "calls/decision_file.html", context, status=outcome.status)


@page(*AUDIENCE, methods=READ_OR_SEND)
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what everybody will read."""
    call = call_of(request, slug)
    prepared = standing.standing(call, known_to(request))
    one = prepared.announcement
    said = {"title": one.title, "text": one.text} if one else {}
    initial = {f"{name}_{code}": words for name, texts in said.items() for code, words in texts.items()}
    codes = languages(prepared.table.definition)
    form = TextForm(request.POST or None, codes=codes, initial={**initial, "opened": prepared.version})
    outcome = saving.attempt(
        form,
        lambda: acts.write_text(call, form.said("title"), form.said("text"), opened=form.cleaned_data["opened"],
                                by=person(request)),
        version=lambda: standing.standing(call, known_to(request)).version,
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:announcement_text", slug)
    context = context_of(request, call, form=form, conflict=outcome.conflict)
    return render(request, "calls/decision_text.html", context, status=outcome.status)


@page(*AUDIENCE, methods=READ_OR_SEND)
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers and what is missing; then one act makes everything known. Afterwards: what became of it."""
    call = call_of(request, slug)
    prepared = standing.standing(call, known_to(request))
    initial = {"opened": prepared.version, "designations": len(prepared.chosen)}
    form = AnnounceForm(request.POST or None, initial=initial)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    outcome = saving.attempt(
        form,
        lambda: announcing.announce(
            call, opened=given["opened"], designations=given["designations"], below_quorum=given["below_quorum"],
            by=person(request),
        ),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Announced. The letters wait to be read and released."))
        return redirect("calls:announce", slug)
    context = context_of(request, call, prepared=prepared, form=form, **_told(request, call, prepared))
    return render(request, "calls/decision_announce.html", context, status=outcome.status)


def _told(request: HttpRequest, call: Call, prepared: standing.Standing) -> dict[str, Any]:
    one = prepared.announcement
    drawn = prepared.table.drawn(prepared.chosen)
    if one is None or one.state != states.ANNOUNCED:
        refusal = rules.announce(request.user, call, prepared.hinders)
        return {"refusal": refusal, "drawn": drawn, "heads": (_("Today"), _("After"), _("New"))}
    names = {each.code: each.name for each in prepared.table.files}
    told = [each for each in one.left if each["file"] in names]
    left = [(names[each["file"]], Mandate.Role(each["role"]).label, _why(each["why"])) for each in told if each["role"]]
    unwritten = ", ".join(names[each["file"]] for each in told if not each["role"])
    outbox = f"{reverse('network:secretariat_release')}?batch={letters.batch(call)}"
    return {"announced": one, "left": left, "unwritten": unwritten, "outbox": outbox}


def _why(reason: str) -> str:
    return {
        "missing": _("no e-mail address"), "no-address": _("the e-mail address is none"),
        "closed": _("the person has left the platform"), "taken": _("somebody holds this mandate already"),
    }.get(reason, reason)  # fmt: skip
