"""The Secretariat issues invitation letters to all who are confirmed, and withdraws single ones."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import letters as actions
from creativecities.conference.models import Edition
from creativecities.conference.queries import letters as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import letters as rules
from creativecities.core.access import page
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Every letter and whether it holds; and letters for all who have none."""
    edition = get_object_or_404(Edition, slug=slug)
    if request.method == "POST":
        actions.issue_all(edition, by=person(request))
        messages.success(request, _("The letters are issued."))
        return redirect("conference:all_letters", slug)
    rows, pager = cut(request, queries.of_edition(edition))
    context = {
        "edition": edition, "edition_title": said(edition.settings["about"]["title"]), "rows": rows, "pager": pager,
        "refusal": rules.issue_all(request.user, edition), "confirmed": queries.confirmed(edition).count(),
    }  # fmt: skip
    return render(request, "conference/secretariat_letters.html", context)


@page("secretariat", methods=("POST",))
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let one letter hold no longer."""
    edition = get_object_or_404(Edition, slug=slug)
    letter = get_object_or_404(queries.of_edition(edition), number=number)
    actions.withdraw(letter, by=person(request))
    messages.success(request, _("The letter holds no longer."))
    return redirect("conference:all_letters", slug)
