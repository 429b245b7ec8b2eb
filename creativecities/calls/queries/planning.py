"""What a plan of assignments rests on: files, reviewers, what is assigned, and what stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from creativecities.calls import states
from creativecities.calls.compute import plans
from creativecities.calls.compute.assigning import File, Pair, Reader, Task
from creativecities.calls.models import Application, Assignment, Call, Conflict, Review, Reviewer, Submission
from creativecities.calls.queries.conflicts import files_in_evaluation
from creativecities.calls.queries.reviewers import wanted
from creativecities.exchange.queries import matching
from creativecities.network import rules as network
from creativecities.network.models import Country
from creativecities.search.queries.wholes import Wholes, wholes

if TYPE_CHECKING:
    from creativecities.search.compute.vectors import Rows

BEGINNING = 130
"""Characters of each of the first answers: together they fit into one passage."""
ANSWERS = 3


@dataclass(frozen=True)
class Basis:
    """The files in evaluation, the reviewers who have declared, and every assignment of the call."""

    call: Call
    files: list[Application]
    reviewers: list[Reviewer]
    reads: set[int]
    """The keys of those who can be given something: who has left, or whose city has, only keeps what they have."""
    assignments: list[Any]
    conflicts: list[Pair]
    wanted: dict[str, int]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with anything that would lead to another plan."""
        return plans.fingerprint([
            [(each.pk, each.field_id, each.language) for each in self.files],
            [(each.pk, each.most, each.fields, each.languages, each.countries, each.pk in self.reads)
             for each in self.reviewers],
            [(each.pk, each.state, each.begun) for each in self.assignments],
            sorted(self.conflicts), self.wanted,
        ])  # fmt: skip

    @cached_property
    def before(self) -> list[Pair]:
        """Who reads what now."""
        return [(each.application_id, each.reviewer_id) for each in self.assignments if each.state != states.RECUSED]

    def kept(self, *, all_of_them: bool) -> list[Pair]:
        """What a plan leaves as it is: everything, or only what somebody has begun to write or handed in."""
        return [
            (each.application_id, each.reviewer_id) for each in self.assignments
            if each.state == states.DONE or (each.state == states.OPEN and (all_of_them or each.begun))
        ]  # fmt: skip


def basis(call: Call) -> Basis:
    """Everything a plan of this call rests on. Seven statements."""
    begun = Exists(Review.objects.filter(assignment=OuterRef("pk")))
    given = list(Assignment.objects.filter(reviewer__call=call).annotate(begun=begun).order_by("pk"))
    files = list(files_in_evaluation(call).order_by("pk"))
    known = {each.reviewer_id for each in given}
    found = Reviewer.objects.filter(call=call).order_by("pk")
    members = set(network.member_cities().values_list("city_id", flat=True))
    reads = {each.pk for each in found if _has_declared(each) and each.city_id in {None, *members}}
    reviewers = [each for each in found if each.pk in reads or each.pk in known]
    stands = Conflict.objects.filter(reviewer__call=call).values_list("application_id", "reviewer_id").distinct()
    return Basis(call, files, reviewers, reads, given, list(stands), wanted(call))


def _has_declared(reviewer: Reviewer) -> bool:
    return reviewer.state == states.ACCEPTED and reviewer.declared_at is not None


def task(of: Basis, *, keeps: bool, compares: bool = True) -> Task:
    """What is to be planned. Who has left reads no more, but what they handed in counts. Four statements and more.

    To compare texts takes a tenth of a second each: a page that somebody waits for does without.
    """
    told = wholes() if compares else None
    regions = dict(Country.objects.values_list("iso2", "region_id"))
    cities = {city.key: city.vector for city in matching.network().cities} if told else {}
    texts = _texts(of.files) if told else {}
    return Task(
        [File(each.pk, each.field_id, each.language, _of_text(told, texts.get(each.pk, ""))) for each in of.files],
        [
            Reader(
                each.pk, each.group, frozenset(each.fields), frozenset(each.languages),
                regions.get(next(iter(each.countries), ""), ""), each.most if each.pk in of.reads else 0, each.city_id,
                _meaning(told, each, cities),
            )
            for each in of.reviewers
        ],
        of.wanted, of.conflicts,
        [(each.application_id, each.reviewer_id) for each in of.assignments if each.state == states.RECUSED],
        of.kept(all_of_them=keeps),
    )  # fmt: skip


def _of_text(told: Wholes | None, text: str) -> "Rows | None":
    return told.of(text) if told and text else None


def _meaning(told: Wholes | None, reviewer: Reviewer, cities: dict[int, Any]) -> "Rows | None":
    """What a reviewer says they know, and what their city has written."""
    from creativecities.search.compute import vectors

    parts = [_of_text(told, reviewer.about), cities.get(reviewer.city_id or 0)]
    known = [vectors.unit(part) for part in parts if part is not None]
    return vectors.unit(sum(known[1:], known[0])) if known else None


def _texts(files: Iterable[Application]) -> dict[int, str]:
    """How the first answers of each file begin. One statement."""
    newest = Submission.objects.filter(application__in=files, taken_back_at__isnull=True).order_by("number")
    content = dict(newest.values_list("application_id", "content"))
    return {key: _beginning(each["answers"]) for key, each in content.items()}


def _beginning(answers: dict[str, dict[str, Any]]) -> str:
    said = (rows.get("0") for rows in answers.values())
    texts = [text for text in said if isinstance(text, str) and len(text) > BEGINNING // 2]
    return " ".join(text[:BEGINNING] for text in texts[:ANSWERS])
