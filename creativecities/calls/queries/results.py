"""What reviews come to, file by file and group by group, for those who prepare the decision; and what is missing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.compute import rubric, scores
from creativecities.calls.compute.definition import GROUPS, Definition
from creativecities.calls.compute.labels import GROUPS as GROUP_NAMES
from creativecities.calls.compute.reading import read
from creativecities.calls.compute.scores import Handed, OfGroup, Result
from creativecities.calls.models import Application, Assignment, Call, CallVersion, Reviewer
from creativecities.calls.queries.calls import newest_versions
from creativecities.calls.queries.reviews import IN_CONFLICT, title_of
from creativecities.core.words import Words

JUDGED = (states.ELIGIBLE, states.DESIGNATED, states.NOT_DESIGNATED)


@dataclass(frozen=True)
class Judged:
    """A file and what its reviews come to."""

    application: Any
    result: Result

    def of(self, group: str) -> OfGroup:
        return next(each for each in self.result.groups if each.group == group)


@dataclass(frozen=True)
class Placed:
    """A file in the order of one group; without points it has no place."""

    place: int | None
    judged: Judged
    said: OfGroup


@dataclass(frozen=True)
class Results:
    """The files of a call, judged; each group puts them in an order of its own."""

    call: Call
    definition: Definition
    files: list[Judged]

    @property
    def title(self) -> Words:
        return title_of(self.definition)

    @property
    def scale(self) -> int:
        return rubric.scale(self.definition)

    @cached_property
    def rankings(self) -> list[tuple[str, Any, list[Placed]]]:
        """By group: its key, its name, and the files from the highest mean down, those without points last."""
        return [(group, GROUP_NAMES[group], self._ranking(group)) for group in GROUPS]

    def _ranking(self, group: str) -> list[Placed]:
        by_pk = {each.application.pk: each for each in self.files}
        said = {pk: each.of(group) for pk, each in by_pk.items()}
        places = scores.ranked({pk: each.total.mean if each.total else None for pk, each in said.items()})
        rows = [Placed(place, by_pk[pk], said[pk]) for place, pk, _mean in places]
        placed = {pk for _place, pk, _mean in places}
        return rows + [Placed(None, by_pk[pk], said[pk]) for pk in by_pk if pk not in placed]

    @property
    def missing(self) -> int:
        """How many reviews the call wants and does not have."""
        return sum(group.missing for each in self.files for group in each.result.groups)


def judged(person: Any) -> QuerySet[Application]:
    """The files in evaluation that this person may know."""
    found = Application.objects.on_desk_of(person).filter(state__in=JUDGED)
    return found.select_related("country__region", "field", "call")


def of_call(person: Any, call: Call, *, field: str = "", region: str = "") -> Results:
    """The files of a call, all or those of a field or region. Three statements."""
    found = judged(person).filter(call=call)
    found = found.filter(field=field) if field else found
    files = list(found.filter(country__region=region) if region else found)
    given = Assignment.objects.filter(~IN_CONFLICT, application__call=call, state=states.DONE, review__isnull=False)
    columns = ("application", "reviewer__group", "review__call_version", "review__scores", "review__abstains")
    by_file: dict[int, list[Handed]] = defaultdict(list)
    for pk, *values in given.values_list(*columns):
        by_file[pk].append(Handed(*values))
    used = {each.version for rows in by_file.values() for each in rows}
    newest = newest_versions().filter(call=call).values("pk")
    kept = CallVersion.objects.filter(call=call).filter(Q(number__in=used) | Q(pk__in=newest)).order_by("number")
    versions: Mapping[int, Definition] = {each.number: each.definition for each in kept}
    now = versions[max(versions)]
    return Results(call, now, [Judged(each, scores.result(by_file[each.pk], versions, now)) for each in files])


def of_file(given: list[Assignment], versions: Mapping[int, CallVersion]) -> Result:
    """What the reviews of one file come to; its criteria in the reader's language."""
    reader = get_language() or "en"
    definitions = {number: each.definition | {"criteria": read(each.definition, reader)["criteria"]}
                   for number, each in versions.items()}  # fmt: skip
    rows = [Handed(each.reviewer.group, each.review.call_version, each.review.scores, each.review.abstains)
            for each in given]  # fmt: skip
    return scores.result(rows, definitions, definitions[max(definitions)])


def completeness(person: Any, call: Call) -> QuerySet[Reviewer]:
    """Who reads files in a call: how many are with each, and how many of these are handed in. One statement."""
    known = Q(assignments__in=Assignment.objects.visible_to(person))
    with_them = Q(known, assignments__state__in=[states.OPEN, states.DONE])
    handed_in = Q(known, assignments__state=states.DONE)
    found = Reviewer.objects.filter(call=call, state__in=[states.ACCEPTED, states.LEFT])
    found = found.annotate(given=Count("assignments", filter=with_them), done=Count("assignments", filter=handed_in))
    found = found.filter(Q(state=states.ACCEPTED) | Q(done__gt=0)).select_related("person", "city")
    return found.order_by("group", "person__name", "pk")


def waiting(person: Any, call: Call) -> dict[Reviewer, int]:
    """Who has files to read that are still open, and how many, as far as this person may know."""
    found = Assignment.objects.visible_to(person).filter(
        ~IN_CONFLICT, reviewer__call=call, reviewer__state=states.ACCEPTED, reviewer__declared_at__isnull=False,
        state=states.OPEN, application__state=states.ELIGIBLE,
    ).select_related("reviewer__person")  # fmt: skip
    numbers: dict[Reviewer, int] = defaultdict(int)
    for each in found:
        numbers[each.reviewer] += 1
    return numbers
