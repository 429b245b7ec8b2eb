"""Certificates of attendance: who came downloads theirs, and everybody can check a code."""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override

from creativecities.conference.compute import certifying
from creativecities.conference.models import Edition
from creativecities.conference.queries import certificates as queries
from creativecities.conference.queries.outcomes import said
from creativecities.core import pdf
from creativecities.core.access import get_visible, page


@page("signed-in")
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """The certificates of the reader's delegation; without one there is no such page."""
    edition = get_visible(Edition, request.user, slug=slug)
    if not (rows := list(queries.of_person(request.user, edition))):
        raise Http404
    context = {"edition": edition, "edition_title": said(edition.settings["about"]["title"]), "rows": rows}
    return render(request, "conference/certificates.html", context)


@page("signed-in")
def paper(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One certificate as PDF, in the language of its person."""
    edition = get_visible(Edition, request.user, slug=slug)
    found = queries.of_person(request.user, edition).select_related(
        "paper", "edition", "delegate__person", "delegate__delegation__city__country"
    )
    one = get_object_or_404(found, code=code)
    name = f"certificate-{slug}"
    if one.paper:
        kept = FileResponse(one.paper.content.open("rb"), as_attachment=True, filename=f"{name}.pdf")
        kept["Cache-Control"] = "private, no-store"
        return cast(HttpResponse, kept)
    language = queries.language_of(one)
    with override(language):
        context = queries.on_paper(one)
    return pdf.offer(request, "conference/certificate_paper.html", context, name=name, language=language)


@page("public")
def check(request: HttpRequest) -> HttpResponse:
    """Where a code that stands on paper is typed."""
    if typed := certifying.read_code(request.GET.get("code", "")):
        place = typed if typed.isascii() and typed.isalnum() and len(typed) <= certifying.LENGTH else "-"
        return redirect("conference:certificate", place)
    return render(request, "conference/certificate_check.html", {"one": None, "is_asked": False})


@page("public")
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate is genuine: the initials and the edition, and nothing else of anybody."""
    one = queries.with_code(code)
    context = {
        "one": one,
        "is_asked": True,
        "edition_title": said(one.edition.settings["about"]["title"]) if one else "",
    }
    return render(request, "conference/certificate_check.html", context, status=200 if one else 404)
