"""The Secretariat prepares the survey of an edition, follows how many have answered, reads and publishes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import editions as settings
from creativecities.conference.actions import surveys as actions
from creativecities.conference.compute.labels import ASKED
from creativecities.conference.formats import surveys as formats
from creativecities.conference.forms.surveys import DaysForm
from creativecities.conference.models import Edition, Survey
from creativecities.conference.queries import surveys as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import surveys as rules
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Its questions and days; once it is closed, what was answered."""
    edition = get_object_or_404(Edition, slug=slug)
    one = Survey.objects.filter(edition=edition).first() or Survey(edition=edition)
    one.edition = edition
    initial = {"opened": one.version, "opens_on": one.opens_on, "closes_on": one.closes_on}
    form = DaysForm(request.POST or None, initial=initial)
    outcome = saving.attempt(
        form,
        lambda: actions.prepare(edition, **form.cleaned_data, by=person(request)),
        version=lambda: saving.version_of(one) if one.pk else 1,
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:lead_survey", slug)
    asked = queries.questions(edition, one.questions or None)
    context = {
        "edition": edition, "edition_title": said(edition.settings["about"]["title"]), "survey": one, "form": form,
        "conflict": outcome.conflict, "questions": [(each, ASKED[each.kind]) for each in asked],
        "refusal": rules.ready(edition), "results": queries.results(one),
    }  # fmt: skip
    return render(request, "conference/secretariat_survey.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with the questions of the default survey."""
    edition = get_object_or_404(Edition, slug=slug)
    items = formats.default(edition.settings["languages"])
    settings.begin_list(edition, "survey", items, opened=saving.opened(request), by=person(request))
    messages.success(request, _("Saved."))
    return redirect("conference:lead_survey", slug)


@page("secretariat", methods=("POST",))
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the survey before its day, publish its results, or take them from the public pages."""
    one = get_object_or_404(Survey.objects.select_related("edition"), edition__slug=slug)
    acts = {"close": actions.close, "publish": actions.publish, "withdraw": actions.withdraw}
    if (wanted := request.POST.get("act", "")) not in acts:
        raise Http404
    acts[wanted](one, by=person(request))
    messages.success(request, _("Saved."))
    return redirect("conference:lead_survey", slug)
