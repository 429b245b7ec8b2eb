"""The Secretariat takes a programme in from a file: hands it in, sees what it would change, decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import imports as actions
from creativecities.conference.compute.programme_changes import KINDS, counts, wordings
from creativecities.conference.compute.programmes import Fault
from creativecities.conference.formats import files
from creativecities.conference.formats.reading import Limits
from creativecities.conference.forms.imports import ProgrammeFileForm
from creativecities.conference.models import Edition, ProgrammeFile
from creativecities.conference.queries import imports as queries
from creativecities.conference.rules import programme as rules
from creativecities.conference.views.secretariat_programme import edition_of
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

LIMITS = Limits(sessions=500)
"""Four times what a conference of the network has; each session that changes is a save of its own."""
SHOWN = 200
"""Rows of a list on the page; how many there are in all is said."""


@page("secretariat", methods=READ_OR_SEND)
def programme_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a file; of one that was handed in, what it would change now. Nothing is changed by looking."""
    edition = edition_of(request, slug)
    form = ProgrammeFileForm(request.POST or None, request.FILES or None, edition=edition)

    def act() -> ProgrammeFile:
        if refusal := rules.plan(request.user, edition):
            raise refusal  # before anything is read
        sent = form.cleaned_data["file"]
        reading = files.read(sent.read(LIMITS.megabytes * 1_000_000 + 1), zone=edition.zone, limits=LIMITS)
        language = form.cleaned_data["language"]
        return actions.hand_in(edition, reading, name=sent.name, language=language, by=person(request))

    outcome = saving.attempt(form, act)
    if outcome.done:
        return redirect("conference:programme_import", slug)
    return _page(request, edition, form, outcome.status)


def _page(request: HttpRequest, edition: Edition, form: ProgrammeFileForm, status: int = 200) -> HttpResponse:
    file = queries.waiting(edition)
    context: dict[str, Any] = {
        "edition": edition, "form": form, "file": file, "refusal": rules.plan(request.user, edition), "shown": SHOWN,
    }  # fmt: skip
    if file is not None:
        found = queries.preview(file)
        context |= {
            "preview": found, "seen": queries.fingerprint(found),
            "rows": [(row, *wordings(row, edition.zone)) for row in found.changes[:SHOWN]],
            "numbers": [(KINDS[kind], number) for kind, number in counts(found.changes).items()],
            "faults": [*(Fault(**each) for each in file.faults), *found.notes],
        }  # fmt: skip
    return render(request, "conference/secretariat_import.html", context, status=status)


@page("secretariat", methods=("POST",))
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the file into the draft as it was shown."""
    file = _file(request, slug)
    seen, drops_missing = request.POST.get("seen", ""), bool(request.POST.get("drops_missing"))
    try:
        done = actions.take_in(file, seen=seen, drops_missing=drops_missing, by=person(request))
    except Refusal as refusal:
        messages.error(request, f"{refusal.reason} {refusal.remedy}".strip())
        return redirect("conference:programme_import", slug)
    told = _("The draft follows the file now: %(new)d new, %(changed)d changed, %(dropped)d dropped.")
    messages.success(request, told % done)
    return redirect("conference:plan", slug)


@page("secretariat", methods=("POST",))
def put_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Change nothing."""
    actions.put_aside(_file(request, slug), by=person(request))
    messages.success(request, _("The file was put aside; nothing was changed."))
    return redirect("conference:programme_import", slug)


def _file(request: HttpRequest, slug: str) -> ProgrammeFile:
    """The one that was looked at, also when it has been decided meanwhile: the act then says so."""
    found = ProgrammeFile.objects.visible_to(request.user).filter(edition__slug=slug).select_related("edition")
    file = found.filter(code=request.POST.get("file", "")).first()
    if file is None:
        raise Http404
    return file
