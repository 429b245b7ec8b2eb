"""What a round holds that is exported, for the officer who asks; and the archives that are made or kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from creativecities.calls import states
from creativecities.calls.models import Application, Assignment, Call, Endorsement, Export, Submission, SubmittedPaper
from creativecities.calls.queries.checking import received
from creativecities.calls.queries.results import JUDGED
from creativecities.calls.queries.reviews import IN_CONFLICT
from creativecities.network import rules as network

DECIDED = (states.DESIGNATED, states.NOT_DESIGNATED)
DEAD_AFTER = dt.timedelta(minutes=5)
"""Without a sign for so long who was at work is given up for dead; one file takes a few seconds."""
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Numbers:
    """What an export will hold."""

    files: int
    papers: int
    reviews: int
    letters: int
    bytes: int


def files_of(person: Any, call: Call) -> QuerySet[Application]:
    """What was handed in and this officer may know: nothing with which they are in conflict as a reviewer."""
    return received(person, call)


def numbers(person: Any, call: Call) -> Numbers:
    """How much there is now. Five statements."""
    files = files_of(person, call).order_by()
    papers = SubmittedPaper.objects.filter(submission__in=_last(files)).aggregate(n=Count("pk"), size=Sum("file__size"))
    words = Endorsement.objects.filter(application__in=_pks(files), letter__isnull=False)
    letters = words.aggregate(n=Count("pk"), size=Sum("letter__size"))
    return Numbers(
        files.count(),
        papers["n"] + letters["n"],
        _reviews(files).count(),
        files.filter(state__in=DECIDED).count(),
        (papers["size"] or 0) + (letters["size"] or 0),
    )


def _pks(files: QuerySet[Application]) -> QuerySet[Application, Any]:
    return files.values("pk")


def _last(files: QuerySet[Application]) -> QuerySet[Submission, Any]:
    """What was handed in last of each."""
    later = Submission.objects.filter(application=OuterRef("application"), number__gt=OuterRef("number"))
    return Submission.objects.filter(~Exists(later), application__in=_pks(files)).order_by().values("pk")


def _reviews(files: QuerySet[Application]) -> QuerySet[Assignment]:
    found = Assignment.objects.filter(~IN_CONFLICT, state=states.DONE, review__isnull=False)
    return found.filter(application__in=_pks(files.filter(state__in=JUDGED)))


def last_of(person: Any, call: Call) -> Export | None:
    """What this officer asked for last in a call. One statement."""
    return Export.objects.filter(call=call, person=person.pk).first()


def stands(export: Export) -> bool:
    """Whether the officer may still have everything that is in it: an officer, each file, its papers and people."""
    if not network.is_secretariat(export.person) or (export.kept_until and export.kept_until <= timezone.now()):
        return False
    there = files_of(export.person, export.call).filter(pk__in=export.files, anonymised_at=None)
    return there.count() == export.total


def resting() -> list[Export]:
    """Those at which nobody works: their next turn waits among the jobs, unless it was lost."""
    return list(Export.objects.filter(state=states.PACKING, beat_at=None))


def dead() -> list[Export]:
    """Those whose worker has given no sign for too long."""
    return list(Export.objects.filter(state=states.PACKING, beat_at__lt=timezone.now() - DEAD_AFTER))


def kept() -> QuerySet[Export]:
    """Those whose archive lies there."""
    return Export.objects.filter(state=states.READY).select_related("call", "person")


def on_disk() -> set[str]:
    """The names of the archives that are made or kept. One statement."""
    return {each.archive for each in Export.objects.filter(state__in=[states.PACKING, states.READY])}
