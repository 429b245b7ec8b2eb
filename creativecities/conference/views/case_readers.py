"""For those who read cases: what they are asked, what they have to read, and what they say of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.actions import readings as acts
from creativecities.conference.forms.cases import AcceptForm, GiveBackForm, ReadingForm
from creativecities.conference.models import CaseReader, CaseReading
from creativecities.conference.queries import case_readers, cases, editions
from creativecities.conference.rules import readings as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, person, version_of


def _reader(request: HttpRequest, slug: str) -> CaseReader:
    """As what this person reads; for who was not asked there is no such page."""
    found = case_readers.asked_of(request.user, slug)
    if found is None:
        raise Http404
    return found


@page("signed-in", methods=READ_OR_SEND)
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether one reads, and in which languages; then the cases one has."""
    reader = _reader(request, slug)
    form = AcceptForm(request.POST or None, edition=reader.edition, initial={"languages": reader.languages})
    if request.method == "POST" and request.POST.get("act") == "decline":
        acts.decline(reader, by=person(request))
        messages.success(request, _("Thank you. The Secretariat asks somebody else."))
        return redirect("conference:cases_to_read", slug)
    outcome = attempt(form, lambda: acts.accept(reader, languages=form.cleaned_data["languages"], by=person(request)))
    if outcome.done:
        messages.success(request, _("Thank you. You will be told when there are cases to read."))
        return redirect("conference:cases_to_read", slug)
    found = CaseReading.objects.visible_to(request.user).filter(reader=reader)
    context = {
        "reader": reader, "shown": editions.shown(reader.edition), "form": form,
        "readings": found.select_related("case__city__country", "case__initiative"),
    }  # fmt: skip
    return render(request, "conference/cases_to_read.html", context, status=outcome.status)


@page("signed-in", methods=READ_OR_SEND)
def read(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Read a case and say what one thinks of it; what the other reader says, once neither judges it anew."""
    reader = _reader(request, slug)
    related = ("case__edition", "case__city__country", "case__initiative", "reader")
    reading = get_visible(CaseReading, request.user, related=related, reader=reader, case__code=code)
    is_back = request.method == "POST" and "give_back" in request.POST
    form = ReadingForm(None if is_back else request.POST or None, reading=reading)
    back = GiveBackForm(request.POST if is_back else None)
    if is_back:
        outcome = attempt(back, lambda: acts.give_back(reading, reason=back.cleaned_data["reason"], by=person(request)))
    else:
        is_final = "hand_in" in request.POST
        outcome = attempt(
            form,
            lambda: acts.write(
                reading, form.values, opened=form.cleaned_data["opened"], is_final=is_final, by=person(request)
            ),
            version=lambda: version_of(reading),
        )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        stays = not is_back
        return redirect("conference:read_case", slug, code) if stays else redirect("conference:cases_to_read", slug)
    context = {**_shown(request, reading), "form": form, "back": back, "conflict": outcome.conflict}
    return render(request, "conference/case_read.html", context, status=outcome.status)


def _shown(request: HttpRequest, reading: CaseReading) -> dict[str, Any]:
    case = reading.case
    return {
        "reading": reading, "case": case, "told": cases.told(case), "partners": cases.partners(case),
        "shown": editions.shown(case.edition), "is_open": reading.state == states.OPEN,
        "refusal": rules.judge(request.user, reading), "points": cases.points(reading, case.edition),
        "others": [(each, cases.points(each, case.edition)) for each in cases.beside(reading)],
    }  # fmt: skip
