"""A city's delegation, for its team: nominated, changed, confirmed by name, replaced, withdrawn."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.actions import delegates as people
from creativecities.conference.actions import delegations as acts
from creativecities.conference.actions import needs as claims
from creativecities.conference.actions import waiting
from creativecities.conference.forms.delegations import (
    ChangeForm,
    DeclineForm,
    DelegateForm,
    NominateForm,
    WithdrawForm,
)
from creativecities.conference.forms.needs import InviteForm
from creativecities.conference.models import Delegate, Edition
from creativecities.conference.queries import delegations, editions
from creativecities.conference.queries import needs as read
from creativecities.conference.queries.delegations import Sent
from creativecities.conference.rules import registration as rules
from creativecities.conference.views import saying
from creativecities.core.access import get_visible, page
from creativecities.core.refusal import Refusal
from creativecities.exchange.views.needs import own_city
from creativecities.network import rules as network
from creativecities.network.models import City
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

TEAM = "city-team"
STARTS_WITH = ("person", "name", "latin_name", "office", "email", "gender", "bound_to")


def _sent(request: HttpRequest, slug: str, city: str) -> Sent:
    """The delegation of one's own city; that of another city and one that is missing give the same 404."""
    ours = own_city(request, city)
    return delegations.of_city(request.user, get_visible(Edition, request.user, slug=slug), ours)


def _one(sent: Sent, code: str) -> Delegate:
    found = next((each for each in sent.delegates if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _context(sent: Sent, **more: Any) -> dict[str, Any]:
    made = sent.delegation
    return {"sent": sent, "edition": made.edition, "city": made.city, "shown": editions.shown(made.edition), **more}


def _back(sent: Sent) -> HttpResponse:
    return redirect("conference:delegation", sent.delegation.edition.slug, sent.delegation.city.slug)


@page(TEAM)
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """The cities for which one registers; one alone leads on at once."""
    edition = get_visible(Edition, request.user, slug=slug)
    found = list(City.objects.editable_by(request.user).filter(pk__in=network.team_cities(request.user)))
    if len(found) == 1:
        return redirect("conference:delegation", slug, found[0].slug)
    context = {"edition": edition, "shown": editions.shown(edition), "cities": found}
    return render(request, "conference/delegations_own.html", context)


@page(TEAM, methods=READ_OR_SEND)
def delegation(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Who comes, which places are left and what is due; confirm all by name."""
    sent = _sent(request, slug, city)
    if request.method == "POST":
        if request.POST.get("act") == "come":
            acts.come_after_all(sent.delegation, by=person(request))
            messages.success(request, _("Saved. Nominate who comes."))
        else:
            acts.confirm(sent.delegation, by=person(request))
            messages.success(request, _("The delegation is confirmed by name."))
        return _back(sent)
    return render(request, "conference/delegation.html", _context(sent))


@page(TEAM, methods=READ_OR_SEND)
def nominate(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Somebody new, with or without a name."""
    sent = _sent(request, slug, city)
    form = NominateForm(request.POST or None, sent=sent, initial={"role": request.GET.get("role", "")})
    made = sent.delegation
    outcome = saving.attempt(
        form,
        lambda: acts.nominate(
            made.edition, made.city, role=form.cleaned_data["role"], values=form.values, by=person(request),
            waits=form.cleaned_data["waits"],
        ),
    )  # fmt: skip
    if outcome.done:
        is_held = outcome.event.number is not None
        messages.success(request, _("Nominated: the place is held.") if is_held else _("On the waiting list."))
        return _back(sent)
    context = _context(sent, form=form, refusal=sent.nominate)
    return render(request, "conference/delegate_new.html", context, status=outcome.status)


@page(TEAM, methods=READ_OR_SEND)
def delegate(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """Say more of somebody, or say it anew."""
    sent = _sent(request, slug, city)
    one = _one(sent, code)
    initial = _said(one, sent.delegation.version)
    form = ChangeForm(request.POST or None, sent=sent, role=one.role, now=one.person, initial=initial)
    outcome = saving.attempt(
        form,
        lambda: acts.change(one, values=form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: saving.version_of(sent.delegation),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return _back(sent)
    context = _context(sent, one=one, form=form, refusal=rules.change(request.user, one))
    return render(request, "conference/delegate.html", context, status=outcome.status)


def _said(one: Delegate, version: int) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in STARTS_WITH}
    return said | {"person": str(one.person_id or ""), "opened": version}


@page(TEAM, methods=("POST",))
def accept(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """Take a place that has fallen free."""
    sent = _sent(request, slug, city)
    waiting.accept(_one(sent, code), by=person(request))
    messages.success(request, _("Accepted: the place is yours, confirmed by name."))
    return _back(sent)


@page(TEAM, methods=READ_OR_SEND)
def needs(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """What somebody needs, in their words, and the link by which they say it themselves."""
    sent = _sent(request, slug, city)
    one = _one(sent, code)
    outcome, form = saying.said(request, one)
    if outcome.done:
        messages.success(request, _("Saved."))
        return _back(sent)
    context = _context(sent, one=one, form=form, refusal=rules.say(request.user, one))
    invite = InviteForm(initial={"language": get_language()}, auto_id="invite_%s")
    context |= {
        "invite": invite,
        "invited": rules.invite(request.user, one),
        "until": read.last_day_of(one.delegation.edition),
    }
    return render(request, "conference/delegate_needs.html", context, status=outcome.status)


@page(TEAM, methods=("POST",))
def invite(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """Send somebody without an account a link to their own address."""
    sent = _sent(request, slug, city)
    one, form = _one(sent, code), InviteForm(request.POST)
    if not form.is_valid():
        raise Http404
    if not ratelimit.consume(request, action="file_invite", user=request.user):
        raise Refusal(_("These are very many tries in a short time: wait a while."), code="many", status=429)
    claims.invite(one, language=form.cleaned_data["language"], by=person(request))
    messages.success(request, _("The invitation is sent."))
    return _back(sent)


@page(TEAM, methods=READ_OR_SEND)
def replace(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """Let somebody else come in the same place."""
    sent = _sent(request, slug, city)
    one = _one(sent, code)
    initial = {"bound_to": one.bound_to_id}
    form = DelegateForm(request.POST or None, sent=sent, role=one.role, initial=initial)
    outcome = saving.attempt(form, lambda: people.substitute(one, values=form.values, by=person(request)))
    if outcome.done:
        messages.success(request, _("Replaced: the place is the same, the badge is new."))
        return _back(sent)
    context = _context(sent, one=one, form=form, refusal=rules.substitute(request.user, one))
    return render(request, "conference/delegate_replace.html", context, status=outcome.status)


@page(TEAM, methods=READ_OR_SEND)
def withdraw(request: HttpRequest, slug: str, city: str, code: str) -> HttpResponse:
    """What it means that somebody does not come, then withdraw them."""
    sent = _sent(request, slug, city)
    one = _one(sent, code)
    bound = [each for each in sent.delegates if each.bound_to_id == one.pk and each.state != states.WITHDRAWN]
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"along": "stay"})
    if not bound:
        del form.fields["along"]
    outcome = saving.attempt(
        form, lambda: people.withdraw(one, along=form.cleaned_data.get("along") == "go", by=person(request))
    )
    if outcome.done:
        messages.success(request, _("Withdrawn: the place is free."))
        return _back(sent)
    context = _context(sent, one=one, form=form, bound=bound, refusal=rules.withdraw(request.user, one))
    return render(request, "conference/delegate_withdraw.html", context, status=outcome.status)


@page(TEAM, methods=READ_OR_SEND)
def decline(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Say that the city does not come, and why."""
    sent = _sent(request, slug, city)
    form, made = DeclineForm(request.POST or None), sent.delegation
    outcome = saving.attempt(
        form, lambda: acts.decline(made.edition, made.city, reason=form.cleaned_data["reason"], by=person(request))
    )
    if outcome.done:
        messages.success(request, _("Saved: the city does not come, and its places are free."))
        return _back(sent)
    context = _context(sent, form=form, refusal=sent.decline)
    return render(request, "conference/delegation_decline.html", context, status=outcome.status)
