"""What was announced: to everybody the new member cities, to those who prepared a file what was decided on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from creativecities.calls.compute.definition import languages
from creativecities.calls.formats import letters
from creativecities.calls.models import Call, Decision
from creativecities.calls.queries import announced, decisions, standing
from creativecities.calls.queries import calls as queries
from creativecities.core import pdf
from creativecities.core.access import get_visible, page
from creativecities.core.words import Words, in_language
from creativecities.network import rules as network


@page("public")
def announcement(request: HttpRequest, slug: str) -> HttpResponse:
    """The announcement of a call: its text, the designated cities, and how many there are by field and region."""
    shown = queries.shown(get_object_or_404(queries.with_all(Call.objects.visible_to(request.user)), slug=slug))
    if (one := shown.announcement) is None:
        raise Http404
    reader, fallback = get_language() or "en", languages(shown.definition)
    cities = announced.designated(shown.call)
    context = {
        "shown": shown, "announcement": one, "cities": cities, **announced.counts(cities),
        "title": Words(*in_language(one.title, reader, fallback)),
        "text": Words(*in_language(one.text, reader, fallback)),
    }  # fmt: skip
    return render(request, "calls/announcement.html", context)


def _decision_of(request: HttpRequest, code: str) -> Decision:
    """What was decided on a file, once it is announced, for those who prepared it."""
    return get_visible(
        Decision, request.user, related=letters.RELATED, application__code=code,
        application__state__in=decisions.DECIDED_ON[1:],
    )  # fmt: skip


@page("signed-in")
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """The letter of the decision as PDF, in the language of the file."""
    context, language = letters.of_decision(_decision_of(request, code))
    return pdf.offer(request, "calls/decision_paper.html", context, name=f"decision-{code}", language=language)


@page("signed-in")
def outcome(request: HttpRequest, code: str) -> HttpResponse:
    """What was decided on a file, why, and what reviewers wrote: for those who prepared it, once it is announced."""
    decision = _decision_of(request, code)
    application = decision.application
    rule = decisions.definition_of(application.call)["evaluation"]["feedback"]
    city = application.city
    context = {
        "decision": decision, "application": application, "title": decisions.title_of(application.call),
        "may_edit": city is not None and network.may_edit(request.user, city.pk),
        "feedback": standing.feedback(application, rule, is_designated=decision.is_designated),
    }  # fmt: skip
    return render(request, "calls/outcome.html", context)
