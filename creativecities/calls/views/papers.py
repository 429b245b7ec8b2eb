"""The papers of a file: the checklist, and what its team does with each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.calls.actions import documents as actions
from creativecities.calls.forms.papers import PaperForm
from creativecities.calls.queries import files
from creativecities.calls.queries import papers as queries
from creativecities.calls.rules import applications as rules
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.network.formats import papers
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("signed-in")
def documents(request: HttpRequest, code: str) -> HttpResponse:
    """Every paper the call asks for: what is there, what is missing, and a form for each that can be added."""
    return _checklist(request, files.mine(request.user, code))


@page("signed-in", methods=READ_OR_SEND)
def paper(request: HttpRequest, code: str, key: str, number: int) -> HttpResponse:
    """Add or replace one paper; what is refused comes back beside its place, with the reason."""
    one = files.mine(request.user, code)
    place = _place(request, one, key, number)
    if request.method != "POST":
        return _back(code, place.name)
    form = PaperForm(request.POST, request.FILES, paper=place.paper, prefix=place.name)

    def act() -> Any:
        if refusal := rules.write(request.user, one.file, [f"documents/{key}/{number}"]):
            raise refusal  # before anything is looked into
        looked = papers.look(form.cleaned_data["file"], place.paper)
        opened = form.cleaned_data["opened"]
        return actions.add_paper(one.file, key, number, paper=looked, opened=opened, **form.words, by=person(request))

    outcome = saving.attempt(form, act)
    if outcome.done:
        messages.success(request, _("Saved."))
        return _back(code, place.name)
    return _checklist(request, one, {place.name: form}, outcome.status)


@page("signed-in", methods=("POST",))
def remove(request: HttpRequest, code: str, key: str, number: int) -> HttpResponse:
    """Take a paper out, also one that the call no longer asks for."""
    one, name = files.mine(request.user, code), f"{key}-{number}"
    try:
        actions.remove_paper(one.file, key, number, opened=request.POST.get(f"{name}-opened", ""), by=person(request))
    except Refusal as refusal:
        messages.error(request, f"{refusal.reason} {refusal.remedy}".strip())
    else:
        messages.success(request, _("The paper was taken out."))
    return _back(code, name)


def _place(request: HttpRequest, one: files.Mine, key: str, number: int) -> queries.Place:
    for place in queries.places(one.definition, one.file, None):
        if (place.key, place.number) == (key, number):
            return place
    raise Http404


def _back(code: str, name: str) -> HttpResponse:
    return redirect(f"{reverse('calls:documents', args=[code])}#{name}")


def _checklist(
    request: HttpRequest, one: files.Mine, bound: dict[str, PaperForm] | None = None, status: int = 200
) -> HttpResponse:
    refusal = rules.write(request.user, one.file)
    places = queries.places(one.definition, one.file, refusal)
    rows = [(place, (bound or {}).get(place.name) or _form(place)) for place in places]
    wanted = [place for place in places if not place.is_by_commission]
    context = {
        "one": one, "file": one.file, "left_over": queries.left_over(places, one.file),
        "rows": rows, "refusal": refusal, "number": len(wanted),
        "added": sum(place.there is not None for place in wanted), "faulty": next(iter((bound or {}).values()), None),
    }  # fmt: skip
    return render(request, "calls/documents.html", context, status=status)


def _form(place: queries.Place) -> PaperForm:
    there = place.there
    initial = {"opened": there.file.code, "alt": there.file.alt, "credit": there.file.credit} if there else {}
    return PaperForm(paper=place.paper, prefix=place.name, initial=initial)
