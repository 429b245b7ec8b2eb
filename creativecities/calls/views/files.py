"""A city's file: begun, found among one's own, how it stands, and what it says of the city."""

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.actions import applications as actions
from creativecities.calls.actions import beginnings
from creativecities.calls.compute.definition import Definition, languages
from creativecities.calls.forms.files import BeginByMailForm, BeginForm, FactsForm
from creativecities.calls.models import Call
from creativecities.calls.queries import calls
from creativecities.calls.queries import files as queries
from creativecities.calls.rules import team as rules
from creativecities.core.access import page
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal
from creativecities.core.text import fold
from creativecities.network.compute.languages import language_name
from creativecities.network.models import Country, CreativeField
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("public", methods=READ_OR_SEND)
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a file; who has not signed in is sent a link. What is answered tells nothing of accounts and files."""
    shown = calls.shown(get_object_or_404(calls.with_all(Call.objects.visible_to(request.user)), slug=slug))
    countries = {country.pk: country for country in Country.objects.visible_to(request.user)}
    fields = {field.pk: field for field in CreativeField.objects.visible_to(request.user)}
    kind = BeginForm if request.user.is_authenticated else BeginByMailForm
    form = kind(
        request.POST or None,
        countries=sorted(((pk, one.name) for pk, one in countries.items()), key=lambda pair: fold(pair[1])),
        fields=_fields(shown.definition, fields), spoken=_spoken(shown.definition),
        **{name: request.GET.get(name, "") for name in ("country", "field")},
    )  # fmt: skip

    def act() -> Any:
        facts = {name: form.cleaned_data[name] for name in BeginForm.base_fields}
        facts |= {"country": countries[facts["country"]], "field": fields[facts["field"]]}
        return _begin(request, shown.call, facts, form.cleaned_data)

    outcome = saving.attempt(form, act)
    if outcome.done and outcome.event is not None:
        return redirect("calls:file", outcome.event.code)
    context = {"shown": shown, "call": shown.call, "form": form, "is_sent": outcome.done}
    return render(request, "calls/begin.html", context, status=outcome.status)


def _begin(request: HttpRequest, call: Call, facts: dict[str, Any], given: dict[str, Any]) -> Any:
    if request.user.is_authenticated:
        return actions.begin(call, facts, by=person(request))
    if not ratelimit.consume(request, action="begin_file"):
        raise Refusal(_("These are very many tries in a short time: wait a while."), code="many", status=429)
    if ratelimit.consume(request, action="begin_file_mail", key=given["email"].lower()):
        robot = Robot(settings.SITE["name"])
        about = {"email": given["email"], "name": given["name"], "language": get_language() or "en"}
        beginnings.invite_to_begin(call, facts, **about, by=robot)
    return None


def _fields(definition: Definition, fields: dict[str, Any]) -> list[tuple[str, str]]:
    return [(pk, one.name) for pk, one in fields.items() if pk in definition["rules"]["fields"]]


def _spoken(definition: Definition, *also: str) -> list[tuple[str, str]]:
    reader = get_language() or "en"
    return [(code, language_name(code, reader)) for code in dict.fromkeys([*languages(definition), *also])]


@page("signed-in")
def files(request: HttpRequest) -> HttpResponse:
    """The files somebody prepares, and the calls that are open."""
    rows = queries.all_mine(request.user)
    open_calls = [each for each in calls.published(request.user) if each.phase == calls.OPEN]
    return render(request, "calls/files.html", {"rows": rows, "open_calls": open_calls})


@page("signed-in")
def file(request: HttpRequest, code: str) -> HttpResponse:
    """How a file stands, whose clock decides, what is missing, who prepares it, and what happened."""
    one = queries.mine(request.user, code)
    context = {"one": one, "file": one.file, "serves": _later_calls(one, request.user)}
    return render(request, "calls/file.html", context | queries.overview(one, request.user))


def _later_calls(one: queries.Mine, person: Any) -> list[calls.Shown]:
    """The open calls into which the file can be taken."""
    if rules.serves_later(person, one.file):
        return []
    found = [each for each in calls.published(person) if each.phase == calls.OPEN]
    return [each for each in found if each.call.pk != one.file.call_id]


@page("signed-in", methods=READ_OR_SEND)
def facts(request: HttpRequest, code: str) -> HttpResponse:
    """What the file says of the city itself."""
    one = queries.mine(request.user, code)
    fields = {field.pk: field for field in CreativeField.objects.visible_to(request.user)}
    asked = one.definition
    form = FactsForm(
        request.POST or None, initial={name: getattr(one.file, name) for name in FactsForm.base_fields}
        | {"field": one.file.field_id},
        fields=_fields(asked, fields), spoken=_spoken(asked, one.file.language),
    )  # fmt: skip

    def act() -> Any:
        changed, opened = ({**said, **({"field": fields.get(said["field"])} if "field" in said else {})}
                           for said in (form.changed, form.opened))  # fmt: skip
        return actions.save_facts(one.file, changed, opened=opened, by=person(request)) if changed else True

    outcome = saving.attempt(form, act)
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:file", code)
    if outcome.conflict:
        form.put_on_top(one.file)
    context = {"one": one, "file": one.file, "form": form, "conflict": outcome.conflict}
    return render(request, "calls/facts.html", context, status=outcome.status)
