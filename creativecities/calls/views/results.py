"""What reviews come to, for the Secretariat and the head of the network: a call, and a file with all its reviews."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.actions import discussions as actions
from creativecities.calls.actions import reminders
from creativecities.calls.compute.filed import filed
from creativecities.calls.compute.labels import GROUPS as GROUP_NAMES
from creativecities.calls.formats import results as formats
from creativecities.calls.forms.meetings import OpinionForm
from creativecities.calls.models import Application, Call
from creativecities.calls.queries import applications, discussions, reading, reviews
from creativecities.calls.queries import results as queries
from creativecities.calls.rules import returns
from creativecities.calls.rules.reviews import over
from creativecities.core import downloads, pages
from creativecities.core.access import get_visible, page
from creativecities.network import rules as network
from creativecities.network.models import CreativeField, Region
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

AUDIENCE = ("secretariat", "head-of-the-network")


def call_of(request: HttpRequest, slug: str) -> Call:
    """A published call; before, it has no files."""
    found = get_visible(Call, request.user, slug=slug)
    if found.opens_at is None:
        raise Http404
    return found


def _results(request: HttpRequest, slug: str) -> queries.Results:
    wanted = {name: request.GET.get(name, "") for name in ("field", "region")}
    return queries.of_call(request.user, call_of(request, slug), **wanted)


@page(*AUDIENCE)
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Both groups side by side, what is missing, and by whom. Six statements."""
    found = _results(request, slug)
    fields = {each.pk: each for each in CreativeField.objects.visible_to(request.user)}
    context = {
        "call": found.call,
        "title": found.title,
        "results": found,
        "fields": [fields[each] for each in found.definition["rules"]["fields"] if each in fields],
        "regions": Region.objects.visible_to(request.user),
        "field": request.GET.get("field", ""),
        "region": request.GET.get("region", ""),
        "reviewers": queries.completeness(request.user, found.call),
        "is_secretariat": network.is_secretariat(request.user),
    }
    return render(request, "calls/results.html", context)


@page(*AUDIENCE)
def results_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same files as CSV or JSON."""
    found = list(formats.rows(_results(request, slug)))
    if kind == "csv":
        return downloads.as_csv(found, formats.COLUMNS, name=f"results-{slug}")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    shown = found[(number - 1) * size : number * size]
    return downloads.as_json({"count": len(found), "page": number, "page_size": size, "results": shown})


@page("secretariat", methods=("POST",))
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind everybody whose reviews are missing."""
    number = reminders.remind(call_of(request, slug), by=person(request))
    messages.success(request, _("Reviewers reminded: %(number)d") % {"number": number})
    return redirect("calls:results", slug)


def file_of(request: HttpRequest, slug: str, code: str) -> Application:
    """A file in evaluation that this person may know."""
    found = queries.judged(request.user).filter(call__slug=slug, code=code).first()
    if found is None:
        raise Http404
    return found


@page(*AUDIENCE, methods=READ_OR_SEND)
def file_results(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """All reviews of a file, by group, with what they come to, and what is said of it. Ten statements."""
    one = file_of(request, slug, code)
    form = OpinionForm(request.POST or None, auto_id="opinion_%s")
    outcome = saving.attempt(form, lambda: actions.say(one, **form.cleaned_data, by=person(request)))
    if outcome.done:
        return redirect(f"{request.path}#discussion")
    context = {"opinion": form, "say_url": request.path, **_context(request, one)}
    return render(request, "calls/file_results.html", context, status=outcome.status)


def _context(request: HttpRequest, one: Application) -> dict[str, Any]:
    content = applications.handed_in(one)
    given, versions = reviews.handed_in(one), reviews.versions(one, content)
    said = reviews.said_of(given)
    definition = versions[content["call_version"]].definition
    newest = list(versions.values())[-1].definition
    return {
        "call": one.call,
        "title": reviews.title_of(newest),
        "application": one,
        "scale": newest["evaluation"]["scale"],
        "result": (result := queries.of_file(given, versions)),
        "groups": [(GROUP_NAMES[each.group], each) for each in result.groups],
        "said": [(each, reviews.points_of(each, versions)) for each in said],
        "sections": filed(definition, content, get_language() or "en"),
        "papers": reading.papers(definition, content, get_language() or "en"),
        "has_names": True,
        "opinions": discussions.spoken(one, said),
        "sent_back": reviews.sent_back(one),
        "may_send_back": not returns.of_file(request.user, one),
        "opinion_refusal": over(one) or network.only_secretariat(request.user),
    }
