"""The Secretariat leads the meeting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.calls.actions import meetings as actions
from creativecities.calls.forms.meetings import AgendaForm, NotesForm
from creativecities.calls.models import Call, Meeting
from creativecities.calls.queries import meetings as queries
from creativecities.calls.queries.calls import title_of
from creativecities.calls.views.results import call_of
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


def _meeting(call: Call) -> Meeting | None:
    return Meeting.objects.filter(call=call).first()


@page("secretariat", methods=READ_OR_SEND)
def lead(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, go from file to file, close; who is out for this file and the next."""
    call = call_of(request, slug)
    meeting = _meeting(call)
    if meeting is None:
        return redirect("calls:agenda", slug)
    if request.method == "POST":
        _do(request, meeting)
        return redirect("calls:lead_meeting", slug)
    return _page(request, call, meeting)


def _do(request: HttpRequest, meeting: Meeting) -> None:
    act, opened = request.POST.get("act", ""), saving.opened(request)
    if act == "open":
        actions.open(meeting, opened=opened, by=person(request))
    elif act == "close":
        actions.close(meeting, opened=opened, by=person(request))
    else:
        actions.go_to(meeting, _item(request, meeting, act), opened=opened, by=person(request))


def _item(request: HttpRequest, meeting: Meeting, number: str) -> Any:
    """An item in which this person takes part."""
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    found = next((each for each in queries.agenda(request.user, meeting) if each.pk == wanted), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, call: Call, meeting: Meeting, form: NotesForm | None = None, **more: Any
) -> HttpResponse:  # fmt: skip
    items = queries.agenda(request.user, meeting)
    out = queries.out_of(items)
    at = next((at for at, each in enumerate(items) if each.pk == meeting.current_id), None)
    current = items[at] if at is not None else None
    following = items[0 if at is None else at + 1 :][:1]
    context = {
        "call": call,
        "title": title_of(call),
        "meeting": meeting,
        "rows": [(each, out.get(each.application_id, [])) for each in items],
        "current": current,
        "noted": current,
        "out": out.get(current.application_id, []) if current else [],
        "following": [(each, out.get(each.application_id, [])) for each in following],
        "form": form or (current and NotesForm(initial={"notes": current.notes, "opened": current.version})),
    }
    return render(request, "calls/secretariat_meeting.html", {**context, **more}, status=more.get("status", 200))


@page("secretariat", methods=READ_OR_SEND)
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Which files the meeting is about, in which order."""
    call = call_of(request, slug)
    meeting = _meeting(call)
    files = queries.candidates(request.user, call)
    items = queries.agenda(request.user, meeting) if meeting else []
    places = {each.application_id: at for at, each in enumerate(items, 1)}
    if not places and "all" in request.GET:
        places = {each.pk: at for at, each in enumerate(files, 1)}
    form = AgendaForm(request.POST or None, files=files, places=places, opened=meeting.version if meeting else 0)
    outcome = saving.attempt(
        form,
        lambda: actions.set_agenda(call, form.chosen, opened=form.cleaned_data["opened"], by=person(request)),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:lead_meeting", slug)
    context = {"call": call, "title": title_of(call), "form": form, "meeting": meeting}
    return render(request, "calls/agenda.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def notes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep what is said of a file; those who take part read it at once."""
    call = call_of(request, slug)
    meeting = _meeting(call)
    if meeting is None:
        raise Http404
    item, form = _item(request, meeting, str(pk)), NotesForm(request.POST)
    outcome = saving.attempt(
        form,
        lambda: actions.note(item, form.cleaned_data["notes"], opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: saving.version_of(item),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:lead_meeting", slug)
    return _page(request, call, meeting, form, conflict=outcome.conflict, noted=item, status=outcome.status)
