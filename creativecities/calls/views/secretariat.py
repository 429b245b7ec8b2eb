"""The Secretariat writes calls: part by part, with a preview, then publishes, extends or withdraws them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.actions import calls as actions
from creativecities.calls.compute import changes, definition, faults, instants, labels
from creativecities.calls.formats import templates
from creativecities.calls.forms import items, parts
from creativecities.calls.models import Call
from creativecities.calls.queries import calls as queries
from creativecities.calls.rules import calls as rules
from creativecities.calls.views.public import context_of
from creativecities.core.access import get_visible, page
from creativecities.core.text import fold
from creativecities.network.models import Country
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def calls(request: HttpRequest) -> HttpResponse:
    """Every call, and the way to a new one."""
    found = [queries.shown(call) for call in queries.with_all(Call.objects.visible_to(request.user))]
    reader = get_language() or "en"
    sources = [(f"template {name}", label) for name, label in templates.templates(reader).items()]
    sources += [(f"call {each.call.slug}", f"{each.title} ({each.call.slug})") for each in found]
    form = parts.NewCallForm(request.POST or None, sources=[*sources, ("nothing", _("nothing"))])
    outcome = saving.attempt(
        form,
        lambda: actions.draft_call(form.cleaned_data["slug"], _begun_with(form.cleaned_data["source"], request.user),
                                   by=person(request)),
    )  # fmt: skip
    if outcome.done:
        return redirect("calls:write", outcome.event.slug)
    context = {"rows": found, "form": form, "basis": templates.basis()}
    return render(request, "calls/secretariat_calls.html", context, status=outcome.status)


def _begun_with(source: str, person: Any) -> definition.Definition:
    kind, _space, name = source.partition(" ")
    if kind == "template":
        return templates.template(name)
    if kind == "call":
        earlier = get_visible(Call, person, slug=name)
        last = earlier.versions.first()
        said: definition.Definition = last.definition if last else earlier.next
        return said
    return definition.empty(["en", "fr"], "Europe/Paris")


@page("secretariat")
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What the next version says, what it lacks, and what differs from the published one."""
    return _call_page(request, _call(request, slug))


def _call(request: HttpRequest, slug: str) -> Any:
    return get_object_or_404(queries.with_all(Call.objects.visible_to(request.user)), slug=slug)


def _call_page(request: HttpRequest, one: Any, status: int = 200, **forms: Any) -> HttpResponse:
    reader = get_language() or "en"
    shown, last = queries.shown(one), one.newest[0] if one.newest else None
    dates = instants.instants(one.next)
    context = {
        "call": one,
        "shown": shown,
        "faults": faults.faults(one.next),
        "is_past": bool(dates.get("closes_at")) and dates["closes_at"] <= shown.now,
        "changes": changes.changes(last.definition, one.next, reader) if last else [],
        "versions": one.history,
        "parts": [(name, labels.NAMES[name]) for name in definition.PARTS],
        "lists": [_list(one, name, reader) for name in definition.LISTS],
        "release": _release_form(one),
        "extend": _extend_form(one),
        "withdraw": parts.ReasonForm(auto_id="withdraw_%s"),
        **forms,
    }
    return render(request, "calls/secretariat_call.html", context, status=status)


def _list(one: Call, name: str, reader: str) -> dict[str, Any]:
    rows = [(item["key"], changes.called(item, one.next, reader), _beside(item)) for item in one.next[name]]
    return {"name": name, "label": labels.NAMES[name], "rows": rows}


def _beside(item: definition.Item) -> Any:
    """What stands behind an item in its list: the kind of a question and its words, the weight of a criterion."""
    if "kind" in item:
        words = _("%(number)d words") % {"number": item["words"]} if item.get("words") else ""
        return " · ".join(filter(None, (str(labels.KINDS[item["kind"]]), words)))
    return str(item["weight"]) if "weight" in item else ""


def _release_form(one: Any, data: Any = None) -> parts.ReleaseForm:
    opened = {"opened": one.version}
    return parts.ReleaseForm(data, initial=opened, is_change=bool(one.newest), auto_id="release_%s")


def _extend_form(one: Any, data: Any = None) -> parts.ExtendForm:
    """In the zone of what is published: that is the clock everybody reads."""
    countries = sorted(
        ((country.pk, country.name) for country in Country.objects.all()), key=lambda pair: fold(pair[1])
    )
    zone = queries.shown(one).definition["dates"]["zone"]
    return parts.ExtendForm(data, zone=zone, countries=countries, auto_id="extend_%s")


@page("secretariat", methods=READ_OR_SEND)
def part(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Write one part of the next version, on top of the version it was opened with."""
    one = _call(request, slug)
    form = parts.FORMS[name](request.POST or None, definition=one.next, opened=one.version, item=one.next[name])
    return _saved(
        request, one, form, labels.NAMES[name],
        lambda: actions.save_part(one, name, form.item, opened=form.cleaned_data["opened"], by=person(request)),
    )  # fmt: skip


@page("secretariat", methods=READ_OR_SEND)
def item(request: HttpRequest, slug: str, name: str, key: str = "") -> HttpResponse:
    """Write one of several: a section, a question, a document, a criterion, an answer. Without a key, a new one."""
    one = _call(request, slug)
    known = definition.find(one.next, name, key) if key else None
    if key and known is None and request.method != "POST":  # what was typed comes back, with the reason
        raise Http404
    form = items.FORMS[name](
        request.POST or None, definition=one.next, opened=one.version, item=known, **_given(request)
    )
    return _saved(
        request, one, form, labels.NAMES[name],
        lambda: actions.save_item(one, name, key, form.item, opened=form.cleaned_data["opened"], by=person(request)),
    )  # fmt: skip


def _given(request: HttpRequest) -> dict[str, str]:
    """Where a new question is to stand, from the link that led here."""
    return {name: request.GET[name] for name in ("section", "block") if name in request.GET}


def _saved(request: HttpRequest, one: Call, form: parts.PartForm, heading: Any, act: Any) -> HttpResponse:
    outcome = saving.attempt(form, act, version=lambda: saving.version_of(one))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("calls:write", one.slug)
    context = {"call": one, "form": form, "heading_": heading, "conflict": outcome.conflict}
    return render(request, "calls/secretariat_part.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def arrange(request: HttpRequest, slug: str, name: str, key: str) -> HttpResponse:
    """Move an item up or down, or take it out."""
    one, act, opened = _call(request, slug), request.POST.get("act"), saving.opened(request)
    if act == "remove" and not request.POST.get("sure"):
        return _ask(request, one, name, key)
    if act == "remove":
        actions.remove_item(one, name, key, opened=opened, by=person(request))
        messages.success(request, _("Removed from the next version. Answers that were given are kept."))
    else:
        actions.move_item(one, name, key, down=act == "down", opened=opened, by=person(request))
    return redirect("calls:write", slug)


def _ask(request: HttpRequest, one: Call, name: str, key: str) -> HttpResponse:
    """Say what goes along before anything is taken out."""
    if (known := definition.find(one.next, name, key)) is None:
        raise Http404
    reader = get_language() or "en"
    going = [changes.called(each, one.next, reader) for each in definition.inside(one.next, name, key)]
    context = {"call": one, "item": changes.called(known, one.next, reader), "going": going}
    return render(request, "calls/secretariat_remove.html", context)


@page("secretariat")
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of the call as everybody would read it if the next version was published."""
    one = _call(request, slug)
    return render(
        request, "calls/call.html", {**context_of(queries.shown(one, one.next), request.user), "is_preview": True}
    )


def _is_asked(request: HttpRequest, form: Any, refusal: Any) -> bool:
    """Whether to ask first: what was typed is sound, nothing speaks against it, and nobody has said yes yet."""
    return not request.POST.get("sure") and form.is_valid() and refusal(form.cleaned_data) is None


def _ask_whether_sure(request: HttpRequest, one: Any, form: Any, heading: str) -> HttpResponse:
    """Say who will be told before anything is done. Not how many: how many files are prepared nobody knows."""
    typed = [(name, form[name].value() or "") for name in form.fields]
    context = {"call": one, "heading_": heading, "typed": typed, "is_published": bool(one.newest)}
    return render(request, "calls/secretariat_sure.html", context)


@page("secretariat", methods=("POST",))
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the next version."""
    one = _call(request, slug)
    form = _release_form(one, request.POST)
    if _is_asked(request, form, lambda given: rules.release(
        request.user, one, one.newest[0].definition if one.newest else None, given["reason"]
    )) and form.cleaned_data["opened"] == one.version:  # fmt: skip
        return _ask_whether_sure(request, one, form, _("Publish the changes") if one.newest else _("Publish the call"))
    outcome = saving.attempt(
        form,
        lambda: actions.release(one, **form.cleaned_data, by=person(request)),
        version=lambda: saving.version_of(one),
    )
    if outcome.done:
        messages.success(request, _("Published: this is what everybody reads now."))
        return redirect("calls:write", slug)
    return _call_page(request, _call(request, slug), outcome.status, release=form)


@page("secretariat", methods=("POST",))
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Give more time."""
    one = _call(request, slug)
    form = _extend_form(one, request.POST)
    if _is_asked(request, form, lambda given: rules.extend(
        request.user, one, queries.shown(one).definition, given["until"],
        instants.deadline(one.closes_at, one.more_time, given["country"]),
    )):  # fmt: skip
        return _ask_whether_sure(request, one, form, _("Extend the deadline"))
    outcome = saving.attempt(form, lambda: actions.extend(one, **form.values, by=person(request)))
    if outcome.done:
        messages.success(request, _("Extended: the page of the call says so, with the reason."))
        return redirect("calls:write", slug)
    return _call_page(request, _call(request, slug), outcome.status, extend=form)


@page("secretariat", methods=("POST",))
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a published call back."""
    one = _call(request, slug)
    form = parts.ReasonForm(request.POST, auto_id="withdraw_%s")
    if _is_asked(request, form, lambda given: rules.withdraw(request.user, one, given["reason"])):
        return _ask_whether_sure(request, one, form, _("Withdraw the call"))
    outcome = saving.attempt(form, lambda: actions.withdraw(one, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Withdrawn. Its page stays, with the reason."))
        return redirect("calls:write", slug)
    return _call_page(request, _call(request, slug), outcome.status, withdraw=form)
