"""Outcome documents: everybody reads them and who signed; cities sign, and take their signature back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import outcomes as actions
from creativecities.conference.formats import outcomes as formats
from creativecities.conference.forms.outcomes import SignForm, WithdrawForm
from creativecities.conference.models import Edition, Outcome, OutcomeVersion
from creativecities.conference.queries import outcomes as queries
from creativecities.core import downloads, pdf
from creativecities.core.access import get_visible, page
from creativecities.network.compute.differences import differences
from creativecities.network.compute.languages import language_name
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("public", cache=True)
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcome documents of an edition. Three statements."""
    edition = get_visible(Edition, request.user, slug=slug)
    rows = [row for row in queries.of_edition(request.user, edition) if row["newest"]]
    context = {"edition": edition, "edition_title": queries.said(edition.settings["about"]["title"]), "rows": rows}
    return render(request, "conference/outcomes.html", context)


def _outcome_of(request: HttpRequest, slug: str, name: str) -> Outcome:
    return get_visible(Outcome, request.user, related=("edition",), edition__slug=slug, slug=name)


def _version_of(request: HttpRequest, slug: str, name: str, number: int | None = None) -> OutcomeVersion:
    """The newest version, or the one with a number; of a draft there is none yet."""
    one = _outcome_of(request, slug, name)
    version = get_object_or_404(one.versions, number=one.number if number is None else number)
    version.outcome = one
    return version


def _context(version: OutcomeVersion, **more: Any) -> dict[str, Any]:
    text = queries.said(version.text)
    return {
        "one": version.outcome, "edition": version.outcome.edition, "version": version, "text": text,
        "edition_title": queries.said(version.outcome.edition.settings["about"]["title"]),
        "title": queries.title_of(version), "signed": queries.signed(version),
        "languages": [language_name(code, text.language) for code in version.text], **more,
    }  # fmt: skip


@page("public", cache=True)
def outcome(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The newest version of a document, its versions, and the cities that signed it. Five statements."""
    version = _version_of(request, slug, name)
    context = _context(
        version, sides=queries.sides(request.user, version), versions=queries.versions(version.outcome)
    )  # fmt: skip
    return render(request, "conference/outcome.html", context)


@page("public", cache=True)
def version(request: HttpRequest, slug: str, name: str, number: int) -> HttpResponse:
    """One version: what changed since the one before it, and the cities that signed this one. Five statements."""
    shown = _version_of(request, slug, name, number)
    before = shown.outcome.versions.filter(number=number - 1).first()
    context = _context(shown, before=before)
    code = context["text"].language
    said = (before.title.get(code, ""), before.text.get(code, "")) if before else ("", "")
    context["parts"] = [
        differences(*pair) if before else []
        for pair in zip(said, (shown.title.get(code, ""), context["text"].text), strict=True)
    ]
    return render(request, "conference/outcome_version.html", context)


@page("public")
def outcome_pdf(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The newest version with its signatures as PDF, in the language of the text."""
    version = _version_of(request, slug, name)
    context = _context(version)
    return pdf.offer(request, "conference/outcome_paper.html", context, name=f"{slug}-{name}-{version.number}")


@page("public")
def outcome_data(request: HttpRequest, slug: str, name: str, kind: str) -> HttpResponse:
    """The signatures as CSV; as JSON, with the text and what its fingerprint stands for."""
    version = _version_of(request, slug, name)
    signed = queries.signed(version)
    if kind == "csv":
        return downloads.as_csv(formats.rows(version, signed), formats.COLUMNS, name=f"{slug}-{name}")
    return downloads.as_json(formats.document(version.outcome, version, signed))


def _side(request: HttpRequest, version: OutcomeVersion, city: str) -> queries.Side:
    """How a city of the reader's stands to a version. Raises Http404 for every other city."""
    found = [each for each in queries.sides(request.user, version) if each.city.slug == city]
    if not found:
        raise Http404
    return found[0]


@page("member", methods=READ_OR_SEND)
def sign(request: HttpRequest, slug: str, name: str, city: str) -> HttpResponse:
    """Sign for a city the version that was read."""
    newest = _version_of(request, slug, name)
    side = _side(request, newest, city)
    form = SignForm(request.POST or None, initial={"number": newest.number})
    outcome = saving.attempt(form, lambda: _sign(request, newest, side, form.cleaned_data["number"]))
    if outcome.done:
        messages.success(request, _("Signed for %(city)s.") % {"city": side.city.name})
        return redirect("conference:outcome", slug, name)
    context = _context(newest, side=side, form=form)
    return render(request, "conference/outcome_sign.html", context, status=outcome.status)


def _sign(request: HttpRequest, newest: OutcomeVersion, side: queries.Side, number: int) -> Any:
    read = newest if number == newest.number else get_object_or_404(newest.outcome.versions, number=number)
    return actions.sign(read, side.city, by=person(request))


@page("member", methods=READ_OR_SEND)
def withdraw(request: HttpRequest, slug: str, name: str, city: str) -> HttpResponse:
    """Take back the signature of a city, with the reason."""
    newest = _version_of(request, slug, name)
    side = _side(request, newest, city)
    if (signature := side.signature) is None:
        raise Http404
    signature.version, signature.city = newest, side.city
    form = WithdrawForm(request.POST or None)
    outcome = saving.attempt(
        form, lambda: actions.withdraw(signature, form.cleaned_data["reason"], by=person(request))
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("The signature of %(city)s is withdrawn.") % {"city": side.city.name})
        return redirect("conference:outcome", slug, name)
    context = _context(newest, side=side, form=form)
    return render(request, "conference/outcome_withdraw.html", context, status=outcome.status)
