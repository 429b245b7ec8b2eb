"""Who works for a city, as its team sees and decides it: alternative contacts are invited and leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.accounts import actions as accounts
from creativecities.core import days
from creativecities.core.access import page
from creativecities.network.actions import mandates
from creativecities.network.forms.secretariat import CloseForm, PersonForm
from creativecities.network.models import City, Mandate
from creativecities.network.queries import handover, invitations
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, TEAM

ROLE = Mandate.Role.ALTERNATIVE_CONTACT


@page(*TEAM, methods=READ_OR_SEND)
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works for the city today; invite an alternative contact."""
    city = saving.city_of(request, slug)
    form = PersonForm(request.POST or None, initial={"language": get_language()})
    outcome = saving.attempt(
        form, lambda: mandates.invite_focal_point(city, **form.cleaned_data, role=ROLE, by=saving.person(request))
    )
    if outcome.done:
        words = {"email": form.cleaned_data["email"]}
        messages.success(request, _("The invitation is on its way to %(email)s.") % words)
        return redirect("network:team", slug=slug)
    held = _held(request, city).order_by("start")
    sent = invitations.open_to(city, ROLE)
    context = {"city": city, "held": held, "role": ROLE, "invitations": sent, "form": form}
    return render(request, "network/team.html", context, status=outcome.status)


def _held(request: HttpRequest, city: City) -> Any:
    seen = Mandate.objects.visible_to(request.user).on(days.today())
    return seen.filter(city=city, role__in=Mandate.CITY_ROLES).select_related("person", "city")


@page(*TEAM, methods=("POST",))
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw an invitation that the team has sent."""
    city = saving.city_of(request, slug)
    accounts.revoke(get_object_or_404(invitations.open_to(city, ROLE), pk=pk), by=saving.person(request))
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("network:team", slug=slug)


@page(*TEAM, methods=READ_OR_SEND)
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """State what ending the mandate of an alternative contact means, then end it."""
    city = saving.city_of(request, slug)
    mandate = get_object_or_404(_held(request, city).filter(role=ROLE), pk=pk)
    form = CloseForm(request.POST or None)
    outcome = saving.attempt(
        form, lambda: mandates.close_mandate(mandate, on=form.cleaned_data["on"], by=saving.person(request))
    )
    if outcome.done:
        messages.success(request, _("The mandate is closed; the person is told by mail."))
        is_own = mandate.person_id == request.user.pk
        return redirect("portal:desk") if is_own else redirect("network:team", slug=slug)
    context = {
        "layout": "network/_team.html",
        "city": city,
        "form": form,
        **handover.consequences(mandate, "close"),
        "back": reverse("network:team", args=[slug]),
    }
    return render(request, "network/secretariat_mandate.html", context, status=outcome.status)
