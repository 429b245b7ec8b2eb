"""What calls forget when somebody deletes their account."""

from creativecities.accounts.models import Person
from creativecities.calls.actions import reviewers
from creativecities.calls.models import (
    Answer,
    AnswerVersion,
    CallVersion,
    Comment,
    Completion,
    Document,
    Endorsement,
    Extension,
    Opinion,
    Proposal,
    Remark,
    SetAside,
    Submission,
)
from creativecities.core.action import step
from creativecities.core.actor import Actor


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Take their name from what they wrote, published, handed in and decided; that itself stays."""
    for model in (
        Answer,
        AnswerVersion,
        CallVersion,
        Comment,
        Completion,
        Document,
        Endorsement,
        Extension,
        Opinion,
        Proposal,
        Remark,
        SetAside,
        Submission,
    ):
        model._default_manager.filter(person_id=person.pk).update(person_name="")
    reviewers.forget(person, by=by)
