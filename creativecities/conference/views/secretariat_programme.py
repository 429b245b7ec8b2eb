"""The Secretariat's desk of the programme: rooms and sessions, the plan as a grid, who speaks, what clashes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from creativecities.conference.actions import programme as acts
from creativecities.conference.compute import grid
from creativecities.conference.forms.programme import MoveForm, RoomForm, SessionForm, SpeakerForm, on_the_wall
from creativecities.conference.models import Delegate, Edition, Session
from creativecities.conference.queries import programme as queries
from creativecities.conference.rules import programme as rules
from creativecities.core.access import get_visible, page
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


def edition_of(request: HttpRequest, slug: str) -> Edition:
    """The edition at this address."""
    return get_visible(Edition, request.user, slug=slug)


@page("secretariat")
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan day by day, what clashes, and where the speakers come from. Ten statements, however much is planned."""
    return _plan_page(request, edition_of(request, slug))


def _plan_page(request: HttpRequest, edition: Edition, form: MoveForm | None = None, status: int = 200) -> HttpResponse:
    found = queries.plan(edition)
    keys = [room.key for room in found.rooms]
    context = {
        "edition": edition, "plan": found,
        "days": grid.days(queries.days_of(edition), found.parts, keys, edition.zone),
        "rooms": [(room, queries.name_of(room)) for room in found.rooms],
        "unplaced": [each for each in found.parts if not each.starts_at],
        "clashing": {slug for clash in found.clashes for slug in clash.slugs},
        "balance": queries.balance(found), "refusal": rules.plan(request.user, edition),
        "form": form or MoveForm(edition=edition, sessions=found.sessions),
    }  # fmt: skip
    return render(request, "conference/secretariat_programme.html", context, status=status)


@page("secretariat", methods=("POST",))
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """A session goes into another room or hour: dragged, by the keyboard, or by the form."""
    edition = edition_of(request, slug)
    sessions = list(edition.sessions.planned())
    form = MoveForm(request.POST, edition=edition, sessions=sessions)

    def put() -> Any:
        given, moved = form.cleaned_data, next(each for each in sessions if each.slug == form.slug)
        try:
            return acts.move_session(
                moved, room=given["room"], starts_at=given["starts_at"], opened=form.opened, by=person(request)
            )
        except Conflict as conflict:
            words = {"name": conflict.by_name, "title": queries.title_of(moved)}
            text = _("%(name)s changed “%(title)s” after you had opened this page. Look at it, then move it again.")
            raise Refusal(text % words, code="state-changed") from None

    outcome = saving.attempt(form, put)
    if outcome.done:
        return redirect(f"{reverse('conference:plan', args=[slug])}#s-{form.slug}")
    return _plan_page(request, edition, form, outcome.status)


@page("secretariat", methods=READ_OR_SEND)
def room(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """A room, or with no key a new one."""
    edition = edition_of(request, slug)
    one = get_object_or_404(edition.rooms.all(), key=key) if key else None
    kept = {name: getattr(one, name) for name in ("name", "place", "capacity", "languages")} if one else {}
    form = RoomForm(request.POST or None, edition=edition, kept={**kept, "opened": one.version if one else 0})
    if one:
        outcome = saving.attempt(
            form, lambda: acts.edit_room(one, form.item, **form.on_top, by=person(request)),
            version=lambda: saving.version_of(one),
        )  # fmt: skip
    else:
        outcome = saving.attempt(form, lambda: acts.add_room(edition, form.item, by=person(request)))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:plan", slug)
    context = {
        "edition": edition, "form": form, "conflict": outcome.conflict, "refusal": rules.plan(request.user, edition),
        "heading_": queries.name_of(one) if one else _("New room"),
    }  # fmt: skip
    return render(request, "conference/secretariat_room.html", context, status=outcome.status)


KEPT = ("title", "abstract", "kind", "room", "language", "interpretation", "admits", "field", "seats", "note")


@page("secretariat", methods=READ_OR_SEND)
def new_session(request: HttpRequest, slug: str) -> HttpResponse:
    """A further session of the draft."""
    edition = edition_of(request, slug)
    form = SessionForm(request.POST or None, edition=edition, kept={"language": edition.settings["languages"][0]})
    outcome = saving.attempt(form, lambda: acts.plan_session(edition, form.item, by=person(request)))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:plan_session", slug, outcome.event.slug)
    context = {"edition": edition, "form": form, "refusal": rules.plan(request.user, edition)}
    return render(request, "conference/secretariat_session.html", context, status=outcome.status)


def session_of(edition: Edition, name: str) -> Session:
    """A session of the draft, also one that was dropped."""
    return get_object_or_404(edition.sessions.select_related("room", "field", "edition"), slug=name)


@page("secretariat", methods=READ_OR_SEND)
def session(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One session of the draft: what it is, where and when, who speaks."""
    edition = edition_of(request, slug)
    one = session_of(edition, name)
    form = SessionForm(request.POST or None, edition=edition, kept=_kept(one))
    outcome = saving.attempt(
        form, lambda: acts.edit_session(one, form.item, **form.on_top, by=person(request)),
        version=lambda: saving.version_of(one),
    )  # fmt: skip
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:plan_session", slug, name)
    return _session_page(request, one, form, outcome)


def _kept(one: Session) -> dict[str, Any]:
    zone = one.edition.zone
    walls = {each: on_the_wall(getattr(one, each), zone) for each in ("starts_at", "ends_at")}
    return {**{each: getattr(one, each) for each in KEPT}, **walls, "opened": one.version}


def _session_page(
    request: HttpRequest, one: Session, form: SessionForm, outcome: saving.Outcome, **more: Any
) -> HttpResponse:
    found = queries.plan(one.edition)
    context = {
        "edition": one.edition, "form": form, "session": one, "title": queries.title_of(one),
        "conflict": outcome.conflict, "refusal": rules.plan(request.user, one.edition),
        "speakers": one.speakers.select_related("delegate__delegation__city"),
        "contributions": one.contributions.select_related("case__city", "case__initiative"),
        "speaker": SpeakerForm(delegates=queries.able_to_speak(one.edition)), "balance": queries.balance(found),
        "clashes": [clash for clash in found.clashes if one.slug in clash.slugs], **more,
    }  # fmt: skip
    return render(request, "conference/secretariat_session.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def speaker(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Somebody is named as speaking."""
    one = session_of(edition_of(request, slug), name)
    form = SpeakerForm(request.POST, delegates=queries.able_to_speak(one.edition))
    outcome = saving.attempt(form, lambda: acts.name_speaker(one, form.cleaned_data["delegate"], by=person(request)))
    if outcome.done:
        return redirect(f"{reverse('conference:plan_session', args=[slug, name])}#speakers")
    return _session_page(request, one, SessionForm(edition=one.edition, kept=_kept(one)), outcome, speaker=form)


@page("secretariat", methods=("POST",))
def no_speaker(request: HttpRequest, slug: str, name: str, code: str) -> HttpResponse:
    """Somebody does not speak any more."""
    one = session_of(edition_of(request, slug), name)
    acts.take_speaker_out(one, get_object_or_404(Delegate.objects.all(), code=code), by=person(request))
    return redirect(f"{reverse('conference:plan_session', args=[slug, name])}#speakers")


@page("secretariat", methods=("POST",))
def drop(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A session leaves the draft, or comes back."""
    one = session_of(edition_of(request, slug), name)
    if "again" in request.POST:
        acts.plan_again(one, by=person(request))
    else:
        acts.drop_session(one, by=person(request))
    return redirect("conference:plan", slug)
