"""The Secretariat asks readers, gives cases out, sends them back once, and decides."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.conference import states
from creativecities.conference.actions import cases as acts
from creativecities.conference.actions import readings
from creativecities.conference.compute.labels import CONFLICTS
from creativecities.conference.forms.cases import AskReaderForm, DecisionForm, SendBackForm
from creativecities.conference.models import Case, CaseReading, Edition
from creativecities.conference.queries import case_readers, cities, editions
from creativecities.conference.queries import cases as queries
from creativecities.conference.rules import readings as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, person, version_of


@page("secretariat", methods=READ_OR_SEND)
def cases(request: HttpRequest, slug: str) -> HttpResponse:
    """Every case with its two readings, and those who read; ask another reader."""
    edition = get_visible(Edition, request.user, slug=slug)
    form = AskReaderForm(request.POST or None, edition=edition, members=cities.members())
    outcome = attempt(form, lambda: readings.ask(edition, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Asked by mail."))
        return redirect("conference:all_cases", slug)
    context = {
        "edition": edition, "shown": editions.shown(edition), "form": form, **_who_reads(edition),
        "cases": queries.handed_in(request.user, edition), "cannot": rules.give_out(request.user, edition),
    }  # fmt: skip
    return render(request, "conference/secretariat_cases.html", context, status=outcome.status)


def _who_reads(edition: Edition) -> dict[str, Any]:
    found = case_readers.of_edition(edition)
    held = [sum(each.place is not None for each in reader.readings.all()) for reader in found]
    done = [sum(each.state == states.DONE for each in reader.readings.all()) for reader in found]
    shares = case_readers.shares(edition)
    return {
        "readers": list(zip(found, held, done, strict=True)),
        "to_give": len(shares.pairs),
        "short": [
            (case, [(CONFLICTS[why], number) for why, number in causes.items()])
            for case, causes in shares.short.items()
        ],
    }


@page("secretariat", methods=("POST",))
def give_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Give every case two readers, as far as there are any."""
    number = readings.give_out(get_visible(Edition, request.user, slug=slug), by=person(request))
    words = ngettext("%(number)d reading is given out.", "%(number)d readings are given out.", number)
    messages.success(request, words % {"number": number})
    return redirect("conference:all_cases", slug)


@page("secretariat", methods=("POST",))
def ask_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask somebody again who does not read."""
    edition = get_visible(Edition, request.user, slug=slug)
    readings.ask_again(get_object_or_404(edition.case_readers.select_related("person"), pk=pk), by=person(request))
    messages.success(request, _("Asked by mail."))
    return redirect("conference:all_cases", slug)


def _case(request: HttpRequest, slug: str, code: str) -> Case:
    related = ("edition", "city__country", "initiative")
    return get_visible(Case, request.user, related=related, edition__slug=slug, code=code, handed_in_at__isnull=False)


@page("secretariat", methods=READ_OR_SEND)
def decide(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One case: read, with what its readers say; sent back once, decided."""
    case = _case(request, slug, code)
    is_back = request.method == "POST" and "wanted" in request.POST
    back = SendBackForm(request.POST if is_back else None, case=case)
    form = DecisionForm(None if is_back else request.POST or None, case=case)
    if is_back:
        act = partial(attempt, back, lambda: acts.send_back(case, **back.cleaned_data, by=person(request)))
    else:
        act = partial(attempt, form, lambda: acts.decide(case, **form.cleaned_data, by=person(request)))
    outcome = act(version=lambda: version_of(case))
    if outcome.done:
        messages.success(request, _("Saved; the city is told."))
        return redirect("conference:decide_case", slug, code)
    found = CaseReading.objects.visible_to(request.user).filter(case=case).select_related("reader__person")
    context = {
        "case": case, "edition": case.edition, "shown": editions.shown(case.edition), "told": queries.told(case),
        "partners": queries.partners(case), "form": form, "back": back,
        "until": queries.hour(case.returned_until, case.edition),
        "readings": [(each, queries.points(each, case.edition)) for each in found],
        "may_send_back": case.state == states.SUBMITTED and case.returned_at is None,
        "may_decide": case.state in {*Case.MOVES["select"].sources, *Case.MOVES["turn_down"].sources},
    }  # fmt: skip
    return render(request, "conference/case_decide.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def take_away(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Take a case from a reader who does not hand in."""
    case = _case(request, slug, code)
    related = ("case__edition", "reader")
    readings.take_away(get_visible(CaseReading, request.user, related=related, case=case, pk=pk), by=person(request))
    messages.success(request, _("Taken away: give the case to somebody else."))
    return redirect("conference:decide_case", slug, code)
