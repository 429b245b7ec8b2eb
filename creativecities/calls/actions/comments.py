"""Something is said about an answer, who follows it is told, and it is resolved."""

from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.actions.applications import SITTING
from creativecities.calls.models import Application, Comment
from creativecities.calls.notices import applications as notices
from creativecities.calls.queries import comments as queries
from creativecities.calls.queries.applications import definition_of
from creativecities.calls.rules import comments as rules
from creativecities.core.action import action, record_sitting, step


@action(quiet=True)
def comment(application: Application, question: str, text: str, *, by: Person) -> Comment:
    """Say something to the team about a question. A second click says it once."""
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)
    if refusal := rules.comment(by, application, text):
        raise refusal
    said, is_new = Comment.objects.get_or_create(
        application=application, question=question, text=text, audience=Comment.Audience.TEAM, person_id=by.pk,
        resolved_at=None, defaults={"person_name": by.name},
    )  # fmt: skip
    if is_new:
        _tell(said)
    record_sitting("calls.application.commented", application, by=by, within=SITTING, places=[question])
    return said


@step
def _tell(said: Comment) -> None:
    definition = definition_of(said.application)
    for person in queries.followers(said, definition):
        notices.commented(said, person, queries.section_of(said, definition))


@action(quiet=True)
def resolve(remark: Comment, *, by: Person) -> None:
    """Note that a comment is dealt with. Once is enough."""
    if refusal := rules.resolve(by, remark):
        raise refusal
    Comment.objects.filter(pk=remark.pk, resolved_at__isnull=True).update(resolved_at=timezone.now())
    notices.dealt_with(remark)
    record_sitting(
        "calls.application.resolved", remark.application, by=by, within=SITTING, places=[remark.question]
    )  # fmt: skip
