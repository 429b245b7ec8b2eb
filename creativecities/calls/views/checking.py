"""The Secretariat checks what was handed in: the list, each file with the machine's findings, the decision."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.actions import checking as actions
from creativecities.calls.compute import checking
from creativecities.calls.compute.definition import Definition
from creativecities.calls.formats import received as formats
from creativecities.calls.forms.checking import ReceivedFilter, RejectForm, ReturnForm, WhyForm
from creativecities.calls.models import Application, Call
from creativecities.calls.queries import calls as known
from creativecities.calls.queries import checking as queries
from creativecities.calls.queries import reading, timeline
from creativecities.calls.rules import checking as rules
from creativecities.core import downloads
from creativecities.core.access import page
from creativecities.core.text import fold
from creativecities.network.forms.city import Versioned
from creativecities.network.models import CreativeField
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, person

CLOSED = states.APPLICATION["check_again"].sources


@page("secretariat")
def received(request: HttpRequest, slug: str) -> HttpResponse:
    """What was handed in in a call, with filters and numbers."""
    shown, found, filters = _received(request, slug)
    rows, pager = cut(request, found)
    context = {
        "shown": shown, "call": shown.call, "filters": filters, "rows": rows, "pager": pager,
        "numbers": queries.numbers(found), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "calls/received.html", context, status=200 if filters.is_valid() else 400)


@page("secretariat")
def received_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same list as CSV or JSON."""
    _shown, found, _filters = _received(request, slug)
    rows = [formats.as_row(each) for each in found]
    if kind == "csv":
        return downloads.as_csv(rows, formats.COLUMNS, name=f"files-{slug}")
    return downloads.as_json({"count": len(rows), "results": rows})


def _call(request: HttpRequest, slug: str) -> known.Shown:
    return known.shown(get_object_or_404(known.with_all(Call.objects.visible_to(request.user)), slug=slug))


def _received(request: HttpRequest, slug: str) -> tuple[known.Shown, Any, ReceivedFilter]:
    shown = _call(request, slug)
    found = queries.received(request.user, shown.call)
    filters = ReceivedFilter(request.GET, choices=_choices(found, shown, request.user))
    filters.is_valid()
    columns = {"state": "state", "field": "field", "region": "country__region", "country": "country"}
    wanted = {columns[name]: value for name, value in filters.cleaned_data.items() if value}
    return shown, found.filter(**wanted), filters


def _choices(found: Any, shown: known.Shown, reader: Any) -> dict[str, list[tuple[str, Any]]]:
    """Only what was handed in: countries and regions of the files that are there."""
    countries = {each.country_id: each.country for each in found}
    open_for = shown.definition["rules"]["fields"]
    regions = {each.region_id: each.region for each in countries.values()}
    return {
        "state": [(state, label) for state, label in Application.STATES.items() if state != "draft"],
        "field": [(each.pk, each.name) for each in CreativeField.objects.visible_to(reader) if each.pk in open_for],
        "region": sorted(((pk, each.name) for pk, each in regions.items()), key=lambda pair: fold(pair[1])),
        "country": sorted(((pk, each.name) for pk, each in countries.items()), key=lambda pair: fold(pair[1])),
    }


@page("secretariat", methods=READ_OR_SEND)
def received_file(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A file as it was handed in, what the machine finds in it, and what an officer decides."""
    desk = _desk(request, slug, code)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _file_page(request, desk)
    if act not in desk.acts:
        raise Http404
    form = desk.form(act, request.POST)
    outcome = saving.attempt(
        form, lambda: _decide(act, desk.file, form.cleaned_data, person(request)),
        version=lambda: saving.version_of(desk.file),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:received_file", slug, code)
    return _file_page(request, _desk(request, slug, code), {act: form}, outcome.status)


@dataclass(frozen=True)
class Desk:
    """A file on the desk of an officer: what was found, and what can be done with it now."""

    shown: known.Shown
    file: Any
    checked: list[queries.Checked]
    definition: Definition

    @property
    def acts(self) -> list[str]:
        """The names of the forms of the page."""
        aside = [f"aside-{each.finding.key}" for each in self.checked if each.hinders]
        upheld = [f"uphold-{each.finding.key}" for each in self.checked if each.set_aside]
        return ["admit", "return", "reject", "again", *aside, *upheld]

    def form(self, act: str, data: Any = None) -> Any:
        """One of them, with the version of the file that is on the page."""
        given: dict[str, Any] = {"initial": {"opened": self.file.version}, "auto_id": f"{act}_%s"}
        if act == "return":
            return ReturnForm(data, zone=self.shown.definition["dates"]["zone"], **self._places(), **given)
        kinds = {"reject": RejectForm, "aside": WhyForm}
        return kinds.get(act.partition("-")[0], Versioned)(data, **given)

    def _places(self) -> dict[str, list[Any]]:
        """What can be opened again: what the machine misses, and everything else of the file."""
        found = {
            place: f"{name}: {reason}" for each in self.checked if each.hinders for place, name, reason in each.places
        }
        others = [place for place in checking.every_place(self.definition) if place not in found]
        return {"found": [*found.items()], "others": [(each, str(queries.name_of(self.definition, each)))
                                                       for each in others]}  # fmt: skip


def _desk(request: HttpRequest, slug: str, code: str) -> Desk:
    shown = _call(request, slug)
    file = get_object_or_404(queries.received(request.user, shown.call).select_related("call"), code=code)
    submission = file.submissions.all()[0]
    return Desk(shown, file, queries.check(file), queries.definition_of(file, submission))


def _decide(act: str, file: Application, given: dict[str, Any], by: Any) -> Any:
    name, _dash, rule = act.partition("-")
    if rule:
        return (actions.set_aside if name == "aside" else actions.uphold)(file, rule, **given, by=by)
    acts: dict[str, Callable[..., Any]] = {
        "admit": actions.admit, "return": actions.return_for_completion, "reject": actions.reject,
        "again": actions.check_again,
    }  # fmt: skip
    return acts[name](file, **given, by=by)


def _file_page(
    request: HttpRequest, desk: Desk, refused: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page; of what was refused the form comes back with what was typed."""
    forms = {act: desk.form(act) for act in desk.acts} | (refused or {})
    rows = [
        (each, forms.get(f"aside-{each.finding.key}"), forms.get(f"uphold-{each.finding.key}")) for each in desk.checked
    ]
    hindering = [each.finding.key for each in desk.checked if each.hinders]
    context = {
        "shown": desk.shown, "call": desk.shown.call, "file": desk.file, "rows": rows, "forms": forms,
        "refused": next(iter((refused or {}).values()), None),
        "refusal": rules.check(request.user, desk.file),
        "not_admitted": rules.admit(request.user, desk.file, hindering),
        "not_again": rules.check_again(request.user, desk.file), "can_open_again": desk.file.state in CLOSED,
        "completion": queries.open_completion(desk.file, desk.definition),
        "moments": timeline.of(request.user, desk.file),
        "submission": desk.file.submissions.all()[0],
        "whole": reading.whole(desk.file, desk.file.submissions.all()[0].content, desk.definition), "is_set": False,
    }  # fmt: skip
    return render(request, "calls/received_file.html", context, status=status)
