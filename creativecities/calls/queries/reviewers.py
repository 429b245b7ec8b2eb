"""Who reads the files of a call, who can be asked, who keeps silent, and where readers are short."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute.definition import GROUPS
from creativecities.calls.models import Application, Assignment, Call, Reviewer
from creativecities.calls.queries.calls import published_definition
from creativecities.calls.queries.conflicts import files_in_evaluation
from creativecities.calls.rules import reviewers as rules
from creativecities.core import days
from creativecities.core.desk import Due
from creativecities.network import rules as network
from creativecities.network.compute.languages import language_name
from creativecities.network.models import Country, CreativeField, Mandate


@dataclass(frozen=True)
class ToAsk:
    """Whom a bulk invitation reaches: the mandates, how many member cities there are, and how many have nobody."""

    mandates: list[Mandate]
    cities: int
    asked: int

    @property
    def silent(self) -> int:
        """Cities without a focal point, or whose focal point was asked before."""
        return self.cities - self.asked - len(self.mandates)


def to_ask(call: Call, fields: Iterable[str]) -> ToAsk:
    """The focal points of the member cities of some fields. Three statements."""
    members = network.member_cities().filter(field__in=fields)
    held = Mandate.objects.on(days.today()).filter(rules.focal_points(call), city__in=members)
    found = held.select_related("person", "city__country").order_by("city__name", "pk")
    asked = Reviewer.objects.filter(call=call, city__in=members).values("city").distinct().count()
    once = {mandate.person_id: mandate for mandate in found}
    return ToAsk(list(once.values()), members.values("city").distinct().count(), asked)


def of_call(person: Any, call: Call) -> list[Any]:
    """Every reviewer of a call with how much they have: `open_` and `done`. One statement."""
    known = Q(assignments__in=Assignment.objects.visible_to(person))
    number = {
        name: Count("assignments", Q(known, assignments__state=state))
        for name, state in (("open_", states.OPEN), ("done", states.DONE))
    }
    found = Reviewer.objects.filter(call=call).select_related("person", "city").annotate(**number)
    return list(found.order_by("group", "person__name", "pk"))


def facts_in_words(reviewer: Reviewer) -> list[str]:
    """Countries, languages and fields of a reviewer, each as a list by name. Two statements."""
    countries, fields = Country.objects.in_bulk(reviewer.countries), CreativeField.objects.in_bulk(reviewer.fields)
    reader = get_language() or "en"
    said = [
        [countries[each].name for each in reviewer.countries if each in countries],
        [language_name(each, reader) for each in reviewer.languages],
        [fields[each].name for each in reviewer.fields if each in fields],
    ]
    return [", ".join(names) for names in said if names]


def to_remind(call: Call) -> list[Reviewer]:
    """Who has not answered, or has not declared, and was not written to since yesterday."""
    waiting = Reviewer.objects.filter(call=call, person__is_active=True).select_related("person", "call")
    return [each for each in waiting if rules.may_be_reminded(each)]


@dataclass(frozen=True)
class Missing:
    """A file that has fewer readers of a pool than the call asks for."""

    application: Application
    group: str
    given: int
    wanted: int

    @property
    def pool(self) -> str:
        """The pool in words."""
        return str(Reviewer.Group(self.group).label)


def wanted(call: Call) -> dict[str, int]:
    """How many of each pool read a file."""
    plan = published_definition(call)["evaluation"]
    return {group: plan[f"{group.replace('-', '_')}_reviews"] for group in GROUPS}


def short(person: Any, call: Call) -> list[Missing]:
    """Where readers are missing, file by file. Three statements."""
    given: Counter[tuple[int, str]] = Counter(
        Assignment.objects.filter(reviewer__call=call, state__in=[states.OPEN, states.DONE])
        .values_list("application_id", "reviewer__group")
    )  # fmt: skip
    per_group = wanted(call)
    return [
        Missing(file, group, given[file.pk, group], number)
        for file in files_in_evaluation(call).on_desk_of(person).select_related("country", "field")
        for group, number in per_group.items() if given[file.pk, group] < number
    ]  # fmt: skip


def candidates(reviewer: Reviewer) -> list[Application]:
    """The files a reviewer could be given: of their field where they read for a city, in a language they read.

    What stands against them is not among them, and nothing says that it is left out.
    """
    found = files_in_evaluation(reviewer.call).exclude(conflicts__reviewer=reviewer)
    found = found.filter(language__in=reviewer.languages)
    if reviewer.group == Reviewer.Group.MEMBER_CITY:
        found = found.filter(field__in=reviewer.fields)
    return list(found.select_related("country").order_by("city_name", "pk"))


def due_for(person: Any) -> Iterable[Due]:
    """An invitation to answer, a declaration to make. One statement."""
    mine = Reviewer.objects.visible_to(person).filter(person=person.pk, call__state=states.PUBLISHED)
    for reviewer in mine.filter(Q(state=states.INVITED) | Q(state=states.ACCEPTED, declared_at=None)).select_related(
        "call"
    ):
        is_asked = reviewer.state == states.INVITED
        title = _("Say whether you read files: call %(call)s") if is_asked else _("Declare conflicts: call %(call)s")
        yield Due(
            title=title % {"call": reviewer.call.slug},
            url=reverse("calls:reviewing", args=[reviewer.call.slug]),
        )
