"""The report of a conference: everybody reads what cities share with everybody, member cities also the rest."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.conference.models import Report
from creativecities.conference.queries import reports as queries
from creativecities.conference.queries.outcomes import said
from creativecities.core import pdf
from creativecities.core.access import get_visible, page


def _context(request: HttpRequest, slug: str) -> dict[str, Any]:
    report = get_visible(Report, request.user, related=("edition",), edition__slug=slug)
    title = said(report.edition.settings["about"]["title"])
    return {"one": queries.of(request.user, report), "edition": report.edition, "edition_title": title}


@page("public", cache=True)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The report: its contents, the introduction, and each part in the order it was given. Four statements."""
    return render(request, "conference/report.html", _context(request, slug))


@page("public", cache=True)
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as PDF; of what everybody reads it is set in type once until the next change."""
    return pdf.offer(request, "conference/report_paper.html", _context(request, slug), name=f"report-{slug}")
