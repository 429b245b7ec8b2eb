"""The inner pages of a field: its cities, its coordinator, and what the coordinator tells them all."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext

from creativecities.core import language
from creativecities.core.access import page
from creativecities.exchange import actions, rules
from creativecities.exchange.forms import AnnouncementForm
from creativecities.exchange.models import Announcement
from creativecities.exchange.queries import calendar, openings, subnetworks
from creativecities.network.models import CreativeField
from creativecities.network.views.saving import READ_OR_SEND, attempt, person

SHOWN = 50


@page("member")
def subnetwork(request: HttpRequest, slug: str) -> HttpResponse:
    """The cities of a field among themselves; for everybody else this page does not exist."""
    field = _field(request, slug)
    said = Announcement.objects.visible_to(request.user).filter(field=field).select_related("city")
    context = {
        "field": field,
        "leaders": subnetworks.leaders(field),
        "announcements": said[:SHOWN],
        "members": subnetworks.members(field, language.short(get_language() or "en")),
        "may_announce": rules.announce(request.user, field) is None,
        "opportunities": openings.opened({"field": slug}),
        "dates": calendar.shared(slug, request.user),
    }
    return render(request, "exchange/subnetwork.html", context)


@page("member", methods=READ_OR_SEND)
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to all cities of the field: first whom it reaches is shown, then it is sent."""
    field = _field(request, slug)
    if rules.announce(request.user, field):
        raise Http404
    form = AnnouncementForm(request.POST or None)
    reach = subnetworks.reach(field)
    context = {"field": field, "form": form, "reach": reach}
    if form.is_bound and form.is_valid() and not form.cleaned_data["sure"]:
        return render(request, "exchange/announce.html", {**context, "seen": form.cleaned_data})
    values = {key: value for key, value in getattr(form, "cleaned_data", {}).items() if key != "sure"}
    outcome = attempt(form, lambda: actions.announce(field, **values, by=person(request)))
    if not outcome.done:
        return render(request, "exchange/announce.html", context, status=outcome.status)
    number = outcome.event.people
    words = ngettext(
        "The announcement is on its way to %(n)s person.", "The announcement is on its way to %(n)s people.", number
    )
    messages.success(request, words % {"n": number})
    return redirect("exchange:subnetwork", slug)


def _field(request: HttpRequest, slug: str) -> CreativeField:
    """A field this person belongs to; another one and a missing one are the same 404."""
    if (field := rules.subnetworks(request.user).filter(pk=slug).first()) is None:
        raise Http404
    return field
