"""The survey of an edition: answered by a link that works once, and its results where they are published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from creativecities.conference.actions import surveys as actions
from creativecities.conference.formats import surveys as formats
from creativecities.conference.forms.surveys import AnswerForm
from creativecities.conference.models import Edition, Survey
from creativecities.conference.queries import surveys as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import surveys as rules
from creativecities.core import downloads, pages
from creativecities.core.access import get_visible, page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND


@page("public", methods=READ_OR_SEND)
def answer(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer by the link one has got; nobody signs in for it."""
    link = queries.with_key(slug, key)
    survey, edition = link.survey, link.survey.edition
    form = AnswerForm(request.POST or None, questions=queries.questions(edition, survey.questions))
    outcome = saving.attempt(form, lambda: actions.answer(link, form.values, by=actions.SOMEBODY))
    if outcome.done:
        return redirect(f"{request.path}?thanks")
    context = {
        "edition": edition, "edition_title": said(edition.settings["about"]["title"]), "form": form, "survey": survey,
        "refusal": rules.answer(survey, link), "is_done": "thanks" in request.GET and link.has_answered,
    }  # fmt: skip
    response = render(request, "conference/survey_answer.html", context, status=outcome.status)
    response["X-Robots-Tag"] = "noindex"
    return response


@page("signed-in")
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead a participant to the link that was sent to them."""
    edition = get_visible(Edition, request.user, slug=slug)
    return redirect("conference:answer_survey", slug, queries.own(request.user, edition).key)


def _survey_of(request: HttpRequest, slug: str) -> Survey:
    return get_visible(Survey, request.user, related=("edition",), edition__slug=slug)


@page("public", cache=True)
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What those who came have said, in numbers. Two statements."""
    survey = _survey_of(request, slug)
    context = {
        "edition": survey.edition, "edition_title": said(survey.edition.settings["about"]["title"]),
        "survey": survey, "results": queries.results(survey),
    }  # fmt: skip
    return render(request, "conference/survey_results.html", context)


@page("public", cache=True)
def results_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same numbers as CSV or JSON."""
    rows = formats.rows(queries.results(_survey_of(request, slug)))
    if kind == "csv":
        return downloads.as_csv(rows, formats.COLUMNS, name=f"survey-{slug}")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    kept = rows[(number - 1) * size : number * size]
    return downloads.as_json({"count": len(rows), "page": number, "page_size": size, "results": kept})
