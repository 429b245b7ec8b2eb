"""Replies to needs and offers: sent once by a city, decided by the other, and what came of them asked later."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.actions.initiatives import begin, take_in
from creativecities.exchange.actions.suggestions import follow, hold
from creativecities.exchange.models import FollowUp, Initiative, Need, Reply
from creativecities.exchange.notices import replies as notices
from creativecities.exchange.rules import replies as rules
from creativecities.network.models import City

ASKED_AFTER = dt.timedelta(days=183)


@action
def send_reply(need: Need, city: City, *, why: str, brings: str, when: str, language: str, by: Person) -> Reply:
    """Answer a need or offer in a city's name, and tell those who speak for the city that posted it.

    Raises Refusal when it is closed by now, or when this city has replied before, be it a moment ago in another tab.
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    if refusal := rules.reply(by, need, city):
        raise refusal
    answer = Reply(need=need, city=city, to_city=need.city, why=why, brings=brings, when=when, language=language)
    answer.person_id, answer.person_name = by.pk, by.name
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        raise rules.replied() from None
    record("exchange.reply.sent", answer, by=by)
    follow("write", city, need.city, by=by)
    notices.sent(answer)
    return answer


@action
def contact(answer: Reply, *, by: Person) -> Event:
    """Say that the two cities talk to each other now."""
    if refusal := rules.decide(by, answer):
        raise refusal
    return _move(answer, "contact", by=by)


@action
def accept(answer: Reply, *, by: Person) -> Initiative:
    """Begin a collaboration: a draft led by the city that asked, owned by both. A later reply joins the same one.

    Half a year later both are asked whether it has worked.
    """
    if refusal := rules.decide(by, answer):
        raise refusal
    need = Need.objects.select_for_update().get(pk=answer.need_id)  # of two accepted at once the second joins
    event = _move(answer, "accept", by=by)
    follow("agree", answer.city, answer.to_city, by=by)
    one = _collaboration(need, answer, by=by)
    Reply.objects.filter(pk=answer.pk).update(initiative=one)
    due_on = event.at.date() + ASKED_AFTER
    FollowUp.objects.bulk_create(
        [FollowUp(reply=answer, city_id=city, due_on=due_on) for city in (answer.city_id, answer.to_city_id)]
    )
    return one


@action
def decline_reply(answer: Reply, *, reason: str, by: Person) -> Event:
    """Say no, with a reason that the other city reads."""
    if refusal := rules.decline_reply(by, answer):
        raise refusal
    if not reason:
        raise Refusal(_("Say why: the other city wrote to you and will read it."), code="no-reason")
    Reply.objects.filter(pk=answer.pk, state__in=states.WAITING).update(reason=reason)
    event = _move(answer, "decline", by=by)
    _leave("turn_down", answer, reason=reason, by=by)
    return event


@step
def _leave(what: str, answer: Reply, *, by: Actor, reason: str = "") -> None:
    """Two cities are out of contact, unless another reply between them still waits, be it sent at this moment."""
    hold(answer.city, answer.to_city)
    both = [answer.city_id, answer.to_city_id]
    if not Reply.objects.filter(state__in=states.WAITING, city__in=both, to_city__in=both).exists():
        follow(what, answer.city, answer.to_city, reason=reason, by=by)


def _move(answer: Reply, verb: str, *, by: Actor) -> Event:
    event = move(answer, verb, by=by)
    Reply.objects.filter(pk=answer.pk).update(moved_at=event.at)
    notices.moved(answer, event.kind.rpartition(".")[2])
    return event


def _collaboration(need: Need, answer: Reply, *, by: Person) -> Initiative:
    if one := Initiative.objects.filter(replies__need=need).order_by("pk").first():
        take_in(one, answer, by=by)
        return one
    values = {
        "kind": Initiative.Kind.COLLABORATION,
        "title": need.title,
        "summary": need.text,
        "language": need.language,
    }
    fields = sorted(need.fields.values_list("pk", flat=True))
    return begin(answer.to_city, {**values, "fields": fields, "starts_on": "", "ends_on": ""}, by=by, answer=answer)


@action
def lapse(answers: Iterable[Reply], *, by: Actor) -> None:
    """Let go what nobody has touched for long, and tell both cities."""
    for answer in answers:
        _move(answer, "lapse", by=by)
        _leave("let_go", answer, by=by)


@action
def ask_whether_it_worked(due: Iterable[FollowUp], *, by: Actor) -> None:
    """Ask the cities whose day has come."""
    for each in due:
        if FollowUp.objects.filter(pk=each.pk, asked_at=None).update(asked_at=timezone.now()):
            record("exchange.followup.asked", each, by=by)
            notices.asked(each)


@action
def say_whether_it_worked(asked: FollowUp, *, answer: str, text: str, by: Person) -> Event:
    """Answer for one's own side; it can be said anew."""
    if refusal := rules.follow_up(by, asked):
        raise refusal
    values: dict[str, Any] = {"answer": answer, "text": text, "person_id": by.pk, "person_name": by.name}
    FollowUp.objects.filter(pk=asked.pk).update(answered_at=timezone.now(), **values)
    return record("exchange.followup.answered", asked, by=by)
