"""The Secretariat sees what an edition comes to, and has it counted when the doors have handed everything in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import figures as actions
from creativecities.conference.models import Edition, Figures
from creativecities.conference.queries import figures as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import figures as rules
from creativecities.core.access import page
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """What the edition comes to as of now; counted, it stays so."""
    edition = get_object_or_404(Edition, slug=slug)
    if request.method == "POST":
        actions.count(edition, by=person(request))
        messages.success(request, _("Counted."))
        return redirect("conference:figures", slug)
    context = {
        "edition": edition, "edition_title": said(edition.settings["about"]["title"]),
        "counted": queries.count(edition), "figures": Figures.objects.filter(edition=edition).first(),
        "refusal": rules.count(request.user, edition),
    }  # fmt: skip
    return render(request, "conference/secretariat_figures.html", context)
