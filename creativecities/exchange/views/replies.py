"""Replies to needs and offers: sent, read by the two teams, decided, and looked back on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.exchange import states
from creativecities.exchange.actions import replies as acts
from creativecities.exchange.forms.replies import DecisionForm, FollowUpForm, ReplyForm
from creativecities.exchange.models import Initiative, Reply
from creativecities.exchange.queries import replies
from creativecities.exchange.rules import replies as rules
from creativecities.exchange.views.messages import panel
from creativecities.network import rules as network
from creativecities.network.views.saving import READ_OR_SEND, attempt, person


@page("city-team", methods=READ_OR_SEND)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a need or offer in the name of one's own city."""
    need = replies.posted(pk)
    if need is None:
        raise Http404
    cities = {city.slug: city for city in replies.senders(request.user, need)}
    form = ReplyForm(request.POST or None, cities=cities.values())
    outcome = attempt(form, lambda: _send(request, need, cities, form))
    if outcome.done:
        messages.success(request, _("Sent: the team of %(city)s is told by mail.") % {"city": need.city.name})
        return redirect("exchange:received", outcome.event.pk)
    mine = next(iter(cities.values()), need.city)
    refusal = rules.reply(request.user, need, mine) if len(cities) < 2 else None
    context = {"need": need, "form": form, "refusal": refusal}
    return render(request, "exchange/reply.html", context, status=outcome.status)


def _send(request: HttpRequest, need: Any, cities: Any, form: ReplyForm) -> Reply:
    values = {name: value for name, value in form.cleaned_data.items() if name != "city"}
    return acts.send_reply(need, cities[form.cleaned_data["city"]], **values, by=person(request))


@page("city-team", methods=READ_OR_SEND)
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """One reply, for the two teams; the team that asked decides."""
    answer = Reply.objects.visible_to(request.user).select_related("city", "to_city", "need").filter(pk=pk).first()
    if answer is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    outcome = attempt(form, lambda: _decide(answer, form, request))
    if outcome.done:
        messages.success(request, _("Saved; the other city is told."))
        return redirect("exchange:received", pk)
    context = {"answer": answer, "form": form, **_around(answer, request.user), **panel(request, answer)}
    return render(request, "exchange/received.html", context, status=outcome.status)


def _around(answer: Reply, reader: Any) -> dict[str, Any]:
    """What can be done with a reply that waits; what came of one that was accepted."""
    if answer.state in states.WAITING:
        decides = network.team_cities(reader).filter(city=answer.to_city_id).exists()
        return {"decides": decides, "refusal": rules.decide(reader, answer) if decides else None}
    if answer.state != states.ACCEPTED:
        return {}
    begun = Initiative.objects.visible_to(reader).filter(replies=answer).first()
    return {"begun": begun, "asked": replies.asked_about(reader, answer)}


def _decide(answer: Reply, form: DecisionForm, request: HttpRequest) -> Any:
    verb, by = form.cleaned_data["verb"], person(request)
    if verb == "decline":
        return acts.decline_reply(answer, reason=form.cleaned_data["reason"], by=by)
    return acts.accept(answer, by=by) if verb == "accept" else acts.contact(answer, by=by)


@page("city-team", methods=READ_OR_SEND)
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for one's own city whether what was begun has worked."""
    asked = replies.follow_ups_of(request.user).filter(pk=pk, asked_at__isnull=False).first()
    if asked is None:
        raise Http404
    form = FollowUpForm(request.POST or None, initial={"answer": asked.answer, "text": asked.text})
    outcome = attempt(form, lambda: acts.say_whether_it_worked(asked, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Thank you: it helps to propose better partners."))
        return redirect("exchange:received", asked.reply_id)
    return render(request, "exchange/follow_up.html", {"asked": asked, "form": form}, status=outcome.status)
