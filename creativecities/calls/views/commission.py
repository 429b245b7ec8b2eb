"""The desk of a National Commission: its queue, a file, and each act confirmed on a page of its own."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.actions import endorsements as acts
from creativecities.calls.forms.endorsements import BecauseForm, CodeField, EndorseForm, RanksForm, RemarkForm
from creativecities.calls.notices.endorsements import NOT_YET
from creativecities.calls.queries import endorsements as queries
from creativecities.calls.rules import endorsements as rules
from creativecities.calls.views.doors import Door, Opened, around, call_of, opened, show
from creativecities.core.access import page
from creativecities.core.downloads import as_csv
from creativecities.network.views.saving import READ_OR_SEND, attempt, person

COLUMNS = ("call", "country", "city", "creative_field", "code", "state", "endorsement", "rank", "presented_at",
           "has_changed", "deadline")  # fmt: skip


def _signed_in(request: HttpRequest) -> Door:
    return Door(person(request), "commission")


@page("commission")
def queue(request: HttpRequest) -> HttpResponse:
    """Every open call with the files presented to one's commission."""
    return queue_by(request, _signed_in(request), queries.desks(request.user, queries.commissions_of(request.user)))


def queue_by(request: HttpRequest, door: Door, desks: list[queries.Desk]) -> HttpResponse:
    """The queue, whichever way one comes."""
    rows = [{
        "desk": desk, "lines": [(line, door.url("file", line.application.code)) for line in desk.lines],
        "ranks": door.url("ranks", *(() if door.link else (desk.shown.call.slug, desk.commission.country_id))),
    } for desk in desks]  # fmt: skip
    context = {"door": door, "rows": rows, "not_yet": NOT_YET, "now": timezone.now()}
    return show(request, "calls/commission.html", context)


@page("commission")
def queue_data(request: HttpRequest) -> HttpResponse:
    """The queue as a table."""
    desks = queries.desks(request.user, queries.commissions_of(request.user))
    rows = [_row(desk, line) for desk in desks for line in desk.lines]
    response = as_csv(rows, COLUMNS, name="commission")
    del response["Access-Control-Allow-Origin"]  # for its reader alone
    response["Cache-Control"] = "private, no-store"
    return response


def _row(desk: queries.Desk, line: queries.Line) -> dict[str, Any]:
    one, word = line.application, line.endorsement
    return {
        "call": one.call.slug, "country": one.country_id, "city": one.city_name, "creative_field": one.field_id,
        "code": one.code, "state": "given-up" if line.is_given_up else "handed-in" if one.submitted_at else "presented",
        "endorsement": word.state if word else "", "rank": word.rank if word else None,
        "presented_at": _as_text(one.presented_at), "has_changed": line.has_changed,
        "deadline": _as_text(max([desk.deadline, *(each.until for each in one.returned if line.again)])),
    }  # fmt: skip


def _as_text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")


@page("commission", methods=READ_OR_SEND)
def file(request: HttpRequest, code: str) -> HttpResponse:
    """A file that was presented: all of it, what was asked, what can be decided."""
    return file_by(request, opened(_signed_in(request), code))


def file_by(request: HttpRequest, one: Opened) -> HttpResponse:
    """The file, whichever way one comes; what is sent is a question to the city."""
    form, is_sent = coded(request, one.door, "ask", one.application, RemarkForm)

    def ask() -> Any:
        by = one.door.proven("ask", one.application, form)
        said = {name: form.cleaned_data[name] for name in ("text", "once")}
        return acts.ask(one.application, **said, by=by)

    outcome = attempt(form, ask)
    if outcome.done:
        messages.success(request, _("Sent; the city’s team is told."))
        return one.door.go("file", one.code)
    refusal = rules.decide(one.door.by, one.application, one.definition)
    context = {
        **around(one), "form": form, "is_sent": is_sent, "refusal": refusal, "remarks": one.application.remarks.all(),
        "ask_refusal": rules.remark(one.door.by, one.application, by_commission=True),
        "urls": {act: one.door.url("act", one.code, act) for act in ACTS},
    }  # fmt: skip
    return show(request, "calls/commission_file.html", context, outcome.status)


@page("commission", methods=READ_OR_SEND)
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Endorse, decline or withdraw, after reading what that means."""
    return act_by(request, opened(_signed_in(request), code), name)


def act_by(request: HttpRequest, one: Opened, name: str) -> HttpResponse:
    """An act on a file, whichever way one comes."""
    form, is_sent = coded(request, one.door, name, one.application, _form(one, name))
    outcome = attempt(form, lambda: ACTS[name](one, form, one.door.proven(name, one.application, form)))
    if outcome.done:
        messages.success(request, str(DONE[name]()))
        return one.door.go("file", one.code)
    return show(
        request, "calls/commission_act.html", {**act_context(one, name, form), "is_sent": is_sent}, outcome.status
    )


def act_context(one: Opened, name: str, form: forms.Form) -> dict[str, Any]:
    """What the page of an act shows."""
    refusal = rules.decide(one.door.by, one.application, one.definition)
    return {**around(one), "form": form, "act": name, "refusal": refusal, "letter": rules.letter_of(one.definition)}


def _form(one: Opened, name: str) -> Any:
    if name != "endorse":
        return BecauseForm
    initial = {"fingerprint": one.fingerprint, "words": one.word.words if one.word else ""}
    return partial(EndorseForm, asked=rules.letter_of(one.definition), initial=initial)


def coded(request: HttpRequest, door: Door, act: str, application: Any, make: Any) -> tuple[Any, bool]:
    """A form of an act, with a box for the code where one is needed; and whether a code was asked for with it.

    What was typed so far comes back with the code still to be typed; a file is chosen afterwards.
    """
    is_sent = bool(door.link) and request.method == "POST" and "ask" in request.POST
    if is_sent:
        door.ask(act, application)
        form = make(initial=request.POST.dict())
    else:
        form = make(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if door.link:
        form.fields["code"] = CodeField()
    return form, is_sent


def _endorse(one: Opened, form: Any, by: Any) -> Any:
    """What was written is kept at once, and set in type when the page is long gone."""
    said = form.cleaned_data
    letter = acts.Letter(said["letter"], said["words"], get_language() or "en")
    return acts.endorse(one.application, fingerprint=said["fingerprint"], letter=letter, by=by)


ACTS: dict[str, Any] = {
    "endorse": _endorse,
    "decline": lambda one, form, by: acts.decline(one.application, reason=form.cleaned_data["reason"], by=by),
    "withdraw": lambda one, form, by: acts.withdraw(one.application, reason=form.cleaned_data["reason"], by=by),
}
DONE: dict[str, Any] = {
    "endorse": lambda: _("Endorsed. The city’s team is told."),
    "decline": lambda: _("Declined. The city’s team reads the reason."),
    "withdraw": lambda: _("Withdrawn. The city’s team reads the reason."),
}


@page("commission", methods=READ_OR_SEND)
def ranks(request: HttpRequest, slug: str, iso2: str) -> HttpResponse:
    """Put the endorsed files in an order."""
    door = _signed_in(request)
    held = [each for each in queries.commissions_of(request.user) if each.country_id == iso2]
    if not held:
        raise Http404
    call = call_of(door, slug)
    return ranks_by(request, door, [each for each in queries.desks(door.by, held) if each.shown.call.pk == call.pk])


def ranks_by(request: HttpRequest, door: Door, found: list[queries.Desk]) -> HttpResponse:
    """The order, whichever way one comes."""
    if not found:
        raise Http404
    desk = found[0]
    form, is_sent = coded(request, door, "rank", None, _ranks_form(desk))

    def rank() -> Any:
        by = door.proven("rank", None, form)
        return acts.rank(desk.shown.call, desk.commission, order=form.order, by=by)

    outcome = attempt(form, rank)
    if outcome.done:
        messages.success(request, _("Saved."))
        return door.go("queue")
    context = {**ranks_context(door, desk, form), "is_sent": is_sent}
    return show(request, "calls/commission_ranks.html", context, outcome.status)


def _ranks_form(desk: queries.Desk) -> Any:
    """A rank for each file that holds a place."""
    names = {line.application.code: line.application.city_name for line in desk.endorsed}
    kept = {line.application.code: line.rank for line in desk.endorsed}
    return partial(RanksForm, names=names, ranks=kept)


def ranks_context(door: Door, desk: queries.Desk, form: RanksForm) -> dict[str, Any]:
    """What the page of the order shows."""
    refusal = rules.rank(door.by, desk.shown.call, desk.commission.country_id, desk.shown.definition)
    return {"door": door, "desk": desk, "form": form, "refusal": refusal, "not_yet": NOT_YET}
