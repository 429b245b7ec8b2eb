"""Who leaves a delegation, who takes their place, and who is told when an office ends."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import badges, delegations, places, signups
from creativecities.conference.models import Delegate, Delegation
from creativecities.conference.notices import delegations as notices
from creativecities.conference.rules import registration as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event

FREE: dict[str, Any] = {"number": None, "bound_to": None, "offered_until": None}


@step
def leave(going: Collection[Delegate], *, by: Actor, how: str = "withdraw") -> list[Event]:
    """Some of a delegation that is held do not come any more: places and seats fall free, no badge opens a door."""
    signups.vacate(going, by=by)
    for delegate in going:
        if delegate.state in states.STANDING:
            places.give_back(delegate.delegation)
        badges.revoke(delegate)
    return [move(delegate, how, by=by, columns=FREE) for delegate in going]


@action(quiet=True)
def withdraw(delegate: Delegate, *, along: bool, by: Person) -> Event:
    """Take somebody out of the delegation. Their interpreters go `along`, or stay without anybody; they are told."""
    sent = delegate.delegation
    delegations.hold(sent)
    delegate.refresh_from_db(fields=["state", "number"])
    if refusal := rules.withdraw(by, delegate):
        raise refusal
    interpreters = list(delegate.interpreters.exclude(state=states.WITHDRAWN))
    for interpreter in interpreters:
        interpreter.delegation = sent
        notices.interprets_no_more(interpreter, along=along)
        if not along:
            _unbind(interpreter, by=by)
    return leave([*(interpreters if along else ()), delegate], by=by)[-1]


@step
def drop_out(delegate: Delegate, *, by: Actor) -> None:
    """Who deletes their account does not come any more; the team is told without a name, and so are interpreters."""
    sent = delegate.delegation
    delegations.hold(sent)
    delegate.refresh_from_db(fields=["state", "number"])
    if delegate.state == states.WITHDRAWN:
        return  # withdrawn in this moment
    for interpreter in delegate.interpreters.exclude(state=states.WITHDRAWN):
        interpreter.delegation = sent
        notices.interprets_no_more(interpreter, along=False)
        _unbind(interpreter, by=by)
    leave([delegate], by=by)
    notices.dropped_out(delegate)


@step
def _unbind(interpreter: Delegate, *, by: Actor) -> None:
    Delegate.objects.filter(pk=interpreter.pk).update(bound_to=None)
    record("conference.delegate.unbound", interpreter, by=by)


@action(quiet=True)
def expire(sent: Delegation, *, by: Actor) -> Delegation:
    """Let the places of those go who were not confirmed by name in time: they pass to who waits, and the team is told.

    Raises Refusal when there is still time, or nobody is left to be confirmed.
    """
    delegations.hold(sent)
    going = list(sent.delegates.filter(state=states.NOMINATED))
    if refusal := rules.expire(sent, going):
        raise refusal
    for delegate in going:
        delegate.delegation = sent
    for interpreter in sent.delegates.filter(bound_to__in=going).exclude(
        state__in=(states.NOMINATED, states.WITHDRAWN)
    ):
        interpreter.delegation = sent
        notices.interprets_no_more(interpreter, along=False)
        _unbind(interpreter, by=by)
    leave(going, by=by, how="expire")
    notices.expired(sent)
    return sent


@action(quiet=True)
def substitute(old: Delegate, *, values: dict[str, Any], by: Person) -> Delegate:
    """Let somebody else come in the same place, confirmed if that was confirmed; interpreters go over to them."""
    sent = old.delegation
    delegations.hold(sent)
    old.refresh_from_db(fields=["state", "number"])
    if refusal := rules.substitute(by, old) or rules.follows(old, values):
        raise refusal
    number, was_confirmed, interpreters = old.number, old.state == states.CONFIRMED, list(old.interpreters.all())
    badges.revoke(old)
    signups.vacate([old], by=by)
    move(old, "withdraw", by=by, columns=FREE)
    new: Delegate = delegations.enter(Delegate(delegation=sent, role=old.role, number=number, replaces=old, **values))
    record("conference.delegate.replaced", old, by=by, by_delegate_id=new.pk)
    if was_confirmed:
        move(new, "confirm", by=by)
        badges.issue(new)
    Delegate.objects.filter(pk__in=[each.pk for each in interpreters]).update(bound_to=new)
    notices.replaced(old)
    return new


@action(quiet=True)
def tell_of_office(due: list[Delegate], *, by: Actor) -> None:
    """Tell teams of those who come as mayor and will not hold that office on the day. They stay in the delegation."""
    for delegate in due:
        if Delegate.objects.filter(pk=delegate.pk, told_of_office_at=None).update(told_of_office_at=timezone.now()):
            record("conference.delegate.office_ends", delegate, by=by)
            notices.office_ends(delegate)
