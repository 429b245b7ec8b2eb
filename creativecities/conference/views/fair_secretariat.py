"""The Secretariat draws the plan of the fair, chooses booths and places them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import fair as acts
from creativecities.conference.compute.plan import plan
from creativecities.conference.forms.fair import DecisionForm, PlanForm
from creativecities.conference.models import Booth, Edition
from creativecities.conference.queries import editions
from creativecities.conference.queries import fair as queries
from creativecities.conference.rules import editions as edition_rules
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, person, version_of


@page("secretariat", methods=READ_OR_SEND)
def lead(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan and every application."""
    edition = get_visible(Edition, request.user, slug=slug)
    hall = plan(edition.settings)
    now = {"rows": " ".join(map(str, hall.rows)), "apply_by": hall.apply_by, "opened": edition.version}
    form = PlanForm(request.POST or None, initial=now)
    outcome = attempt(
        form,
        lambda: acts.draw_plan(edition, form.plan, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: version_of(edition),
    )
    if outcome.done:
        messages.success(request, _("The plan is saved."))
        return redirect("conference:lead_fair", slug)
    found = queries.applications(edition, request.user)
    context = {
        "edition": edition,
        "title": editions.shown(edition).title,
        "form": form,
        "plan": hall,
        "stands": queries.hall(edition, found),
        "booths": found,
        "refusal": edition_rules.run(request.user, edition),
    }
    return render(request, "conference/lead_fair.html", context, status=outcome.status)


@page("secretariat", methods=READ_OR_SEND)
def decide(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One application: read, chosen or declined, placed."""
    found = get_visible(
        Booth, request.user, related=("edition", "city__country", "initiative"), edition__slug=slug, code=code
    )
    wanted = request.GET.get("place", "")
    form = DecisionForm(request.POST or None, booth=found, initial={"place": wanted or found.place})
    outcome = attempt(form, lambda: _do(found, form, request))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:decide_booth", slug, code)
    context = {
        "booth": found,
        "edition": found.edition,
        "title": editions.shown(found.edition).title,
        "form": form,
        "plan": plan(found.edition.settings),
        "stands": queries.hall(found.edition, queries.booths(found.edition, request.user)),
        "refusal": edition_rules.run(request.user, found.edition),
    }
    return render(request, "conference/decide_booth.html", context, status=outcome.status)


def _do(booth: Booth, form: DecisionForm, request: HttpRequest) -> object:
    said, by = form.cleaned_data, person(request)
    if said["verb"] == "choose":
        return acts.choose(booth, by=by)
    if said["verb"] == "decline":
        return acts.decline(booth, reason=said["reason"], by=by)
    return acts.place(booth, said["place"], by=by)
