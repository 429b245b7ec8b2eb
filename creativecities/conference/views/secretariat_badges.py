"""The Secretariat prints badges: one at once, all in the background; a lost one is revoked and printed anew."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import badges as acts
from creativecities.conference.actions import reminders
from creativecities.conference.models import Badge, Delegate, Edition
from creativecities.conference.queries import badges, editions
from creativecities.conference.queries import reminders as near
from creativecities.conference.rules.editions import run
from creativecities.core import pdf
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import READ_OR_SEND, opened, person


def _delegate(request: HttpRequest, slug: str, code: str) -> Delegate:
    found = Delegate.objects.visible_to(request.user).filter(delegation__edition__slug=slug)
    return get_object_or_404(found.select_related("delegation__edition", "delegation__city"), code=code)


@page("secretariat")
def one(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The badge of a delegate that holds."""
    delegate = _delegate(request, slug, code)
    badge = Badge.objects.filter(delegate=delegate, revoked_at=None).first()
    if badge is None:
        raise Http404
    edition = delegate.delegation.edition
    context = badges.drawn(edition, [badge.pk])
    language = badges.language_of(edition)
    return pdf.offer(request, "conference/badges.html", context, name=f"badge-{code}", language=language)


@page("secretariat", methods=("POST",))
def replace(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Revoke a lost badge; the new one is printed at once."""
    delegate = _delegate(request, slug, code)
    acts.replace(delegate, reason="lost", by=person(request))
    messages.success(request, _("The old badge opens no door any more; print the new one."))
    return redirect("conference:registration", slug, delegate.delegation.city.slug)


@page("secretariat", methods=READ_OR_SEND)
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """All badges of an edition: have them printed, and see how far that is."""
    edition = get_visible(Edition, request.user, slug=slug)
    if request.method == "POST":
        acts.print_all(edition, by=person(request))
        return redirect("conference:badges", slug)
    context = {
        "edition": edition, "shown": editions.shown(edition), "number": badges.holding(edition).count(),
        "printing": badges.last(edition), "refusal": run(request.user, edition), "may_print": pdf.is_possible(),
    }  # fmt: skip
    return render(request, "conference/secretariat_badges.html", context)


@page("secretariat")
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The printed badges, sorted by city."""
    edition = get_visible(Edition, request.user, slug=slug)
    printing = badges.last(edition)
    if printing is None or printing.file is None:
        raise Http404
    response = FileResponse(printing.file.content.open("rb"), as_attachment=True, filename=f"badges-{slug}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # what is streamed has a type of its own


@page("secretariat", methods=("POST",))
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind the teams of the cities that have not answered; their number was seen before."""
    edition = get_visible(Edition, request.user, slug=slug)
    occasion = near.by_hand(edition)
    if occasion is None:
        raise Http404
    done = reminders.remind(occasion, by=person(request), seen=opened(request))
    messages.success(request, _("Reminded by mail: %(number)d people.") % {"number": done.people})
    return redirect("conference:registrations", slug)
