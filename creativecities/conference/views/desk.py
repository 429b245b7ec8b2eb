"""The Secretariat's desk of the conference: all editions, a new one, and what is done for one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import editions as actions
from creativecities.conference.forms.editions import NewEditionForm, ReasonForm
from creativecities.conference.models import Edition
from creativecities.conference.queries import editions as queries
from creativecities.conference.queries import parts
from creativecities.core import days
from creativecities.core.access import get_visible, page
from creativecities.core.models import Event
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

NEWEST = 10


@page("secretariat", methods=READ_OR_SEND)
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, drafts among them, and the way to the next one, which begins with the settings of the last."""
    found = queries.of_all(request.user)
    sources = [*((one.edition.slug, one.title) for one in found), ("", _("nothing"))]
    initial = {"source": sources[0][0], "year": days.today().year + 1}
    form = NewEditionForm(request.POST or None, sources=sources, initial=initial)
    form.fields["source"].required = False
    outcome = saving.attempt(form, lambda: _draft(request, form))
    if outcome.done:
        return redirect("conference:settings", outcome.event.slug)
    return render(request, "conference/desk.html", {"rows": found, "form": form}, status=outcome.status)


def _draft(request: HttpRequest, form: NewEditionForm) -> Edition:
    given = form.cleaned_data
    source = get_visible(Edition, request.user, slug=given["source"]) if given["source"] else None
    return actions.draft_edition(given["slug"], year=given["year"], source=source, by=person(request))


@page("secretariat")
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition, and the pages from which it is run."""
    return _edition_page(request, slug)


def _edition_page(request: HttpRequest, slug: str, status: int = 200, **forms: Any) -> HttpResponse:
    found, lines = parts.read(request.user, slug, parts.desk())
    events = Event.objects.visible_to(request.user).about(found)[:NEWEST]
    context = {
        "shown": queries.shown(found),
        "lines": lines,
        "postpone": ReasonForm(auto_id="postpone_%s"),
        "cancel": ReasonForm(auto_id="cancel_%s"),
        "rows": [{"event": event, "sentence": saving.sentence(event)} for event in events],
        **forms,
    }
    return render(request, "conference/desk_edition.html", context, status=status)


@page("secretariat", methods=("POST",))
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it to everybody."""
    actions.announce(get_visible(Edition, request.user, slug=slug), by=person(request))
    messages.success(request, _("Announced: everybody reads it now."))
    return redirect("conference:desk_edition", slug)


@page("secretariat", methods=("POST",))
def postpone(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it is not held on its days."""
    return _stop(request, slug, "postpone", _("Postponed: its page says so, with the reason."))


@page("secretariat", methods=("POST",))
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it is not held."""
    return _stop(request, slug, "cancel", _("Cancelled: its page stays, with the reason."))


def _stop(request: HttpRequest, slug: str, verb: str, words: str) -> HttpResponse:
    one = get_visible(Edition, request.user, slug=slug)
    form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
    act = {"postpone": actions.postpone, "cancel": actions.cancel}[verb]
    outcome = saving.attempt(form, lambda: act(one, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, words)
        return redirect("conference:desk_edition", slug)
    return _edition_page(request, slug, outcome.status, **{verb: form})
