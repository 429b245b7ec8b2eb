"""Who reads what, file by file, and why; and a plan as it is shown before it is applied."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute import assigning
from creativecities.calls.models import Application, Assignment, Call, Conflict, Proposal, Review, Reviewer
from creativecities.calls.queries import planning
from creativecities.calls.queries.conflicts import files_in_evaluation, on_record
from creativecities.calls.queries.reviewers import wanted
from creativecities.network.compute.languages import language_name

CAUSES: dict[str, str | Promise] = {
    assigning.CONFLICT: gettext_lazy("in conflict"),
    assigning.OTHER_LANGUAGE: gettext_lazy("do not read its language"),
    assigning.OTHER_FIELD: gettext_lazy("of another field"),
    assigning.GIVEN_BACK: gettext_lazy("have given it back"),
    assigning.FULL: gettext_lazy("have as many files as they can read"),
}


@dataclass(frozen=True)
class Pool:
    """A pool in figures: how many places, how many are given, how many reviews are handed in."""

    label: str
    wanted: int
    given: int
    done: int

    @property
    def missing(self) -> int:
        """Places nobody has."""
        return max(0, self.wanted - self.given)


def on_desk_of(person: Any, call: Call) -> QuerySet[Application]:
    """The files in evaluation that an officer may know."""
    return files_in_evaluation(call).on_desk_of(person).select_related("call", "country", "field")


def pools(person: Any, call: Call) -> list[Pool]:
    """Every pool of a call in figures; readers too many of one file fill no place of another. Three statements."""
    files = set(on_desk_of(person, call).values_list("pk", flat=True))
    given: dict[tuple[int, str], int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    found = Assignment.objects.filter(application__in=files, state__in=[states.OPEN, states.DONE])
    for file, group, state in found.values_list("application_id", "reviewer__group", "state"):
        given[file, group] += 1
        done[group] += state == states.DONE
    return [
        Pool(
            str(Reviewer.Group(group).label), number * len(files),
            sum(min(number, given[file, group]) for file in files), done[group],
        )
        for group, number in wanted(call).items() if number
    ]  # fmt: skip


def open_proposal(call: Call) -> Proposal | None:
    """The plan that is worked out or waits to be applied."""
    return Proposal.objects.filter(call=call, state__in=[states.WAITING, states.READY]).first()


def given_to(files: Iterable[Application]) -> dict[int, list[Any]]:
    """By file who reads it. One statement."""
    begun = Exists(Review.objects.filter(assignment=OuterRef("pk")))
    found = Assignment.objects.filter(application__in=list(files)).exclude(state=states.RECUSED)
    shown: dict[int, list[Any]] = defaultdict(list)
    for each in found.select_related("reviewer__person", "reviewer__city").annotate(begun=begun):
        shown[each.application_id].append(each)
    return shown


def in_words(reasons: Mapping[str, Any]) -> list[str]:
    """What spoke for an assignment."""
    if reasons.get("by_hand"):
        return [_("given by hand")]
    if not reasons:
        return []
    load, most = reasons["load"]
    said = [_("reads %(language)s") % {"language": language_name(reasons["language"], get_language() or "en")}]
    said += [_("knows the field")] if reasons["field"] else []
    said += [_("texts alike: %(likeness)s") % {"likeness": reasons["meaning"]}] if reasons["meaning"] else []
    said += [_("from another region than the others")] if reasons["region"] else []
    return [*said, _("%(load)s of at most %(most)s files") % {"load": load, "most": most}]


def causes_in_words(causes: Mapping[str, int]) -> str:
    """Why nobody else of a pool can read a file."""
    if not causes:
        return _("nobody else is there")
    return ", ".join(f"{number} {CAUSES[cause]}" for cause, number in causes.items())


@dataclass
class Change:
    """What a plan does with one file: who is added and why, who stays, who is taken away, what stays short."""

    file: Application
    added: list[tuple[Reviewer, list[str]]] = field(default_factory=list)
    kept: list[Reviewer] = field(default_factory=list)
    removed: list[Reviewer] = field(default_factory=list)
    short: list[str] = field(default_factory=list)


def changes(proposal: Proposal, files: Iterable[Application]) -> list[Change]:
    """A plan for some files, in their order. One statement."""
    rows = {each.pk: Change(each) for each in files}
    plan = proposal.plan
    people = Reviewer.objects.filter(call=proposal.call_id).select_related("person", "city").in_bulk()
    for each in plan["added"]:
        if each["file"] in rows:
            rows[each["file"]].added.append((people[each["reviewer"]], in_words(each["reasons"])))
    for name in ("kept", "removed"):
        for file, reviewer in plan[name]:
            if file in rows:
                getattr(rows[file], name).append(people[reviewer])
    for each in plan["short"]:
        if each["file"] in rows:
            rows[each["file"]].short.append(_short(each))
    return list(rows.values())


def _short(each: Mapping[str, Any]) -> str:
    words = ngettext("%(pool)s: %(n)s is missing", "%(pool)s: %(n)s are missing", each["missing"])
    words %= {"pool": Reviewer.Group(each["group"]).label, "n": each["missing"]}
    return f"{words} ({causes_in_words(each['causes'])})"


@dataclass(frozen=True)
class Choice:
    """Somebody a file could be given to by hand: whether they know its field, their load, what stands against it.

    `before` says that they had it; where no conflict stands, they can be given it again.
    """

    reviewer: Reviewer
    knows_field: bool
    load: int
    against: str
    before: str


def choices(person: Any, application: Application) -> list[Choice]:
    """Everybody who has declared and does not read the file, who knows its field first; each conflict with its kind.

    What somebody reads already is counted as far as this person may know it.
    """
    basis = planning.basis(application.call)
    task = planning.task(basis, keeps=True, compares=False)
    file = next(each for each in task.files if each.key == application.pk)
    people = {each.pk: each for each in basis.reviewers}
    named = Reviewer.objects.filter(pk__in=people).select_related("person", "city").in_bulk()
    kinds = _conflicts(application, basis.reviewers)
    reads = {reader for key, reader in task.kept if key == application.pk}
    known = set(on_desk_of(person, application.call).values_list("pk", flat=True))
    load = Counter(reader for key, reader in task.kept if key in known)
    found = [
        Choice(
            named[each.key], file.field in each.fields, load[each.key],
            _against(each, kinds), _before(task, file, each),
        )
        for each in task.readers if each.most and each.key not in reads
    ]  # fmt: skip
    return sorted(found, key=lambda each: (bool(each.against), not each.knows_field, each.load, each.reviewer.pk))


def _against(reader: assigning.Reader, kinds: Mapping[int, Any]) -> str:
    return _("Conflict: %(kind)s") % {"kind": kinds[reader.key]} if reader.key in kinds else ""


def _before(task: Any, file: assigning.File, reader: assigning.Reader) -> str:
    hindrance = task.hindrance(file, reader)
    return str(CAUSES[hindrance]) if hindrance == assigning.GIVEN_BACK else ""


def _conflicts(application: Application, reviewers: Iterable[Reviewer]) -> dict[int, str]:
    """By reviewer a conflict with a file: what is on record at this moment, and what was declared."""
    found = {reviewer: kind for reviewer, _file, kind in on_record(application.call, reviewers, [application])}
    found |= dict(Conflict.objects.filter(application=application).values_list("reviewer_id", "kind"))
    return {reviewer: str(Conflict.Kind(kind).label) for reviewer, kind in found.items()}
