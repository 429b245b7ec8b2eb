"""The Secretariat makes doors, gives their addresses to phones, sees who is here, and tells all something short."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.conference.actions import announcements
from creativecities.conference.actions import doors as actions
from creativecities.conference.forms.doors import AnnouncementForm, DoorForm
from creativecities.conference.models import Announcement, Door, Edition
from creativecities.conference.queries import board as boards
from creativecities.conference.queries import doors as queries
from creativecities.conference.queries import programme
from creativecities.conference.queries.door_list import day_of
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, attempt, person

ACTS = {"close": actions.close, "open": actions.open, "renew": actions.renew}


def _edition(request: HttpRequest, slug: str) -> Edition:
    return get_visible(Edition, request.user, slug=slug)


def _around(edition: Edition) -> dict[str, Any]:
    return {"edition": edition, "title": queries.edition_title(edition)}


@page("secretariat", methods=READ_OR_SEND)
def doors(request: HttpRequest, slug: str) -> HttpResponse:
    """The doors of an edition, and a new one."""
    edition = _edition(request, slug)
    sessions = {each.slug: each for each in queries.planned(edition)}
    offered = [(slug, str(programme.title_of(each))) for slug, each in sessions.items()]
    form = DoorForm(request.POST or None, sessions=offered)
    outcome = attempt(form, lambda: actions.make(
        edition, name=form.cleaned_data["name"], session=sessions.get(form.cleaned_data["session"]), by=person(request)
    ))  # fmt: skip
    if outcome.done:
        messages.success(request, _("Made: open its address on the phones of this door."))
        return redirect("conference:desk_door", edition.slug, outcome.event.pk)
    rows = [
        (each, each.session and programme.title_of(each.session)) for each in boards.doors_of(edition, day_of(edition))
    ]
    return render(
        request, "conference/doors.html", {**_around(edition), "form": form, "rows": rows}, status=outcome.status
    )


@page("secretariat", methods=READ_OR_SEND)
def door(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One door: its address for the phones, and closing it."""
    one = get_visible(Door, request.user, related=("edition", "session"), pk=pk, edition__slug=slug)
    if act := ACTS.get(request.POST.get("act", "")):
        act(one, by=person(request))
        messages.success(request, _("Done."))
        return redirect("conference:desk_door", slug, pk)
    address = queries.address_of(one)
    context = {
        **_around(one.edition), "door": one, "address": address, "qr": queries.qr(address),
        "session": one.session and programme.title_of(one.session),
    }  # fmt: skip
    return render(request, "conference/desk_door.html", context)


@page("secretariat")
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is here now; the page looks again by itself."""
    edition = _edition(request, slug)
    context = {**_around(edition), "board": boards.board(edition), "odd": boards.to_look_at(edition)}
    template = "conference/_board.html" if request.htmx else "conference/board.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@page("secretariat", methods=READ_OR_SEND)
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Announcements of now, and a new one."""
    edition = _edition(request, slug)
    form = AnnouncementForm(request.POST or None, languages=edition.settings["languages"])
    outcome = attempt(form, lambda: announcements.tell(
        edition, text=form.cleaned_data["text"], language=form.cleaned_data["language"],
        until=timezone.now() + dt.timedelta(hours=form.cleaned_data["hours"]), by=person(request),
    ))  # fmt: skip
    if outcome.done:
        messages.success(request, _("Told: phones at the doors show it."))
        return redirect("conference:tell", slug)
    context = {**_around(edition), "form": form, "told": queries.told(edition)}
    return render(request, "conference/tell.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show an announcement no more."""
    one = get_visible(Announcement, request.user, related=("edition",), pk=pk, edition__slug=slug)
    announcements.end(one, by=person(request))
    messages.success(request, _("It is shown no more."))
    return redirect("conference:tell", slug)
