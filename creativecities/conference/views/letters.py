"""Invitation letters: asked for by the city's team, downloaded by who is invited, and checked by their code."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from creativecities.conference.actions import letters as actions
from creativecities.conference.compute import certifying
from creativecities.conference.forms.letters import PaperForm
from creativecities.conference.models import Delegate, Edition, Letter
from creativecities.conference.queries import editions, needs
from creativecities.conference.queries import letters as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import letters as rules
from creativecities.core import pdf
from creativecities.core.access import get_visible, page
from creativecities.exchange.views.needs import own_city
from creativecities.network.views.saving import READ_OR_SEND, person


def _delegate(request: HttpRequest, slug: str, city: str, code: str) -> Delegate:
    """Somebody of one's own city's delegation; others and missing ones give the same 404."""
    ours, related = own_city(request, city), ("delegation__edition", "delegation__city")
    where = {"code": code, "delegation__city": ours, "delegation__edition__slug": slug}
    return get_visible(Delegate, request.user, related=related, **where)


@page("city-team", methods=READ_OR_SEND)
def letter(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """Ask for the letter of a delegate, and download it."""
    one = _delegate(request, slug, city, code)
    if request.method == "POST" and "issue" in request.POST:
        actions.issue(one, by=person(request))
        messages.success(request, _("The letter is issued."))
        return redirect(request.path)
    edition = one.delegation.edition
    more = {"city": one.delegation.city, "shown": editions.shown(edition), "refusal": rules.issue(request.user, one)}
    return _offered(request, one, "conference/letter.html", more)


@page("signed-in", methods=READ_OR_SEND)
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Download one's own letter."""
    edition = get_visible(Edition, request.user, slug=slug)
    one = needs.own(request.user, edition)
    more = {"city": one.delegation.city, "shown": editions.shown(edition), "is_own": True}
    return _offered(request, one, "conference/letter.html", more)


def _offered(request: HttpRequest, one: Delegate, template: str, more: dict[str, Any]) -> HttpResponse:
    """The page with the form of the paper or, where that was sent and the letter holds, the paper."""
    found = queries.of_delegate(one)
    form = PaperForm(request.POST or None, initial={"language": get_language()})
    if form.is_bound and form.is_valid() and found and found.holds:
        return _paper(request, found, **form.cleaned_data)
    context = {"edition": one.delegation.edition, "one": one, "letter": found, "form": form, **more}
    return render(request, template, context, status=409 if form.is_valid() else 422 if form.is_bound else 200)


def _paper(request: HttpRequest, found: Letter, *, language: str, passport: str) -> HttpResponse:
    with override(language):
        context = queries.on_paper(found, passport, language)
    return pdf.offer(
        request, "conference/letter_paper.html", context, name=f"letter-{found.serial}", language=language
    )  # fmt: skip


@page("public")
def check(request: HttpRequest) -> HttpResponse:
    """Where a code that stands on a letter is typed."""
    if typed := certifying.read_code(request.GET.get("code", "")):
        place = typed if typed.isascii() and typed.isalnum() and len(typed) <= certifying.LENGTH else "-"
        return redirect("conference:letter_code", place)
    return render(request, "conference/letter_check.html", {"one": None, "is_asked": False})


@page("public")
def with_code(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a letter is genuine and still holds: the initials and the edition, and nothing else of anybody."""
    one = queries.with_code(code)
    title = said(one.edition.settings["about"]["title"]) if one else ""
    context = {"one": one, "is_asked": True, "edition_title": title}
    return render(request, "conference/letter_check.html", context, status=200 if one else 404)
