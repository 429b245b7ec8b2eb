"""Who follows what is said about an answer: whoever looks after the file or the section, wrote it, or spoke of it."""

from creativecities.accounts.models import Person
from creativecities.calls.compute.definition import Definition, find, inside
from creativecities.calls.models import AnswerVersion, Comment, Contributor


def section_of(comment: Comment, definition: Definition) -> str:
    """The section in which the question stands now; empty where it is no longer asked."""
    question = find(definition, "questions", comment.question)
    return str(question["section"]) if question else ""


def followers(comment: Comment, definition: Definition) -> list[Person]:
    """Of the team, without who says it: the owner, who looks after the section, who wrote the answer or spoke of it.

    Three statements.
    """
    file, section = comment.application, section_of(comment, definition)
    keys = [comment.question, *(each["key"] for each in inside(definition, "questions", comment.question))]
    wrote = AnswerVersion.objects.filter(application=file, question__in=keys).values_list("person_id", flat=True)
    spoke = Comment.objects.filter(application=file, question=comment.question).values_list("person_id", flat=True)
    concerned = {*wrote, *spoke}
    parts = file.contributors.filter(person__is_active=True).exclude(person=comment.person_id)
    return [
        part.person for part in parts.select_related("person")
        if part.role == Contributor.Role.OWNER or section in part.sections or part.person_id in concerned
    ]  # fmt: skip
