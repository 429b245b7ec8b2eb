"""The Secretariat says when people meet, has timetables worked out, reads and applies them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.actions import meetings as acts
from creativecities.conference.compute.slots import meetings as said_of
from creativecities.conference.forms.meetings import MeetingsForm
from creativecities.conference.models import Edition, Timetable
from creativecities.conference.queries import editions
from creativecities.conference.queries import meetings as queries
from creativecities.conference.rules import meetings as rules
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, person, version_of


@page("secretariat", methods=READ_OR_SEND)
def lead(request: HttpRequest, slug: str) -> HttpResponse:
    """When people meet, how much there is to plan, and the timetable that waits."""
    edition = get_visible(Edition, request.user, slug=slug)
    said = said_of(edition.settings)
    lines = "\n".join(f"{first.replace('T', ' ')} {last.split('T')[1]}" for first, last in said.windows)
    now = {
        "tables": said.tables or 10, "interpreters": said.interpreters, "minutes": said.minutes, "in_row": said.in_row,
        "windows": lines, "opened": edition.version,
    }  # fmt: skip
    form = MeetingsForm(request.POST or None, initial=now)
    outcome = attempt(
        form,
        lambda: acts.hold_meetings(edition, form.said, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: version_of(edition),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:lead_meetings", slug)
    found = queries.open_timetable(edition)
    context = {
        "edition": edition,
        "title": editions.shown(edition).title,
        "form": form,
        "numbers": queries.numbers(edition),
        "timetable": found,
        "plan": queries.read(found) if found and found.state == states.READY else None,
        "refusal": rules.plan(request.user, edition),
    }
    return render(request, "conference/lead_meetings.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a timetable worked out in the background."""
    edition = get_visible(Edition, request.user, slug=slug)
    acts.propose(edition, by=person(request))
    messages.success(request, _("A timetable is being worked out. For many delegations it takes a minute."))
    return redirect("conference:lead_meetings", slug)


@page("secretariat", methods=("POST",))
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Apply a timetable as it was shown, or drop it."""
    found = get_visible(Timetable, request.user, related=("edition",), pk=pk, edition__slug=slug)
    if request.POST.get("act") == "apply":
        acts.apply(found, by=person(request))
        messages.success(request, _("The timetable is applied. Every delegation with a change is told."))
    else:
        acts.drop(found, by=person(request))
        messages.success(request, _("The timetable is dropped; everything stays as it was."))
    return redirect("conference:lead_meetings", slug)
