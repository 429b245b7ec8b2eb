"""Materials of a session, for those who add them: the Secretariat, and cities from which somebody speaks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import materials as acts
from creativecities.conference.forms.materials import MaterialForm
from creativecities.conference.models import Session
from creativecities.conference.queries import materials as queries
from creativecities.conference.queries import programme, signups
from creativecities.conference.rules.materials import ASKED
from creativecities.conference.views.programme import released_of
from creativecities.core.access import page
from creativecities.network.formats import papers
from creativecities.network.views.saving import READ_OR_SEND, TEAM, attempt, person


def _session(request: HttpRequest, slug: str, name: str) -> Session:
    return signups.session_of(released_of(request, slug), name)


@page(*TEAM, methods=READ_OR_SEND)
def materials(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """What is there, and a form to add to it; for who neither adds nor has added there is no such page."""
    session = _session(request, slug, name)
    adders, own = queries.may_add(request.user, session), set(queries.to_remove(request.user, session))
    if not adders and not own:
        raise Http404
    form = MaterialForm(request.POST or None, request.FILES or None, adders=adders)
    outcome = attempt(form, lambda: _add(session, form, request))
    if outcome.done:
        messages.success(request, _("Added."))
        return redirect("conference:materials", slug, name)
    found = queries.of_session(request.user, str(session.guid))
    context = {
        "session": session, "edition": session.edition, "title": programme.title_of(session),
        "form": form if adders else None,
        "rows": [(each, each in own) for each in found],
    }  # fmt: skip
    return render(request, "conference/materials.html", context, status=outcome.status)


def _add(session: Session, form: MaterialForm, request: HttpRequest) -> Any:
    upload = form.cleaned_data["file"]
    paper = papers.look(upload, ASKED) if upload else None
    return acts.add(session, city=form.adder, paper=paper, by=person(request), **form.said)


@page(*TEAM, methods=("POST",))
def remove(request: HttpRequest, slug: str, name: str, code: str) -> HttpResponse:
    """Take a file or link away."""
    own = queries.to_remove(request.user, _session(request, slug, name)).select_related("session__edition", "file")
    acts.remove(get_object_or_404(own, code=code), by=person(request))
    messages.success(request, _("Removed."))
    return redirect("conference:materials", slug, name)
