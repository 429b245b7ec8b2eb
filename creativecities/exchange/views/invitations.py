"""Invitations: written and counted before they are sent, read by host and guests, answered, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.core.access import page
from creativecities.exchange import rules as speaking
from creativecities.exchange.actions import invitations as acts
from creativecities.exchange.forms.invitations import InvitationAnswerForm, InvitationForm, WithdrawalForm
from creativecities.exchange.models import Invitation, Invitee
from creativecities.exchange.queries import invitations
from creativecities.exchange.rules import invitations as rules
from creativecities.exchange.views.initiatives import mine
from creativecities.exchange.views.needs import own_city
from creativecities.network import rules as network
from creativecities.network.views.saving import READ_OR_SEND, Outcome, attempt, person


@page("city-team")
def of_city(request: HttpRequest, slug: str) -> HttpResponse:
    """What a city was invited to, and whom it has invited."""
    city = own_city(request, slug)
    sent, received = invitations.of_city(request.user, city)
    context = {
        "city": city,
        "sent": [(each, invitations.counted(each)) for each in sent],
        "received": received,
        "refusal": speaking.speaks_for_member(request.user, city),
    }
    return render(request, "exchange/invitations.html", context)


@page("city-team", methods=READ_OR_SEND)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite cities to an initiative: first how many it reaches is shown, then it is sent."""
    one = mine(request, slug)
    form = InvitationForm(request.POST or None, one=one)
    is_sound = form.is_bound and form.is_valid()
    outcome = Outcome()
    if not is_sound or form.cleaned_data["seen"]:
        outcome = attempt(form, lambda: _send(request, form))
    if outcome.done:
        number = outcome.event.invitees.count()
        words = ngettext("Sent: %(n)s city is invited.", "Sent: %(n)s cities are invited.", number)
        messages.success(request, words % {"n": number})
        return redirect("exchange:invitation", outcome.event.pk)
    reach = invitations.reach(one, **form.whom) if is_sound else None
    context = {"one": one, "city": one.lead, "form": form, "reach": reach, "refusal": rules.invite(request.user, one)}
    return render(request, "exchange/invite.html", context, status=outcome.status)


def _send(request: HttpRequest, form: InvitationForm) -> Invitation:
    about = {name: form.cleaned_data[name] for name in ("seen", "once")}
    return acts.invite(form.one, values=form.values, whom=form.whom, **about, by=person(request))


@page("city-team", methods=READ_OR_SEND)
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation: the host sees all answers, a guest its own, and answers here."""
    one = _visible(request, pk)
    guests = _guests(request, one)
    said = next((guest for guest in guests if guest["form"].is_bound), None)
    if request.method == "POST" and said is None:
        raise Http404
    outcome = attempt(said["form"], lambda: _answer(request, **said)) if said else Outcome()
    if outcome.done:
        messages.success(request, _("Saved; the host is told."))
        return redirect("exchange:invitation", pk)
    for guest in guests:
        guest["accept_refusal"] = rules.accept(request.user, guest["invitee"])
        guest["decline_refusal"] = rules.decline(request.user, guest["invitee"])
    hosts = network.team_cities(request.user).filter(city=one.host_id).exists()
    context = {"one": one, "guests": guests, "answers": invitations.answers(one) if hosts else None}
    return render(request, "exchange/invitation.html", context, status=outcome.status)


def _guests(request: HttpRequest, one: Invitation) -> list[dict[str, Any]]:
    """The cities of this person that are invited, each with its form; the one that is sent is bound."""
    found = []
    for invitee in one.invitees.filter(city__in=network.team_cities(request.user)).select_related("city"):
        invitee.invitation = one
        slug = invitee.city.slug
        said = request.POST if request.POST.get("city") == slug else None
        form = InvitationAnswerForm(said, initial={"word": invitee.word}, auto_id=f"id_{slug}_%s")
        found.append({"invitee": invitee, "form": form})
    return found


def _answer(request: HttpRequest, invitee: Invitee, form: InvitationAnswerForm) -> Any:
    answer, word, by = form.cleaned_data["answer"], form.cleaned_data["word"], person(request)
    if answer == "decline":
        return acts.decline(invitee, word=word, by=by)
    return acts.accept(invitee, word=word, waits=answer == "wait", by=by)


@page("city-team", methods=READ_OR_SEND)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation of one's own city back, after seeing whom that concerns."""
    one = _visible(request, pk)
    if not network.team_cities(request.user).filter(city=one.host_id).exists():
        raise Http404
    form = WithdrawalForm(request.POST or None)
    outcome = attempt(form, lambda: acts.withdraw(one, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Withdrawn; all invited cities are told."))
        return redirect("exchange:invitation", pk)
    refusal = rules.withdraw(request.user, one)
    context = {"one": one, "city": one.host, "form": form, "refusal": refusal, "answers": invitations.answers(one)}
    return render(request, "exchange/withdraw.html", context, status=outcome.status)


def _visible(request: HttpRequest, pk: int) -> Invitation:
    """That of others and one that is missing give the same 404."""
    found = Invitation.objects.visible_to(request.user).select_related("host__country", "initiative__lead")
    if (one := found.filter(pk=pk).first()) is None:
        raise Http404
    return one
