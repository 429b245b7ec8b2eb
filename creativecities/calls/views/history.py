"""The versions of an answer: who wrote what and when, compared with the present, put back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.calls.actions import applications as actions
from creativecities.calls.models import AnswerVersion
from creativecities.calls.queries import files as queries
from creativecities.calls.queries.writing import Part, part
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.network.compute.differences import as_text, differences
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, opened, person


@page("signed-in", methods=READ_OR_SEND)
def history(request: HttpRequest, code: str, key: str, question: str, row: int) -> HttpResponse:
    """Every version of one answer, one of them beside the present."""
    one = queries.mine(request.user, code)
    shown = part(one, key)
    asked = next((each for each, number in shown.leaves if (each["key"], number) == (question, row)), None)
    if asked is None:
        raise Http404
    versions = one.file.answer_versions.filter(question=question, row=row)
    refusal = None
    if request.method == "POST":
        try:
            _put_back(request, shown, _chosen(versions, request.POST.get("version", "")), (question, row))
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("Put back: it is the newest version now, and nothing is deleted."))
            return redirect("calls:section", code, key)
    rows, pager = cut(request, versions, size=30)
    chosen = _chosen(versions, request.GET.get("version", ""))
    now = shown.stored.get((question, row))
    context = {
        "one": one, "file": one.file, "section": shown.section, "question": asked, "rows": rows, "pager": pager,
        "row": row, "number": row + 1, "chosen": chosen, "now": now, "refusal": refusal,
        "may_write": (question, row) in shown.is_open,
        "pieces": differences(as_text(chosen.value), as_text(now.value)) if chosen and now else [],
    }  # fmt: skip
    return render(request, "calls/answer_history.html", context, status=refusal.status if refusal else 200)


def _chosen(versions: Any, text: str) -> AnswerVersion | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
    found: AnswerVersion | None = versions.filter(pk=number).first()
    return found


def _put_back(request: HttpRequest, shown: Part, chosen: AnswerVersion | None, place: tuple[str, int]) -> None:
    if chosen is None:
        raise Http404
    actions.save_answers(shown.one.file, {place: chosen.value}, opened={place: opened(request)}, by=person(request))
