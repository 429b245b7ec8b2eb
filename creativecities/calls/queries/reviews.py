"""What reviewers see: the files they read, the review of one, and, once theirs is handed in, those of the others."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute import files, reading, rubric
from creativecities.calls.compute.definition import Definition, languages
from creativecities.calls.models import Application, Assignment, CallVersion, Conflict, Review, Reviewer
from creativecities.calls.queries import applications
from creativecities.calls.queries.calls import newest_versions
from creativecities.calls.rules import reviews as rules
from creativecities.core.clocks import instant
from creativecities.core.desk import Due
from creativecities.core.words import Words, in_language

IN_CONFLICT = Exists(Conflict.objects.filter(reviewer=OuterRef("reviewer"), application=OuterRef("application")))


@dataclass(frozen=True)
class Shelf:
    """The files a reviewer reads in a call, those that are next on top."""

    slug: str
    title: Words
    until: dt.datetime | None
    assignments: list[Any]
    is_meeting: bool

    @property
    def open(self) -> list[Any]:
        return [each for each in self.assignments if each.state == states.OPEN]

    @property
    def done(self) -> int:
        return len(self.assignments) - len(self.open)

    @property
    def is_late(self) -> bool:
        return bool(self.open and self.until and self.until <= timezone.now())


def shelves(person: Any) -> list[Shelf]:
    """By call; empty for who reads no files. Three statements."""
    newest = Prefetch("call__versions", newest_versions(), to_attr="newest")
    parts: Any = (
        Reviewer.objects.filter(person=person.pk, state=states.ACCEPTED)
        .select_related("call__meeting")
        .prefetch_related(newest)
    )
    found = list(by_need(Assignment.objects.visible_to_reviewer(person).select_related("review")))
    return [_shelf(part, [each for each in found if each.reviewer_id == part.pk]) for part in parts if part.call.newest]


def _shelf(part: Any, found: list[Assignment]) -> Shelf:
    definition = part.call.newest[0].definition
    meeting = getattr(part.call, "meeting", None)
    is_meeting = meeting is not None and meeting.state == states.OPEN
    return Shelf(part.call.slug, title_of(definition), rules.until(definition), found, is_meeting)


def title_of(definition: Definition) -> Words:
    """What a call is called, in the reader's language."""
    return Words(*in_language(definition["about"]["title"], get_language() or "en", languages(definition)))


def by_need(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What is open first (it sorts after `done`), and of that the files for which the fewest reviews are handed in."""
    handed_in = Count("application__assignments", filter=Q(application__assignments__state=states.DONE))
    related = found.select_related("application__country", "application__field", "reviewer")
    return related.annotate(handed_in=handed_in, begun_at=F("review__at")).order_by("-state", "handed_in", "pk")


def next_for(person: Any, but: Assignment) -> Assignment | None:
    """What to read next in the same call."""
    mine = Assignment.objects.visible_to_reviewer(person).filter(state=states.OPEN, reviewer=but.reviewer_id)
    return by_need(mine.exclude(pk=but.pk)).first()


def versions(application: Application, content: files.Content) -> dict[int, CallVersion]:
    """The versions of the call that the file and its reviews follow, and the newest one, which is last."""
    found = CallVersion.objects.filter(call=application.call_id)
    followed = Review.objects.filter(assignment__application=application).values("call_version")
    newest = newest_versions().filter(call=application.call_id).values("pk")
    wanted = Q(number=content["call_version"]) | Q(number__in=followed) | Q(pk__in=newest)
    return {each.number: each for each in found.filter(wanted).order_by("number")}


@dataclass(frozen=True)
class Said:
    """A review that was handed in, as the others of the file read it: the reviewer is a number in a group."""

    assignment: Assignment
    review: Review
    number: int
    is_own: bool


def handed_in(application: Application) -> list[Assignment]:
    """The reviews of a file that count: handed in, by somebody without a conflict. One statement."""
    found = Assignment.objects.filter(~IN_CONFLICT, application=application, state=states.DONE, review__isnull=False)
    return list(
        found.select_related("reviewer__person", "reviewer__city", "review").order_by(
            "reviewer__group", "review__handed_in_at", "pk"
        )
    )


def sent_back(application: Application) -> list[Assignment]:
    """The reviews that the Secretariat sent back and that were not handed in again. One statement."""
    found = Assignment.objects.filter(
        ~IN_CONFLICT, application=application, state=states.OPEN, review__returned_at__isnull=False
    )
    return list(found.select_related("reviewer__person", "review").order_by("review__returned_at", "pk"))


def points_of(said: Said, versions: Mapping[int, CallVersion]) -> list[tuple[Any, int]]:
    """The points of a review with the criteria of the rubric it follows, in the reader's language."""
    definition = versions[said.review.call_version].definition
    rows = criteria(definition, said.assignment.reviewer.group)
    return [(each["label"], said.review.scores[each["key"]]) for each in rows if each["key"] in said.review.scores]


def said_of(found: Iterable[Assignment], own: Assignment | None = None) -> list[Said]:
    """Numbered in their groups, in an order that does not change when one more comes."""
    numbers: dict[str, int] = {}
    rows = []
    for each in found:
        number = numbers[each.reviewer.group] = numbers.get(each.reviewer.group, 0) + 1
        rows.append(Said(each, each.review, number, is_own=own is not None and each.pk == own.pk))
    return rows


def criteria(definition: Definition, group: str) -> list[dict[str, Any]]:
    """What a group judges, in the reader's language."""
    wanted = {each["key"] for each in rubric.criteria_of(definition, group)}
    return [each for each in reading.read(definition, get_language() or "en")["criteria"] if each["key"] in wanted]


def due_for(person: Any) -> Iterable[Due]:
    """Reviews that are not handed in, by call. One statement."""
    newest = newest_versions().filter(call=OuterRef("reviewer__call"))
    open_ones = Assignment.objects.visible_to_reviewer(person).filter(state=states.OPEN)
    dates = {name: newest.values(f"definition__dates__{name}")[:1] for name in ("evaluated_by", "zone")}
    waiting = open_ones.filter(application__state=states.ELIGIBLE).annotate(**dates)
    by_call: dict[int, list[Any]] = {}
    for each in waiting.select_related("reviewer"):
        by_call.setdefault(each.reviewer.call_id, []).append(each)
    for rows in by_call.values():
        wall = rows[0].evaluated_by
        yield Due(
            title=_("Reviews to hand in: %(number)d") % {"number": len(rows)},
            url=reverse("calls:reviews"),
            due_at=instant(wall, rows[0].zone) if wall else None,
        )


@dataclass(frozen=True)
class Sheet:
    """A file and one's review of it, with the versions of the call that the file, the review and today follow."""

    assignment: Assignment
    content: files.Content
    versions: dict[int, CallVersion]

    @property
    def group(self) -> str:
        return self.assignment.reviewer.group

    @property
    def review(self) -> Review | None:
        return getattr(self.assignment, "review", None)

    @property
    def is_handed_in(self) -> bool:
        return self.assignment.state == states.DONE

    @property
    def newest(self) -> CallVersion:
        return list(self.versions.values())[-1]

    @property
    def followed(self) -> CallVersion:
        """The version whose rubric the review follows."""
        return self.versions[self.review.call_version] if self.review else self.newest

    @property
    def has_changed(self) -> bool:
        """Whether the rubric says something else than when the review was written."""
        return rubric.has_changed(self.followed.definition, self.newest.definition, self.group)

    @property
    def rubric(self) -> Definition:
        """What the page shows: the rubric of now to who writes, that of then to who has handed in."""
        said: Definition = (self.followed if self.is_handed_in else self.newest).definition
        return said

    @property
    def criteria(self) -> list[dict[str, Any]]:
        return criteria(self.rubric, self.group)

    @property
    def lacking(self) -> list[str]:
        """What points are asked for anew."""
        missing = {each["key"] for each in rubric.lacking(self.said["scores"], self.newest.definition, self.group)}
        return [str(each["label"]) for each in criteria(self.newest.definition, self.group) if each["key"] in missing]

    @property
    def said(self) -> dict[str, Any]:
        """What the review says so far."""
        if self.review is None:
            return {"scores": {}, "for_city": "", "in_confidence": "", "reason": ""}
        names = ("for_city", "in_confidence", "reason")
        scores = rubric.usable(self.review.scores, self.rubric, self.group)
        return {"scores": scores, **{name: getattr(self.review, name) for name in names}}

    @property
    def opened(self) -> int:
        return self.review.version if self.review else 0

    @property
    def until(self) -> dt.datetime | None:
        return rules.until(self.newest.definition)

    @property
    def is_late(self) -> bool:
        return bool(self.until and self.until <= timezone.now())


def sheet(person: Any, code: str) -> Sheet | None:
    """The file of this address beside its review, if it is with this person as a reviewer. Three statements."""
    around = "reviewer", "review", "application__call", "application__country", "application__field"
    mine = Assignment.objects.visible_to_reviewer(person).filter(application__code=code).select_related(*around).first()
    if mine is None:
        return None
    content = applications.handed_in(mine.application)
    return Sheet(mine, content, versions(mine.application, content))


def version_of(mine: Assignment) -> int:
    """The version of a review as it is kept now; 0 where there is none."""
    return Review.objects.filter(assignment=mine).values_list("version", flat=True).first() or 0
