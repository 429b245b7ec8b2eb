"""The draft goes out as a Word file, and its answers come back: looked at one by one, then taken over."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.calls.actions import applications as actions
from creativecities.calls.compute.answers import LONGEST, Place
from creativecities.calls.formats import word as formats
from creativecities.calls.forms.papers import WordForm
from creativecities.calls.queries import files
from creativecities.calls.queries import word as queries
from creativecities.calls.rules import applications as rules
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.core.text import legible
from creativecities.network.actions.cities import Conflict
from creativecities.network.formats.papers import TYPES
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("signed-in")
def exported(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as a Word file."""
    response = HttpResponse(queries.exported(files.mine(request.user, code)), content_type=TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="draft-{code}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response


@page("signed-in", methods=READ_OR_SEND)
def word(request: HttpRequest, code: str) -> HttpResponse:
    """Out and back: what a Word file would change is shown answer by answer; nothing is saved by looking."""
    one = files.mine(request.user, code)
    form = WordForm(request.POST or None, request.FILES or None)

    def act() -> formats.Returned:
        if refusal := rules.write(request.user, one.file):
            raise refusal
        return formats.read(form.cleaned_data["file"].read(formats.MOST_MEGABYTES * 1_000_000 + 1), code)

    outcome = saving.attempt(form, act)
    lines = queries.changes(one, outcome.event.texts, outcome.event.versions) if outcome.done else None
    return _page(request, one, form, lines, outcome.status)


@page("signed-in", methods=("POST",))
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take over the answers that were chosen. What somebody saved meanwhile is shown, and nothing is taken yet."""
    one = files.mine(request.user, code)
    texts, opened, built_on = _sent(request, one)
    chosen = {place: texts[place] for place in texts if request.POST.get(f"take-{_name(place)}")}
    try:
        if chosen:
            actions.save_answers(one.file, queries.values(one, chosen), opened=opened, by=person(request))
    except Conflict as conflict:
        messages.warning(request, _("%(name)s saved meanwhile: look again.") % {"name": conflict.by_name})
        return _page(request, one, WordForm(), queries.changes(one, texts, built_on), 409)
    except Refusal as refusal:
        messages.error(request, f"{refusal.reason} {refusal.remedy}".strip())
        return _page(request, one, WordForm(), queries.changes(one, texts, built_on), refusal.status)
    taken = ngettext("%(number)d answer was taken over.", "%(number)d answers were taken over.", len(chosen))
    messages.success(request, taken % {"number": len(chosen)})
    return redirect("calls:word", code)


def _sent(request: HttpRequest, one: files.Mine) -> tuple[dict[Place, str], dict[Place, int], dict[Place, int]]:
    """The texts of the form, the versions they were shown beside, and those they were exported from."""
    there = [place for place in queries.leaves(one) if f"text-{_name(place)}" in request.POST]
    texts = {place: request.POST[f"text-{_name(place)}"].replace("\r\n", "\n") for place in there}
    texts = {place: legible(text)[: LONGEST + 1] for place, text in texts.items()}
    return texts, _numbers(request.POST, "opened", there), _numbers(request.POST, "exported", there)


def _numbers(sent: Mapping[str, str], kind: str, places: list[Place]) -> dict[Place, int]:
    said = {place: sent.get(f"{kind}-{_name(place)}", "") for place in places}
    return {place: int(text) for place, text in said.items() if text.isascii() and text.isdigit() and len(text) < 10}


def _name(place: Place) -> str:
    return f"{place[0]}.{place[1]}"


def _page(
    request: HttpRequest, one: files.Mine, form: WordForm, lines: list[queries.Line] | None, status: int
) -> HttpResponse:
    context = {
        "one": one, "file": one.file, "form": form, "lines": lines, "refusal": rules.write(request.user, one.file),
        "can_take": any(not line.problem for line in lines or ()),
    }  # fmt: skip
    return render(request, "calls/word.html", context, status=status)
