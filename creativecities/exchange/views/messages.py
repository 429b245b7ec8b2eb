"""Conversations of cities: under the thing they are about, as a whole, and all those of a person."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core import bookmarks
from creativecities.core.access import get_visible, page
from creativecities.core.refusal import Refusal
from creativecities.exchange.actions import messages as acts
from creativecities.exchange.forms.messages import MessageForm
from creativecities.exchange.models import Message, Reply
from creativecities.exchange.queries import messages as queries
from creativecities.exchange.queries.messages import Conversation
from creativecities.exchange.rules import messages as rules
from creativecities.exchange.rules.messages import Thing
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND, attempt, person


@page("city-team")
def conversations(request: HttpRequest) -> HttpResponse:
    """All conversations of a person's teams, the latest first. Two statements, whatever their number."""
    found, pager = cut(request, queries.of(request.user), size=30)
    context = {"rows": [queries.line(row) for row in found], "pager": pager}
    return render(request, "exchange/conversations.html", context)


@page("city-team", methods=READ_OR_SEND)
def about_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything two cities wrote to each other about a reply."""
    return _whole(request, get_visible(Reply, request.user, pk=pk))


@page("city-team", methods=READ_OR_SEND)
def about_initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the cities of an initiative wrote to each other about it."""
    return _whole(request, queries.initiative(request.user, slug))


@page("city-team", methods=READ_OR_SEND)
def about_invitee(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything host and guest wrote to each other about an invitation; other guests do not see it."""
    return _whole(request, queries.invitee(request.user, pk))


def _whole(request: HttpRequest, thing: Thing | None) -> HttpResponse:
    if thing is None or (talk := queries.conversation(request.user, thing)) is None:
        raise Http404
    form = MessageForm(request.POST or None, cities=talk.mine)
    outcome = attempt(form, lambda: _write(request, talk, form))
    if outcome.done:
        messages.success(request, _("Sent: the teams of the other cities are told."))
        return redirect(queries.address(thing))
    said, pager = cut(request, talk.said, size=30)
    context = {**_around(request, talk, list(said)), "message_form": form, "pager": pager}
    return render(request, "exchange/conversation.html", context, status=outcome.status)


def _write(request: HttpRequest, talk: Conversation, form: MessageForm) -> Any:
    if not ratelimit.consume(request, action="message", user=request.user):
        raise Refusal(_("These are very many messages in a short time: wait a few minutes."), code="many", status=429)
    values = {name: value for name, value in form.cleaned_data.items() if name != "city"}
    city = next(each for each in talk.mine if each.slug == form.cleaned_data["city"])
    try:
        return acts.write(talk.thing, city, **values, by=person(request))
    except Refusal as refusal:
        if refusal.code != acts.SENT_BEFORE:
            raise
        return None  # a second click: what it wanted is done


def panel(request: HttpRequest, thing: Thing) -> dict[str, Any]:
    """The conversation on the page of its thing; nothing for who takes no part, or has nobody to talk to."""
    if not request.user.is_authenticated or (talk := queries.conversation(request.user, thing)) is None:
        return {}
    said = list(talk.said[: queries.SHOWN + 1])
    if not said and len(talk.sides) < 2:
        return {}
    around = _around(request, talk, said[: queries.SHOWN])
    return {**around, "message_form": MessageForm(cities=talk.mine), "has_more": len(said) > queries.SHOWN}


def _around(request: HttpRequest, talk: Conversation, said: list[Any]) -> dict[str, Any]:
    return {
        "talk": talk,
        "said": said,
        "newest": said[0] if any(each.is_new for each in said) else None,
        "title": queries.title(talk.thing),
        "home": queries.address(talk.thing),
        "whole": queries.whole(talk.thing),
        "write_refusal": rules.write(request.user, talk.sides, talk.mine[0]),
    }


@page("city-team", methods=("POST",))
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything up to this message was read by this person."""
    said = _one(request, pk)
    thing = queries.thing_of(said)
    bookmarks.put(person(request), thing, said.pk)
    return HttpResponse() if request.headers.get("HX-Request") else redirect(queries.address(thing))


@page("city-team", methods=("POST",))
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a message of one's own back."""
    said = _one(request, pk)
    acts.take_back(said, by=person(request))
    messages.success(request, _("Taken back: its words are gone. Mails that have left already cannot be called back."))
    return redirect(queries.address(queries.thing_of(said)))


def _one(request: HttpRequest, pk: int) -> Message:
    return get_visible(Message, request.user, pk=pk)
