"""The Secretariat writes what an edition is run by: part by part, each on top of the version it was opened with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference.actions import editions as actions
from creativecities.conference.compute import definition, when
from creativecities.conference.compute.labels import NAMES
from creativecities.conference.forms import editions as forms
from creativecities.conference.models import Edition
from creativecities.conference.queries import cities
from creativecities.conference.queries import editions as queries
from creativecities.core.access import get_visible, page
from creativecities.core.words import in_language
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat")
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What is written once, what there are several of, and who hosts it."""
    edition = get_visible(Edition, request.user, slug=slug)
    return _settings_page(request, edition)


def _settings_page(request: HttpRequest, edition: Edition, status: int = 200, **given: Any) -> HttpResponse:
    shown = queries.shown(edition)
    context = {
        "shown": shown,
        "parts": [(name, NAMES[name]) for name in definition.PARTS],
        "lists": [{"name": name, "label": NAMES[name], "rows": _rows(edition, name)} for name in definition.LISTS],
        "hosts": _hosts_form(shown),
        **given,
    }
    return render(request, "conference/settings.html", context, status=status)


def _rows(edition: Edition, name: str) -> list[tuple[str, str]]:
    return [(item["key"], _called(edition, item)) for item in definition.listed(edition.settings, name)]


def _called(edition: Edition, item: dict[str, Any]) -> str:
    words = item.get("label") or item.get("name") or {}
    return in_language(words, get_language() or "en", edition.settings["languages"])[0] or str(item["key"])


def _hosts_form(shown: queries.Shown, data: Any = None) -> forms.HostsForm:
    now = [host.city.slug for host in shown.hosts if host.city]
    initial = dict(zip(("first", "second", "third"), now, strict=False))
    return forms.HostsForm(data, cities=cities.choices(cities.members()), initial=initial)


@page("secretariat", methods=READ_OR_SEND)
def part(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Write one part, on top of the version it was opened with."""
    edition = get_visible(Edition, request.user, slug=slug)
    said = when.said(edition) if name == "when" else definition.part(edition.settings, name)
    form = _form(request, edition, name, said)
    return _saved(
        request, edition, form, name,
        lambda: actions.save_part(
            edition, name, form.item, opened=form.cleaned_data["opened"],
            reason=form.cleaned_data.get("reason", "") if name == "when" else "", by=person(request),
        ),
    )  # fmt: skip


@page("secretariat", methods=READ_OR_SEND)
def item(request: HttpRequest, slug: str, name: str, key: str = "") -> HttpResponse:
    """Write one place or field of the form. Without a key, a new one."""
    edition = get_visible(Edition, request.user, slug=slug)
    known = definition.find(edition.settings, name, key) if key else None
    if key and known is None and request.method != "POST":  # what was typed comes back, with the reason
        raise Http404
    form = _form(request, edition, name, known)
    return _saved(
        request, edition, form, name,
        lambda: actions.save_item(
            edition, name, key, form.item, opened=form.cleaned_data["opened"], by=person(request)
        ),
    )  # fmt: skip


def _form(request: HttpRequest, edition: Edition, name: str, said: dict[str, Any] | None) -> forms.PartForm:
    codes = edition.settings["languages"]
    return forms.FORMS[name](request.POST or None, codes=codes, opened=edition.version, item=said)


def _saved(request: HttpRequest, edition: Edition, form: forms.PartForm, name: str, act: Any) -> HttpResponse:
    outcome = saving.attempt(form, act, version=lambda: saving.version_of(edition))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:settings", edition.slug)
    context = {"edition": edition, "form": form, "heading_": NAMES[name], "conflict": outcome.conflict}
    return render(request, "conference/settings_part.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def arrange(request: HttpRequest, slug: str, name: str, key: str) -> HttpResponse:
    """Move an item up or down, or take it out, once one has said that it is meant."""
    edition = get_visible(Edition, request.user, slug=slug)
    act, opened = request.POST.get("act"), saving.opened(request)
    if act == "remove" and not request.POST.get("sure"):
        if (known := definition.find(edition.settings, name, key)) is None:
            raise Http404
        context = {"edition": edition, "item": _called(edition, known)}
        return render(request, "conference/settings_remove.html", context)
    if act == "remove":
        actions.remove_item(edition, name, key, opened=opened, by=person(request))
        messages.success(request, _("Removed."))
    else:
        actions.move_item(edition, name, key, down=act == "down", opened=opened, by=person(request))
    return redirect("conference:settings", slug)


@page("secretariat", methods=("POST",))
def hosts(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down which member cities host the edition."""
    edition = get_visible(Edition, request.user, slug=slug)
    form = _hosts_form(queries.shown(edition), request.POST)
    outcome = saving.attempt(form, lambda: actions.name_hosts(edition, cities.called(form.slugs), by=person(request)))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:settings", slug)
    return _settings_page(request, edition, outcome.status, hosts=form)
