"""A delegation's meetings: whom it wishes to meet, when it can, the timetable, and what came of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.conference.actions import meetings as acts
from creativecities.conference.forms.meetings import TimesForm, WishForm
from creativecities.conference.models import Delegation, Edition, Meeting
from creativecities.conference.queries import editions
from creativecities.conference.queries import meetings as queries
from creativecities.conference.rules import meetings as rules
from creativecities.core.access import get_visible, page
from creativecities.core.calendars import as_calendar
from creativecities.network.views.saving import READ_OR_SEND, attempt, city_of, person


def _mine(request: HttpRequest, slug: str, city: str) -> Delegation:
    """The delegation of a city for which this person speaks."""
    home = city_of(request, city)
    found = queries.delegation_of(get_visible(Edition, request.user, slug=slug), home)
    if found is None:
        raise Http404
    return found


@page("city-team", methods=READ_OR_SEND)
def meetings(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Everything about the meetings of one delegation; a wish is added here."""
    mine = _mine(request, slug, city)
    form = WishForm(request.POST or None, delegation=mine, others=queries.others(mine))
    outcome = attempt(form, lambda: acts.wish(mine, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Your wish is noted."))
        return redirect("conference:meetings", slug, city)
    return _page(request, mine, form, outcome.status)


def _page(request: HttpRequest, mine: Delegation, form: WishForm, status: int = 200, **more: Any) -> HttpResponse:
    slots = queries.slots(mine.edition)
    times = getattr(mine, "times", None)
    free = [key for key, _label in slots if times is None or key not in times.busy]
    given = {"tables": times.tables if times else 1, "free": free}
    context = {
        "mine": mine,
        "city": mine.city,
        "edition": mine.edition,
        "title": editions.shown(mine.edition).title,
        "is_willing": times is not None,
        "meetings": queries.own(mine),
        "wishes": mine.wishes.select_related("whom__city"),
        "suggested": queries.suggested(mine),
        "form": form,
        "times": TimesForm(slots=slots, initial=given),
        "refusal": rules.ask(request.user, mine),
        "outcomes": Meeting.Outcome,
        "now": timezone.now(),
        **more,
    }
    return render(request, "conference/meetings.html", context, status=status)


@page("city-team", methods=("POST",))
def times(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """When the delegation can meet."""
    mine = _mine(request, slug, city)
    form = TimesForm(request.POST, slots=queries.slots(mine.edition))
    outcome = attempt(
        form,
        lambda: acts.say_times(mine, tables=form.cleaned_data["tables"], busy=form.busy, by=person(request)),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:meetings", slug, city)
    wish = WishForm(delegation=mine, others=queries.others(mine))
    return _page(request, mine, wish, outcome.status, times=form)


@page("city-team", methods=("POST",))
def take_back(request: HttpRequest, slug: str, city: str, pk: int) -> HttpResponse:
    """Wish it no longer."""
    mine = _mine(request, slug, city)
    known = mine.wishes.select_related("of__city", "of__edition").filter(pk=pk).first()
    if known is None:
        raise Http404
    acts.take_back(known, by=person(request))
    messages.success(request, _("Your wish is taken back."))
    return redirect("conference:meetings", slug, city)


@page("city-team", methods=("POST",))
def outcome(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """What came of a meeting, in one tap; an initiative opens at once."""
    mine = _mine(request, slug, city)
    said = request.POST.get("outcome", "")
    found = next((each.meeting for each in queries.own(mine) if each.meeting.code == code), None)
    if found is None or said not in Meeting.Outcome.values:
        raise Http404
    begun = acts.say_outcome(found, mine, said, by=person(request))
    if begun:
        messages.success(request, _("The initiative is begun: write it further, then publish it."))
        return redirect("exchange:edit", begun.slug)
    messages.success(request, _("Noted: what came of the meeting."))
    return redirect("conference:meetings", slug, city)


@page("city-team")
def calendar(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """The meetings for a calendar program."""
    mine = _mine(request, slug, city)
    here = reverse("conference:meetings", args=[slug, city])
    return as_calendar(
        queries.entries(mine, here), name=_("The meetings of %(city)s at the fair") % {"city": mine.city.name}
    )
