"""What is kept no longer goes: files that were never handed in whole, of the others the papers and the people."""

from typing import Any

from django.utils import timezone

from creativecities.calls.compute.definition import personal_questions
from creativecities.calls.models import (
    Answer,
    AnswerVersion,
    Application,
    Comment,
    Completion,
    Contributor,
    Document,
    Endorsement,
    Remark,
    SetAside,
    Submission,
    SubmittedPaper,
    Told,
)
from creativecities.calls.notices import retention as notices
from creativecities.calls.queries.retention import NAME, Going
from creativecities.core import files
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


@action(quiet=True)
def announce(going: Going, *, by: Actor) -> Event:
    """Tell a team when its file goes. Raises Refusal if it knows."""
    if not Told.objects.get_or_create(application=going.application, name=NAME, about=going.at)[1]:
        raise Refusal(network.UNCHANGED, code="unchanged")
    notices.goes(going)
    return record("calls.application.told", going.application, by=by, what=NAME)


@action(quiet=True)
def delete(application: Application, *, by: Actor) -> Event:
    """Delete a file that was never handed in, with all that belongs to it. Only its code stays in the trail."""
    event = record("calls.application.deleted", application, by=by)
    papers = _papers_of(application)
    Application.objects.filter(pk=application.pk).delete()
    _erase(papers)
    return event


@action(quiet=True)
def anonymise(application: Application, *, by: Actor) -> Event:
    """Take papers and people out of a file that was handed in; what it said of the city stays, and its decision."""
    event = record("calls.application.anonymised", application, by=by)
    papers, personal = _papers_of(application), _personal(application)
    Contributor.objects.filter(application=application).delete()
    Remark.objects.filter(application=application).delete()
    Comment.objects.filter(application=application).delete()
    Document.objects.filter(application=application).delete()
    SubmittedPaper.objects.filter(submission__application=application).delete()
    Endorsement.objects.filter(application=application).update(letter=None, words="")
    Answer.objects.filter(application=application, question__in=personal).delete()
    AnswerVersion.objects.filter(application=application, question__in=personal).delete()
    for model in (Answer, AnswerVersion, Submission, Completion, SetAside, Endorsement):
        model._default_manager.filter(application=application).update(person_id=None, person_name="")
    for handed_in in Submission.objects.filter(application=application):
        Submission.objects.filter(pk=handed_in.pk).update(content=_without(handed_in.content, personal))
    for word in Endorsement.objects.filter(application=application):
        Endorsement.objects.filter(pk=word.pk).update(content=_without(word.content, personal))
    Application.objects.filter(pk=application.pk).update(anonymised_at=timezone.now())
    _erase(papers)
    return event


def _papers_of(application: Application) -> list[StoredFile]:
    """The files of its papers, those that were handed in, and its letter of endorsement."""
    found = StoredFile.objects.filter(pk__in=Document.objects.filter(application=application).values("file"))
    found |= StoredFile.objects.filter(
        pk__in=SubmittedPaper.objects.filter(submission__application=application).values("file")
    )
    found |= StoredFile.objects.filter(
        pk__in=Endorsement.objects.filter(application=application, letter__isnull=False).values("letter")
    )
    return list(found)


def _personal(application: Application) -> set[str]:
    """The questions that ask for people, in any version of the call."""
    versions = application.call.versions.values_list("definition", flat=True)
    return set[str]().union(*map(personal_questions, versions))


def _without(content: dict[str, Any], personal: set[str]) -> dict[str, Any]:
    """What was handed in, without people; the papers stay as a list of fingerprints."""
    answers = {key: rows for key, rows in content["answers"].items() if key not in personal}
    return content | {"answers": answers, "documents": [each | {"name": ""} for each in content["documents"]]}


@step
def _erase(papers: list[StoredFile]) -> None:
    for paper in papers:
        files.erase(paper)
