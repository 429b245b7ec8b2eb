"""The meeting as each participant sees it: the file of now, or nothing for those who take no part in it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from creativecities.calls import states
from creativecities.calls.models import Application, Call, Conflict, Item, Meeting, Reviewer
from creativecities.calls.queries import results
from creativecities.calls.rules import discussions as rules

OUT = "out"
"""The tag of an item without this person: one and the same for all of them, so that not even their change is seen."""


@dataclass(frozen=True)
class Scene:
    """A meeting at a moment, for one person; `item` is there only for who takes part in it."""

    meeting: Meeting
    item: Any

    @property
    def is_open(self) -> bool:
        return self.meeting.state == states.OPEN

    @property
    def tag(self) -> str:
        """What has to change before a page shows something else."""
        if not self.is_open:
            return self.meeting.state
        return f"{self.item.pk}-{self.item.version}" if self.item else OUT


def scene(person: Any, slug: str) -> Scene | None:
    """The meeting of a call, if this person may be in it. Three statements, whatever is seen."""
    meeting = Meeting.objects.filter(call__slug=slug).select_related("call").first()
    if meeting is None or not rules.comes(person, meeting):
        return None
    heard = with_files(rules.hears(person)).filter(pk=meeting.current_id or 0).first()
    return Scene(meeting, heard)


def with_files(found: QuerySet[Item]) -> QuerySet[Item]:
    """Read along with the items."""
    return found.select_related("application__country__region", "application__field", "application__call")


def heard(person: Any, meeting: Meeting) -> QuerySet[Item]:
    """The items of a meeting in which a person takes part, by name: their order would tell of those between."""
    return with_files(rules.hears(person)).filter(meeting=meeting).order_by("application__city_name", "pk")


def agenda(person: Any, meeting: Meeting) -> list[Any]:
    """Everything on the agenda, in its order, for who leads."""
    return list(with_files(rules.hears(person)).filter(meeting=meeting))


def out_of(items: list[Any]) -> dict[int, list[Reviewer]]:
    """By file, the reviewers of the call with a conflict: they leave the room. One statement."""
    found = Conflict.objects.filter(
        application__in=[each.application_id for each in items], reviewer__state=states.ACCEPTED
    ).select_related("reviewer__person")
    rows: dict[int, dict[int, Reviewer]] = defaultdict(dict)
    for each in found:
        rows[each.application_id][each.reviewer_id] = each.reviewer
    return {pk: sorted(people.values(), key=lambda one: one.person.name) for pk, people in rows.items()}


def candidates(person: Any, call: Call) -> QuerySet[Application]:
    """The files that can be put on the agenda."""
    return results.judged(person).filter(call=call).order_by("field__position", "city_name", "pk")
