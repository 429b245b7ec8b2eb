"""The one door for writes.

    @action
    def open_mandate(city, *, person, role, by): ...

An action is atomic, insists on `by=`, and fails if it left no event.
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, TypeVar, cast, overload

from django.db import models, transaction
from django.utils import timezone

from creativecities.core import freshness
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal

F = TypeVar("F", bound=Callable[..., Any])
_recorded: ContextVar[list[Event] | None] = ContextVar("recorded", default=None)


class NoEvent(RuntimeError):
    """An action ended without leaving an event: a fault in the action, never in what the person did."""


@overload
def action(function: F) -> F: ...
@overload
def action(*, quiet: bool) -> Callable[[F], F]: ...
def action(function: F | None = None, *, quiet: bool = False) -> F | Callable[[F], F]:
    """Make a verb of a slice atomic and accountable.

    `quiet` says that nothing a visitor can see changes, so that kept pages stay fresh. Raises TypeError without `by=`,
    NoEvent if nothing was recorded, and whatever Refusal the verb's rule gives.
    """
    if function is None:
        return lambda verb: _accountable(verb, quiet=quiet)
    return _accountable(function, quiet=quiet)


def _accountable(function: F, *, quiet: bool) -> F:
    @functools.wraps(function)
    def verb(*args: Any, by: Actor, **kwargs: Any) -> Any:
        outer = _recorded.get()
        mine: list[Event] = []
        token = _recorded.set(mine)
        try:
            with transaction.atomic():
                result = function(*args, by=by, **kwargs)
                if not mine:
                    raise NoEvent(f"{function.__module__}.{function.__name__} left no event")
                if outer is None and not quiet:
                    freshness.raise_generation()
        finally:
            _recorded.reset(token)
        if outer is not None:
            outer.extend(mine)
        return result

    verb.is_action = True  # type: ignore[attr-defined]
    return cast(F, verb)


def step(function: F) -> F:
    """Mark a part that several verbs share: it runs only inside an action, which records the event."""

    @functools.wraps(function)
    def part(*args: Any, **kwargs: Any) -> Any:
        if _recorded.get() is None:
            raise RuntimeError(f"{function.__module__}.{function.__name__} runs only inside an action")
        return function(*args, **kwargs)

    return cast(F, part)


def record(kind: str, subject: models.Model, *, by: Actor, **facts: Any) -> Event:
    """Append an event. Only inside an action; `facts` must be JSON and hold ids rather than personal data."""
    recorded = _recorded.get()
    if recorded is None:
        raise RuntimeError(f"{kind}: an event is recorded only inside an action")
    event = Event.objects.create(
        kind=kind,
        subject_label=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_name=str(subject)[:200],
        actor_id=by.pk,
        actor_name=by.name[:200],
        at=timezone.now(),
        facts=facts,
    )
    recorded.append(event)
    return event


def record_sitting(
    kind: str, subject: models.Model, *, by: Actor, within: dt.timedelta, places: list[str]
) -> Event:  # fmt: skip
    """As `record`, but one row for what a person does to a subject in one sitting: saving as one types is one event.

    `places` are where something was done; those of the whole sitting are kept.
    """
    now = timezone.now()
    same = Event.objects.about(subject).filter(kind=kind, actor_id=by.pk, at__gt=now - within)
    last = same.first()
    if last is None:
        return record(kind, subject, by=by, places=places)
    last.at, last.facts = now, {"places": sorted({*last.facts["places"], *places})}
    Event.objects.bring_up_to_date(last)
    if (recorded := _recorded.get()) is not None:
        recorded.append(last)
    return last


def record_day(kind: str, subject: models.Model, *, by: Actor) -> Event:
    """As `record`, but one row a day without an hour, for what must not be told beside one."""
    day = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    event = Event.objects.about(subject).filter(kind=kind, actor_id=by.pk, at=day).first()
    if event is None:
        event = record(kind, subject, by=by)
        event.at = day
        Event.objects.bring_up_to_date(event)
    elif (recorded := _recorded.get()) is not None:
        recorded.append(event)
    return event


def move(thing: Any, verb: str, *, by: Actor, columns: Mapping[str, Any] | None = None, **facts: Any) -> Event:
    """Move `thing` along its slice's `states` table by one conditional UPDATE, and record the event.

    `thing.MOVES[verb]` names the source states and the target. Raises Refusal when the state is no longer one of the
    sources: somebody was faster, or the moment has passed; nothing is changed then. `columns` change in the same
    statement, where the database holds that they go with the state.
    """
    step, also = thing.MOVES[verb], columns or {}
    changed = type(thing)._base_manager.filter(pk=thing.pk, state__in=step.sources).update(state=step.target, **also)
    if not changed:
        raise Refusal(step.too_late, code="state-changed")
    source, thing.state = thing.state, step.target
    for name, value in also.items():
        setattr(thing, name, value)
    label = thing._meta.app_label, thing._meta.model_name
    return record(f"{label[0]}.{label[1]}.{step.event}", thing, by=by, source=source, target=step.target, **facts)
