"""The Secretariat places selected cases in sessions of the draft, and moves them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import contributions as acts
from creativecities.conference.forms.contributions import ContributionForm
from creativecities.conference.models import Case
from creativecities.conference.queries import cases, editions
from creativecities.conference.queries import contributions as queries
from creativecities.conference.rules import programme as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, opened, person, version_of


def _case(request: HttpRequest, slug: str, code: str) -> Case:
    related = ("edition", "city__country", "initiative")
    return get_visible(Case, request.user, related=related, edition__slug=slug, code=code, handed_in_at__isnull=False)


@page("secretariat", methods=READ_OR_SEND)
def place(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """In which session a case stands, where in it and for how long, and who speaks."""
    case = _case(request, slug, code)
    now = queries.of_case(case)
    form = ContributionForm(request.POST or None, case=case, now=now)
    outcome = attempt(
        form, lambda: acts.place(case, **form.cleaned_data, by=person(request)), version=lambda: version_of(case)
    )
    if outcome.done:
        messages.success(request, _("Saved. It is public with the next release of the programme."))
        return redirect("conference:place_case", slug, code)
    context = {
        "case": case, "edition": case.edition, "shown": editions.shown(case.edition), "told": cases.told(case),
        "partners": cases.partners(case), "form": form, "now": now, "refusal": rules.plan(request.user, case.edition),
    }  # fmt: skip
    return render(request, "conference/case_place.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def take_off(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A case does not stand in the programme any more."""
    acts.take_off(_case(request, slug, code), opened=opened(request), by=person(request))
    messages.success(request, _("Taken off the programme."))
    return redirect("conference:place_case", slug, code)
