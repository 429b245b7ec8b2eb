"""The Secretariat issues certificates of attendance, watches how far they are, and takes all of them at once."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import certificates as actions
from creativecities.conference.formats import certificates as formats
from creativecities.conference.models import Edition
from creativecities.conference.queries import certificates as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import certificates as rules
from creativecities.core.access import page
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may have a certificate, on what it rests, and how many papers are made."""
    edition = get_object_or_404(Edition, slug=slug)
    if request.method == "POST":
        actions.issue(edition, by=person(request))
        messages.success(request, _("Issued: their papers are made now."))
        return redirect("conference:issue_certificates", slug)
    standing = queries.standing(edition)
    context = {
        "edition": edition, "edition_title": said(edition.settings["about"]["title"]), "standing": standing,
        "refusal": rules.issue(request.user, edition, standing.waiting),
    }  # fmt: skip
    return render(request, "conference/secretariat_certificates.html", context)


@page("secretariat")
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Every certificate that is made, as one archive."""
    edition = get_object_or_404(Edition, slug=slug)
    found = formats.archive(queries.of_person(request.user, edition))
    response = FileResponse(found, as_attachment=True, filename=f"certificates-{slug}.zip")
    response["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, response)
