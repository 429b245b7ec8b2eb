"""Everything that happened to a file, in order, as far as somebody may know it."""

from dataclasses import dataclass
from typing import Any

from creativecities.calls.models import Application
from creativecities.calls.rules.events import about_files
from creativecities.core import events
from creativecities.core.models import Event


@dataclass(frozen=True)
class Moment:
    """One thing that happened: when, who did it, and what it was."""

    at: Any
    name: str
    sentence: str


def of(person: Any, application: Application) -> list[Moment]:
    """From the first word to now: its preparation, its endorsement, its completion, its check. One statement."""
    about = about_files(Application.objects.filter(pk=application.pk))
    found = Event.objects.visible_to(person).filter(about).order_by("at", "pk")
    return [
        Moment(each.at, each.actor_name, events.sentence(
            each.kind, actor=each.actor_name, subject=each.subject_name, facts=each.facts
        )) for each in found
    ]  # fmt: skip
