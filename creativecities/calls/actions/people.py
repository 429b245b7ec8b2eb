"""What calls forget when somebody deletes their account."""

from creativecities.accounts.models import Person
from creativecities.calls.actions import reviewers
from creativecities.calls.models import (
    Answer,
    AnswerVersion,
    CallVersion,
    Completion,
    Contributor,
    Document,
    Endorsement,
    Extension,
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
        Completion,
        Document,
        Endorsement,
        Extension,
        Proposal,
        Remark,
        SetAside,
        Submission,
    ):
        model._default_manager.filter(person_id=person.pk).update(person_name="")
    _leave_files(person)
    reviewers.forget(person, by=by)


def _leave_files(person: Person) -> None:
    """The longest-standing editor owns what somebody leaves behind; what nobody prepares any more goes by rule."""
    left = list(Contributor.objects.filter(person=person))
    Contributor.objects.filter(person=person).delete()
    for part in left:
        if part.role == Contributor.Role.OWNER:
            heirs = Contributor.objects.filter(application=part.application_id, role=Contributor.Role.EDITOR)
            Contributor.objects.filter(pk__in=[each.pk for each in heirs[:1]]).update(role=Contributor.Role.OWNER)
