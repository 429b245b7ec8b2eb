"""The call for cases, and the cases of a city for its team."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.conference import states
from creativecities.conference.actions import cases as acts
from creativecities.conference.compute import definition
from creativecities.conference.forms.cases import BeginForm, CaseForm
from creativecities.conference.models import Case, Edition
from creativecities.conference.queries import cases as queries
from creativecities.conference.queries import editions
from creativecities.conference.rules import cases as rules
from creativecities.core.access import get_visible, page
from creativecities.exchange.views.needs import own_city
from creativecities.network.views.saving import READ_OR_SEND, attempt, person, version_of

ACTS = {
    "hand-in": (acts.hand_in, gettext_lazy("Your case is handed in.")),
    "take-back": (acts.take_back, gettext_lazy("You can write on.")),
    "withdraw": (acts.withdraw, gettext_lazy("Withdrawn.")),
}


@page("public")
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked of cities, until when, and how cases are chosen. Two statements for a visitor."""
    edition = get_visible(Edition, request.user, slug=slug)
    first, last = rules.window(edition)
    if last is None:
        raise Http404
    said = definition.part(edition.settings, "cases")
    context = {
        "shown": editions.shown(edition),
        "asked": queries.asked(edition),
        "first": queries.hour(first, edition),
        "until": queries.hour(last, edition),
        "most": said["most_cases"],
        "questions": queries.worded(edition, "questions"),
        "rubric": queries.worded(edition, "rubric"),
        "cities": queries.cities(request.user),
    }
    return render(request, "conference/case_call.html", context)


@page("city-team", methods=READ_OR_SEND)
def own(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """What one's city has proposed; begin another."""
    home = own_city(request, city)
    edition = get_visible(Edition, request.user, slug=slug)
    form = BeginForm(request.POST or None, edition=edition, city=home)
    outcome = attempt(
        form,
        lambda: acts.begin(
            edition, home, form.cleaned_data["initiative"], language=form.cleaned_data["language"], by=person(request)
        ),
    )
    if outcome.done:
        return redirect("conference:write_case", slug, city, outcome.event.code)
    found = queries.of_city(edition, home)
    context = {
        "edition": edition, "city": home, "shown": editions.shown(edition), "cases": found, "form": form,
        "cannot": queries.refusal_to_begin(request.user, edition, home, found),
    }  # fmt: skip
    return render(request, "conference/cases.html", context, status=outcome.status)


def _case(request: HttpRequest, slug: str, city: str, code: str) -> Case:
    """A case of one's own city; that of another city and one that is missing give the same 404."""
    home = own_city(request, city)
    related = ("edition", "city__country", "initiative")
    return get_visible(Case, request.user, related=related, edition__slug=slug, city=home, code=code)


@page("city-team", methods=READ_OR_SEND)
def write(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """Write a case, on top of the version it was opened with; the record it tells of stands beside."""
    one = _case(request, slug, city, code)
    form = CaseForm(request.POST or None, case=one)
    outcome = attempt(
        form, lambda: acts.save(one, values=form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: version_of(one),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:write_case", slug, city, code)
    return render(request, "conference/case_write.html", _context(request, one, form, outcome), status=outcome.status)


def _context(request: HttpRequest, one: Case, form: CaseForm, outcome: Any) -> dict[str, Any]:
    return {
        "case": one,
        "edition": one.edition,
        "city": one.city,
        "shown": editions.shown(one.edition),
        "form": form,
        "conflict": outcome.conflict,
        "partners": queries.partners(one),
        "told": queries.Told(one, {name: getattr(one, name) for name in Case.TEXTS}),
        "until": queries.hour(one.returned_until, one.edition),
        "closed": rules.write(request.user, one),
        "hand_in": rules.hand_in(request.user, one),
        "take_back": rules.take_back(request.user, one),
        "is_live": one.state in Case.MOVES["withdraw"].sources,
        "is_with_others": one.state == states.SUBMITTED,
    }


@page("city-team", methods=("POST",))
def act(request: HttpRequest, slug: str, city: str, code: str, name: str) -> HttpResponse:
    """Hand it in, take it back, or withdraw it."""
    verb, words = ACTS[name]
    verb(_case(request, slug, city, code), by=person(request))
    messages.success(request, words)
    return redirect("conference:write_case", slug, city, code)
