"""A file is handed in, taken back, given up; and the receipts of what was handed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.actions import applications as actions
from creativecities.calls.compute.files import canonical
from creativecities.calls.forms.handing_in import GiveUpForm, HandInForm
from creativecities.calls.queries import applications, checking, files, reading
from creativecities.calls.queries import receipts as queries
from creativecities.calls.rules import applications as rules
from creativecities.core import pdf
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("signed-in", methods=READ_OR_SEND)
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """What is missing, whose clock decides, what the owner confirms; who is late is told kindly, and all is kept."""
    one = files.mine(request.user, code)
    form = HandInForm(request.POST if request.method == "POST" else None)
    outcome = saving.attempt(form, lambda: _submit(one, request))
    if outcome.done:
        return redirect("calls:receipt", code, outcome.event.number)
    if form.is_bound:
        one = files.mine(request.user, code)  # as it is now: another may have been faster
    return render(request, "calls/hand_in.html", _standing(request, one) | {"form": form}, status=outcome.status)


def _standing(request: HttpRequest, one: files.Mine) -> dict[str, Any]:
    """What can be done with a file now, and what keeps it from being handed in."""
    file, lacks, is_writable = one.file, [], one.file.state in states.WRITABLE
    if is_writable:
        lacks = applications.lacks_of(file, definition=one.definition)
    return {
        "one": one, "file": file, "missing": files.missing(file, one.definition, lacks), "lacking": len(lacks),
        "is_writable": is_writable, "refusal": rules.submit(request.user, file, lacks) if is_writable else None,
        "back": rules.take_back(request.user, file) if file.state == states.SUBMITTED else None,
        "can_leave": one.owns and file.state in states.APPLICATION["give_up"].sources,
        "completion": checking.open_completion(file, one.definition),
        "receipts": queries.receipts(one),
    }  # fmt: skip


def _submit(one: files.Mine, request: HttpRequest) -> Any:
    """Hand it in; a second click on the button finds what the first one handed in."""
    try:
        return actions.submit(one.file, by=person(request))
    except Refusal as refusal:
        if refusal.code == "handed-in" and (last := one.file.submissions.filter(taken_back_at__isnull=True).first()):
            return last
        raise


@page("signed-in", methods=("POST",))
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take back what was handed in, to go on with it until the deadline."""
    one = files.mine(request.user, code)
    try:
        actions.take_back(one.file, by=person(request))
    except Refusal as refusal:
        messages.error(request, f"{refusal.reason} {refusal.remedy}".strip())
    else:
        messages.success(request, _("The file is yours again. Hand it in once more before the deadline."))
    return redirect("calls:hand_in", code)


@page("signed-in", methods=READ_OR_SEND)
def give_up(request: HttpRequest, code: str) -> HttpResponse:
    """Leave the call, after a confirmation. The file stays with its team."""
    one = files.mine(request.user, code)
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    outcome = saving.attempt(form, lambda: actions.give_up(one.file, by=person(request)))
    if outcome.done:
        messages.success(request, _("The application was given up. The file stays with your team."))
        return redirect("calls:file", code)
    context = {"one": one, "file": one.file, "form": form, "refusal": rules.give_up(request.user, one.file)}
    return render(request, "calls/give_up.html", context, status=outcome.status)


@page("signed-in")
def receipt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The receipt of what was handed in."""
    one = files.mine(request.user, code)
    return render(request, "calls/receipt.html", _receipt(one, number))


@page("signed-in")
def receipt_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The receipt as PDF."""
    one = files.mine(request.user, code)
    context = _receipt(one, number) | {"title": one.shown.title}
    return pdf.offer(request, "calls/receipt_paper.html", context, name=f"receipt-{code}-{number}")


def _receipt(one: files.Mine, number: int) -> dict[str, Any]:
    earlier = [each.number for each in queries.receipts(one) if each.number < number]
    return {"one": one, "file": one.file, "receipt": queries.receipt(one, number), "earlier": earlier}


@page("signed-in")
def handed_in_data(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was handed in, as the bytes over which its fingerprint is computed."""
    said = queries.submission(files.mine(request.user, code), number)
    response = HttpResponse(canonical(said.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-{number}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@page("signed-in")
def handed_in(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was handed in, read again."""
    one = files.mine(request.user, code)
    said = queries.submission(one, number)
    context = {"one": one, "file": one.file, "submission": said, "whole": reading.whole(one.file, said.content)}
    return render(request, "calls/preview.html", context)


@page("signed-in")
def since(request: HttpRequest, code: str, number: int, earlier: int) -> HttpResponse:
    """What changed from one time it was handed in to another."""
    one = files.mine(request.user, code)
    changes = queries.changes(one, number, earlier)
    context = {"one": one, "file": one.file, "changes": changes, "number": number, "earlier": earlier}
    return render(request, "calls/since.html", context)


@page("signed-in")
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The whole draft on one page, as those will read it who check and judge it."""
    one = files.mine(request.user, code)
    said = applications.content_of(one.file)
    context = {"one": one, "file": one.file, "submission": None, "whole": _whole(one, said)}
    return render(request, "calls/preview.html", context)


@page("signed-in")
def file_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as PDF, for consultation in the city hall."""
    one = files.mine(request.user, code)
    at = queries.when(timezone.now(), one.clock.deadline.tzinfo)
    context = {"whole": _whole(one, applications.content_of(one.file)), "title": one.shown.title, "at": at}
    return pdf.offer(request, "calls/file_paper.html", context, name=f"draft-{code}")


def _whole(one: files.Mine, said: Any) -> reading.Whole:
    return reading.whole(one.file, said, one.definition)
