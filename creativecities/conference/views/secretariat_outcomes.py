"""The Secretariat writes outcome documents, makes versions public, and opens and closes the signing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import outcomes as actions
from creativecities.conference.forms.outcomes import NewOutcomeForm, OutcomeForm
from creativecities.conference.models import Edition, Outcome
from creativecities.conference.queries import outcomes as queries
from creativecities.conference.rules import editions
from creativecities.conference.rules import outcomes as rules
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcome documents of an edition, also those that nobody else sees yet; and a new one."""
    edition = get_object_or_404(Edition, slug=slug)
    form = NewOutcomeForm(request.POST or None)
    outcome = saving.attempt(form, lambda: actions.begin(edition, form.cleaned_data["kind"], by=person(request)))
    if outcome.done:
        return redirect("conference:write_outcome", slug, outcome.event.slug)
    context = {
        "edition": edition, "edition_title": queries.said(edition.settings["about"]["title"]), "form": form,
        "rows": queries.of_edition(request.user, edition), "refusal": editions.run(request.user, edition),
    }  # fmt: skip
    return render(request, "conference/secretariat_outcomes.html", context, status=outcome.status)


@page("secretariat", methods=READ_OR_SEND)
def write(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Write a document in the languages of the site, and see how far it is."""
    one = _outcome_of(slug, name)
    words = {"title": one.title, "text": one.text}
    initial = {f"{part}_{code}": text for part, said in words.items() for code, text in said.items()}
    form = OutcomeForm(request.POST or None, initial={**initial, "opened": one.version})
    outcome = saving.attempt(
        form,
        lambda: actions.write(one, form.said("title"), form.said("text"), opened=form.cleaned_data["opened"],
                              by=person(request)),
        version=lambda: saving.version_of(one),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:write_outcome", slug, name)
    context = _standing(request, one) | {"form": form, "conflict": outcome.conflict}
    return render(request, "conference/secretariat_outcome.html", context, status=outcome.status)


def _outcome_of(slug: str, name: str) -> Outcome:
    return get_object_or_404(Outcome.objects.select_related("edition"), edition__slug=slug, slug=name)


def _standing(request: HttpRequest, one: Outcome) -> dict[str, Any]:
    """What is public of a document, and what can be done with it now."""
    versions = queries.versions(one)
    return {
        "one": one, "edition": one.edition, "versions": versions, "title": queries.said(one.title),
        "edition_title": queries.said(one.edition.settings["about"]["title"]), "state": one.STATES[one.state],
        "write": rules.write(request.user, one),
        "release": rules.release(request.user, one, versions[0] if versions else None),
        "open": rules.open_for_signing(request.user, one), "withdrawn": queries.withdrawn(one),
    }  # fmt: skip


@page("secretariat", methods=("POST",))
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Make what is written public as a version, open the signing, or close it."""
    one, by = _outcome_of(slug, name), person(request)
    acts: dict[str, Callable[[], Any]] = {
        "release": lambda: actions.release(one, opened=saving.opened(request), by=by),
        "open": lambda: actions.open_for_signing(one, by=by),
        "close": lambda: actions.close(one, by=by),
    }
    if (wanted := request.POST.get("act", "")) not in acts:
        raise Http404
    acts[wanted]()
    messages.success(request, _("Saved."))
    return redirect("conference:write_outcome", slug, name)
