"""What happened to a city: every event, every version of its portrait, and the way back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import cities, portraits
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.differences import differences
from creativecities.network.compute.languages import language_name
from creativecities.network.models import City, Portrait
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, TEAM


@page(*TEAM)
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what and when, newest first; and all versions of the portrait."""
    city = saving.city_of(request, slug)
    found = Event.objects.visible_to(request.user).filter(rules.events_of([city.pk]))
    events, pager = cut(request, found, size=30)
    context = {
        "city": city,
        "saved": saving.just_saved(request, city),
        "rows": [_row(event, city) for event in events],
        "pager": pager,
        "versions": _versions(city),
    }
    return render(request, "network/history.html", context)


def _row(event: Event, city: City) -> dict[str, Any]:
    return {
        "event": event,
        "sentence": saving.sentence(event),
        "changes": saving.changes_in(event),
        "undo": saving.undo_of(event, city) if event.kind in cities.UNDOABLE else None,
    }


def _versions(city: City) -> list[dict[str, Any]]:
    reader = get_language() or "en"
    found = city.portraits.order_by("language", "-number").defer("text", "keywords", "challenges", "source")
    return [{"portrait": each, "language": language_name(each.language, reader)} for each in found]


@page(*TEAM, methods=("POST",))
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put back what was there before a change, as a new change."""
    city = saving.city_of(request, slug)
    about = Event.objects.visible_to(request.user).filter(rules.events_of([city.pk]))
    event = get_object_or_404(about, pk=pk)
    try:
        made = cities.undo(city, event, opened=saving.opened(request), by=saving.person(request))
    except Conflict as conflict:
        raise _look_first(conflict) from conflict
    return saving.saved("network:history", city, made)


def _look_first(conflict: Conflict) -> Refusal:
    return Refusal(conflict.reason, remedy=_("Look at the history of the city, then decide."), code=conflict.code)


@page(*TEAM, methods=READ_OR_SEND)
def portrait_version(request: HttpRequest, slug: str, language: str, number: int) -> HttpResponse:
    """One version of the portrait, compared with the one before it; sent back, it becomes the newest one again."""
    city = saving.city_of(request, slug)
    versions = {each.number: each for each in city.portraits.filter(language=language)}
    if number not in versions:
        raise Http404
    shown, newest = versions[number], max(versions)
    if request.method == "POST":
        return _restore(request, city, shown)
    context = {
        "city": city,
        "portrait": shown,
        "language_name": language_name(language, get_language() or "en"),
        "before": versions.get(number - 1),
        "parts": _compared(versions.get(number - 1), shown),
        "newest": newest,
    }
    return render(request, "network/portrait_version.html", context)


def _restore(request: HttpRequest, city: City, old: Portrait) -> HttpResponse:
    try:
        event = portraits.restore_portrait(old, opened=saving.opened(request), by=saving.person(request))
    except Conflict as conflict:
        raise _look_first(conflict) from conflict
    return saving.saved("network:edit_portrait", city, event, language=old.language)


def _compared(before: Portrait | None, after: Portrait) -> list[dict[str, Any]]:
    labels = {
        "text": _("Portrait"), "keywords": _("Keywords"), "challenges": _("Challenges"), "source": _("Source"),
    }  # fmt: skip
    old = (before or Portrait()).texts
    found = []
    for name, label in labels.items():
        pieces = differences(
            *(value if isinstance(value, str) else "\n".join(value) for value in (old[name], after.texts[name]))
        )
        found.append({"label": label, "pieces": pieces})
    return found
