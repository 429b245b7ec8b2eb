"""A file's team on its page; and a file that missed its deadline is taken into a later call."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.accounts.models import Invitation
from creativecities.calls.actions import applications as actions
from creativecities.calls.actions import team as acts
from creativecities.calls.compute.changes import called
from creativecities.calls.forms.team import InviteForm, PartForm
from creativecities.calls.models import Call, Contributor
from creativecities.calls.queries import files as queries
from creativecities.calls.queries.files import Mine
from creativecities.calls.rules import applications
from creativecities.calls.rules import team as rules
from creativecities.core.access import get_visible, page
from creativecities.core.refusal import Refusal
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("signed-in", methods=READ_OR_SEND)
def team(request: HttpRequest, code: str) -> HttpResponse:
    """Who prepares the file; its owner invites and changes."""
    one = queries.mine(request.user, code)
    act = request.POST.get("act", "")
    invite = InviteForm(request.POST if act == "invite" else None, initial={"language": get_language()})
    outcome = saving.attempt(invite, lambda: _invite(request, one, invite))
    if outcome.done:
        messages.success(request, _("The invitation is sent."))
        return redirect("calls:team", code)
    if act and act != "invite":
        return _changed(request, one, act)
    people = list(one.file.contributors.select_related("person"))
    sections = _sections(one)
    context = {
        "one": one,
        "file": one.file,
        "people": [(part, PartForm(None, part=part, sections=sections), _names(part, sections)) for part in people],
        "invitations": rules.open_invitations(one.file) if one.owns else (),
        "invite": invite,
        "may_give_up": not applications.give_up(request.user, one.file),
    }
    return render(request, "calls/team.html", context, status=outcome.status)


def _sections(one: Mine) -> list[tuple[str, str]]:
    asked = one.definition
    return [(each["key"], called(each, asked, get_language() or "en")) for each in asked["sections"]]


def _names(part: Contributor, sections: list[tuple[str, str]]) -> list[str]:
    return [label for key, label in sections if key in part.sections]


def _invite(request: HttpRequest, one: Mine, form: InviteForm) -> Invitation:
    if not ratelimit.consume(request, action="file_invite", user=request.user):
        raise Refusal(_("These are very many tries in a short time: wait a while."), code="many", status=429)
    invitation: Invitation = acts.invite(one.file, **form.cleaned_data, by=person(request))
    return invitation


def _changed(request: HttpRequest, one: Mine, act: str) -> HttpResponse:
    if act == "leave":
        acts.leave(one.file, by=person(request))
        messages.success(request, _("You have left the file."))
        return redirect("calls:files")
    if act == "give_up":
        actions.give_up(one.file, by=person(request))
    elif act == "withdraw":
        acts.withdraw_invitation(one.file, _invitation(request, one), by=person(request))
    elif (do := ACTS.get(act)) is not None:
        do(request, one, _part(request, one))
    else:
        raise Http404
    messages.success(request, _("Saved."))
    return redirect("calls:team", one.file.code)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _part(request: HttpRequest, one: Mine) -> Contributor:
    parts = one.file.contributors.select_related("person")
    found: Contributor | None = parts.filter(pk=_number(request, "part")).first()
    if found is None:
        raise Http404
    found.application = one.file
    return found


def _invitation(request: HttpRequest, one: Mine) -> Invitation:
    found = rules.open_invitations(one.file).filter(pk=_number(request, "invitation")).first()
    if found is None:
        raise Http404
    return found


def _save_part(request: HttpRequest, one: Mine, part: Contributor) -> None:
    form = PartForm(request.POST, part=part, sections=_sections(one))
    if not form.is_valid():
        raise Refusal(_("Choose one of those offered."), code="not-offered", status=422)
    if part.role == Contributor.Role.OWNER:
        acts.look_after(part, sections=form.cleaned_data["sections"], by=person(request))
    else:
        acts.change(part, **form.cleaned_data, by=person(request))


ACTS: dict[str, Callable[[HttpRequest, Mine, Contributor], Any]] = {
    "change": _save_part,
    "let_go": lambda request, _one, part: acts.let_go(part, by=person(request)),
    "hand_over": lambda request, _one, part: acts.hand_over(part, by=person(request)),
}


@page("signed-in", methods=("POST",))
def take_into(request: HttpRequest, code: str) -> HttpResponse:
    """Take a file that missed its deadline, or was not designated, into a call that is open now."""
    one = queries.mine(request.user, code)
    call = get_visible(Call, request.user, slug=request.POST.get("call", ""))
    new = acts.take_into(one.file, call, by=person(request))
    messages.success(request, _("Taken over: the answers to the questions that this call asks as well, and the team."))
    return redirect("calls:file", new.code)
