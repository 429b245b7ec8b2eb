"""The discussion of a file: what was said, by whom as the others know them, and who is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Application, Assignment, Conflict, Opinion
from creativecities.calls.queries.reviews import Said
from creativecities.calls.rules.evaluation import with_their_reviewer
from creativecities.calls.rules.reviewers import SEES_ALL
from creativecities.core import days
from creativecities.network.models import Mandate


@dataclass(frozen=True)
class Spoken:
    """A opinion, and the review of who made it; None for the Secretariat."""

    opinion: Opinion
    said: Said | None


def spoken(application: Application, said: Sequence[Said]) -> list[Spoken]:
    """Everything said of a file by those whose review counts, and by the Secretariat. One statement."""
    by_reviewer = {each.assignment.reviewer_id: each for each in said}
    return [
        Spoken(each, by_reviewer.get(each.reviewer_id) if each.reviewer_id else None)
        for each in Opinion.objects.filter(application=application)
        if each.reviewer_id is None or each.reviewer_id in by_reviewer
    ]


def listeners(opinion: Opinion) -> Iterator[tuple[Any, str]]:
    """Who is told of a opinion, and where they read it: the others who may read it, officers who have spoken."""
    file = opinion.application
    judged = Assignment.objects.filter(with_their_reviewer(), application=file, state=states.DONE)
    for each in judged.exclude(reviewer__person=opinion.person_id).select_related("reviewer__person"):
        yield each.reviewer.person, reverse("calls:review", args=[file.code])
    spoke = Opinion.objects.filter(application=file, reviewer__isnull=True).exclude(person_id=opinion.person_id)
    officers = Mandate.objects.filter(role__in=SEES_ALL).on(days.today())
    in_conflict = Conflict.objects.filter(application=file)
    found = Person.objects.filter(pk__in=spoke.values("person_id")).filter(pk__in=officers.values("person_id"))
    for person in found.exclude(pk__in=in_conflict.values("reviewer__person_id")):
        yield person, reverse("calls:file_results", args=[file.call.slug, file.code])
