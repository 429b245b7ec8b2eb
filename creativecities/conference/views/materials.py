"""Materials of a session, for those who add them: the Secretariat, and cities from which somebody speaks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import materials as acts
from creativecities.conference.forms.materials import MaterialForm
from creativecities.conference.models import Material, Session
from creativecities.conference.queries import materials as queries
from creativecities.conference.queries import programme, signups
from creativecities.conference.rules.materials import ASKED
from creativecities.conference.views.programme import released_of
from creativecities.core.access import get_visible, page
from creativecities.network.formats import papers
from creativecities.network.models import City
from creativecities.network.views.saving import READ_OR_SEND, TEAM, attempt, person


def _session(request: HttpRequest, slug: str, name: str) -> tuple[Session, list[City | None]]:
    """A released session with those for whom this person adds; for who adds for nobody there is no such page."""
    session = signups.session_of(released_of(request, slug), name)
    adders = queries.may_add(request.user, session)
    if not adders:
        raise Http404
    return session, adders


@page(*TEAM, methods=READ_OR_SEND)
def materials(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """What is there, and a form to add to it."""
    session, adders = _session(request, slug, name)
    form = MaterialForm(request.POST or None, request.FILES or None, adders=adders)
    outcome = attempt(form, lambda: _add(session, form, request))
    if outcome.done:
        messages.success(request, _("Added."))
        return redirect("conference:materials", slug, name)
    found = queries.of_session(request.user, str(session.guid))
    context = {
        "session": session, "edition": session.edition, "title": programme.title_of(session), "form": form,
        "rows": [(each, each.city in adders or None in adders) for each in found],
    }  # fmt: skip
    return render(request, "conference/materials.html", context, status=outcome.status)


def _add(session: Session, form: MaterialForm, request: HttpRequest) -> Any:
    upload = form.cleaned_data["file"]
    paper = papers.look(upload, ASKED) if upload else None
    return acts.add(session, city=form.adder, paper=paper, by=person(request), **form.said)


@page(*TEAM, methods=("POST",))
def remove(request: HttpRequest, slug: str, name: str, code: str) -> HttpResponse:
    """Take a file or link away."""
    session, _adders = _session(request, slug, name)
    related = ("session__edition", "file")
    acts.remove(get_visible(Material, request.user, related=related, session=session, code=code), by=person(request))
    messages.success(request, _("Removed."))
    return redirect("conference:materials", slug, name)
