"""The desk of a National Commission: its queue, a file, and each act confirmed on a page of its own."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.actions import endorsements as acts
from creativecities.calls.formats import letters
from creativecities.calls.forms.endorsements import BecauseForm, EndorseForm, RanksForm, RemarkForm
from creativecities.calls.models import Call
from creativecities.calls.notices.endorsements import NOT_YET
from creativecities.calls.queries import applications as reading
from creativecities.calls.queries import endorsements as queries
from creativecities.calls.rules import endorsements as rules
from creativecities.calls.views.doors import Door, Opened, around, call_of, opened, show
from creativecities.core.access import page
from creativecities.core.downloads import as_csv
from creativecities.network.models import NationalCommission
from creativecities.network.views.saving import READ_OR_SEND, Outcome, attempt, person

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
        "ranks": door.url("ranks", desk.shown.call.slug, desk.commission.country_id),
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
        "deadline": _as_text(desk.deadline),
    }  # fmt: skip


def _as_text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")


@page("commission", methods=READ_OR_SEND)
def file(request: HttpRequest, code: str) -> HttpResponse:
    """A file that was presented: all of it, what was asked, what can be decided."""
    return file_by(request, opened(_signed_in(request), code))


def file_by(request: HttpRequest, one: Opened) -> HttpResponse:
    """The file, whichever way one comes; what is sent is a question to the city."""
    form = RemarkForm(request.POST or None)
    outcome = attempt(form, lambda: acts.ask(one.application, **form.cleaned_data, by=one.door.by))
    if outcome.done:
        messages.success(request, _("Sent; the city’s team is told."))
        return one.door.go("file", one.code)
    refusal = rules.decide(one.door.by, one.application, one.definition)
    context = {
        **around(one), "form": form, "refusal": refusal, "remarks": one.application.remarks.all(),
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
    form = _form(request, one, name)
    outcome = attempt(form, lambda: ACTS[name](one, form))
    if outcome.done:
        messages.success(request, str(DONE[name]()))
        return one.door.go("file", one.code)
    return show(request, "calls/commission_act.html", act_context(one, name, form), outcome.status)


def act_context(one: Opened, name: str, form: forms.Form) -> dict[str, Any]:
    """What the page of an act shows."""
    refusal = rules.decide(one.door.by, one.application, one.definition)
    return {**around(one), "form": form, "act": name, "refusal": refusal, "letter": rules.letter_of(one.definition)}


def _form(request: HttpRequest, one: Opened, name: str) -> forms.Form:
    said, added = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if name != "endorse":
        return BecauseForm(said)
    return EndorseForm(said, added, asked=rules.letter_of(one.definition), initial={"fingerprint": one.fingerprint})


def _endorse(one: Opened, form: Any) -> Any:
    words, raw = form.cleaned_data["words"], form.cleaned_data["letter"]
    if words:
        raw = letters.set_in_type(_letter(one, words), get_language() or "en")
    return acts.endorse(
        one.application, fingerprint=form.cleaned_data["fingerprint"], letter=acts.Letter(raw, words), by=one.door.by
    )


def _letter(one: Opened, words: str) -> dict[str, Any]:
    commission = NationalCommission.objects.visible_to(one.door.by).select_related("country")
    return {
        "commission": commission.get(country=one.application.country_id), "application": one.application,
        "at": timezone.now(), "words": words, "not_yet": NOT_YET, "fingerprint": one.fingerprint,
        "call": reading.title_of(one.application.call, get_language() or "en"),
    }  # fmt: skip


ACTS: dict[str, Any] = {
    "endorse": _endorse,
    "decline": lambda one, form: acts.decline(one.application, **form.cleaned_data, by=one.door.by),
    "withdraw": lambda one, form: acts.withdraw(one.application, **form.cleaned_data, by=one.door.by),
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
    return ranks_by(request, door, call_of(door, slug), held[0])


def ranks_by(request: HttpRequest, door: Door, call: Call, commission: NationalCommission) -> HttpResponse:
    """The order, whichever way one comes."""
    found = [each for each in queries.desks(door.by, [commission]) if each.shown.call.pk == call.pk]
    if not found:
        raise Http404
    form = ranks_form(found[0], request.POST if request.method == "POST" else None)
    outcome = attempt(form, lambda: acts.rank(call, commission, order=form.order, by=door.by)) if form else Outcome()
    if outcome.done:
        messages.success(request, _("Saved."))
        return door.go("queue")
    return show(request, "calls/commission_ranks.html", ranks_context(door, found[0], form), outcome.status)


def ranks_form(desk: queries.Desk, said: Any) -> RanksForm:
    """A rank for each file that holds a place."""
    names = {line.application.code: line.application.city_name for line in desk.endorsed}
    kept = {line.application.code: line.endorsement.rank for line in desk.endorsed if line.endorsement}
    return RanksForm(said, names=names, ranks=kept)


def ranks_context(door: Door, desk: queries.Desk, form: RanksForm) -> dict[str, Any]:
    """What the page of the order shows."""
    refusal = rules.rank(door.by, desk.shown.call, desk.commission.country_id, desk.shown.definition)
    return {"door": door, "desk": desk, "form": form, "refusal": refusal, "not_yet": NOT_YET}
