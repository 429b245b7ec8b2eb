"""Who discusses a file, and who takes part in the meeting: never somebody with a conflict."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from creativecities.calls import states
from creativecities.calls.models import Application, Assignment, Item, Meeting, Reviewer
from creativecities.calls.rules.decisions import prepares
from creativecities.calls.rules.evaluation import clear, in_conflict
from creativecities.calls.rules.reviews import not_with_you, over
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def has_judged(person: Any, application: str) -> Exists:
    """Whether a person has handed in a review of the file in this column, which counts."""
    mine = Assignment.objects.visible_to_reviewer(person).filter(state=states.DONE)
    return Exists(mine.filter(application=OuterRef(application)))


def voice(person: Any, application: Application) -> Reviewer | None:
    """The reviewer as whom a person speaks of a file."""
    mine = Assignment.objects.visible_to_reviewer(person).filter(application=application, state=states.DONE)
    found = mine.select_related("reviewer").first()
    return found.reviewer if found else None


def write(person: Any, application: Application) -> Refusal | None:
    """The reviewers of the file who have handed in, and the Secretariat, until the decision."""
    if refusal := over(application):
        return refusal
    if not clear(person, application) and (voice(person, application) or network.is_secretariat(person)):
        return None
    return not_with_you()


def hears(person: Any) -> QuerySet[Item]:
    """The items of meetings in which a person takes part.

    A reviewer hears of the files they have judged. What is in conflict and what was never theirs are alike: not there.
    """
    query = ~Q(in_conflict(person, "application")) & Q(Q(pk__isnull=False) if prepares(person) else Q(pk__in=()))
    return Item.objects.filter(query | Q(has_judged(person, "application")))


def comes(person: Any, meeting: Meeting) -> bool:
    """Whether a person may be in the meeting at all."""
    reads = Reviewer.objects.filter(call=meeting.call_id, person=person.pk, state=states.ACCEPTED)
    return prepares(person) or reads.filter(declared_at__isnull=False).exists()


def lead(person: Any, meeting: Meeting, *, opened: int) -> Refusal | None:
    """The Secretariat, on top of what it saw."""
    if refusal := network.only_secretariat(person):
        return refusal
    if opened != meeting.version - 1:
        return Refusal(Meeting.MOVES["open"].too_late, code="state-changed")
    return None
