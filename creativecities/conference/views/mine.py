"""What takes part does with the programme: a seat taken or given back, sessions marked, the own programme."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from creativecities.conference.actions import marks
from creativecities.conference.actions import signups as acts
from creativecities.conference.compute import listing, released
from creativecities.conference.models import Delegate, Release
from creativecities.conference.notices.releases import entry
from creativecities.conference.queries import doors, meetings, releases
from creativecities.conference.queries import signups as queries
from creativecities.conference.queries.labels import labels
from creativecities.conference.views.programme import released_of, root_of
from creativecities.core.access import page
from creativecities.core.calendars import as_calendar
from creativecities.network.views.saving import person


def _delegate(request: HttpRequest, release: Release) -> Delegate:
    """Whom one signs up: themselves or somebody of the own city; others are not there."""
    found = queries.may_act_for(request.user, release).filter(code=request.POST.get("delegate", "")).first()
    if found is None:
        raise Http404
    return found


@page("signed-in", methods=("POST",))
def sign_up(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take a seat in a session."""
    release = released_of(request, slug)
    made = acts.sign_up(queries.session_of(release, name), _delegate(request, release), by=person(request))
    told = _("The seat is yours.") if made.number else _("All seats are taken: you are on the waiting list.")
    messages.success(request, told)
    return redirect(f"{root_of(slug)}{name}/#seats")


@page("signed-in", methods=("POST",))
def give_back(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a seat back, or leave the waiting list."""
    release = released_of(request, slug)
    acts.give_back(queries.session_of(release, name), _delegate(request, release), by=person(request))
    messages.success(request, _("Given back."))
    return redirect(f"{root_of(slug)}{name}/#seats")


@page("signed-in", methods=("POST",))
def mark(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Put a session into one's own programme, or take it out."""
    session = queries.session_of(released_of(request, slug), name)
    act = marks.unmark if "not" in request.POST else marks.mark
    act(session, by=person(request))
    return redirect(f"{root_of(slug)}{name}/#seats")


@page("signed-in")
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own programme: where one speaks, has a seat, waits, or what one has marked; meetings. Eleven statements."""
    release, said = released_of(request, slug), labels()
    own = {each.row["guid"]: each for each in queries.own(request.user, release)}
    zone, own_zone = release.listing["zone"], person(request).time_zone
    key = queries.calendar_key(request.user)
    days = listing.days(
        [each.row for each in own.values()], said, zone=zone, root=root_of(slug),
        other=own_zone if own_zone != zone else "",
        further={guid: _further(each, said.reader) for guid, each in own.items()},
    )  # fmt: skip
    address = reverse("conference:my_calendar", args=[slug, key]) if key else ""
    context = {
        "edition": release.edition, "title": releases.title_of(release.edition), "days": days, "zone": zone,
        "address": f"{settings.SITE['url']}{address}" if address else "", "root": root_of(slug),
        "told": doors.told(release.edition),
        "meetings": [each for sent in meetings.of_person(request.user, release.edition) for each in meetings.own(sent)],
    }  # fmt: skip
    return render(request, "conference/my_programme.html", context)


def _further(own: queries.Own, reader: str) -> str:
    """Why a session stands there, and what of theirs is at the same time."""
    beside = ", ".join(str(released.text(row["title"], reader)) for row in own.beside)
    return " ".join([*own.why, *([_("At the same time: %(titles)s") % {"titles": beside}] if beside else [])])


@page("signed-in", methods=("POST",))
def calendar_key(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a secret address for one's calendar program, or withdraw it."""
    if "revoke" in request.POST:
        marks.revoke_calendar(by=person(request))
        messages.success(request, _("The address leads nowhere any more."))
    else:
        marks.make_calendar(by=person(request))
        messages.success(request, _("The address is made. Whoever knows it reads your programme: keep it to yourself."))
    return redirect("conference:my_programme", slug)


@page("public")
def calendar(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One's own programme for a calendar program, at its secret address."""
    holder: Any = queries.holder(key)
    if holder is None:
        raise Http404
    release = released_of(request, slug)
    entries = [entry(release, each.row, holder.language) for each in queries.own(holder, release)]
    mine = reverse("conference:my_programme", args=[slug])
    with override(holder.language):
        for sent in meetings.of_person(holder, release.edition):
            entries.extend(meetings.entries(sent, mine))
    response = as_calendar(entries, name=str(releases.title_of(release.edition)))
    response["X-Robots-Tag"] = "noindex"
    return response
