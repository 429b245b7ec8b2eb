"""Teams of files are told, each once: that their call has changed, and that an end comes near."""

import datetime as dt

from creativecities.calls.actions import links
from creativecities.calls.models import Application, Told
from creativecities.calls.notices import checking, endorsements, telling
from creativecities.calls.queries.telling import Change, End
from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


@action(quiet=True)
def tell_of_change(application: Application, change: Change, *, by: Actor) -> Event:
    """Tell a team what changed in its call, and why. Raises Refusal if it has been told."""
    _once(application, change.name, change.at)
    telling.changed(application, change)
    return record("calls.application.told", application, by=by, what=change.name)


@action(quiet=True)
def remind(end: End, *, by: Actor) -> Event:
    """Remind a team of the deadline, or of the end of its time for completion. Raises Refusal if it has been."""
    _once(end.application, end.name, end.until)
    if end.completion:
        checking.ends_soon(end.completion, end.name)
    else:
        telling.deadline_comes(end)
    return record("calls.application.reminded", end.application, by=by, what=end.name)


@action(quiet=True)
def remind_commission(end: End, *, by: Actor) -> Event:
    """Remind a commission of its deadline for a file. Raises Refusal if it has been."""
    _once(end.application, end.name, end.until)
    token = links.issue(end.application.call, end.application.country_id, by_secretariat=False)
    endorsements.deadline_comes(end, token)
    return record("calls.application.awaited", end.application, by=by, what=end.name)


def _once(application: Application, name: str, about: dt.datetime) -> None:
    if not Told.objects.get_or_create(application=application, name=name, about=about)[1]:
        raise Refusal(network.UNCHANGED, code="unchanged")
