"""The survey of an edition: who is to be asked, by which link, and the results as far as they are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.compute import definition, surveying
from creativecities.conference.compute.surveying import FEWEST, MARKS, SCALE, YES_NO, Counted, Question
from creativecities.conference.models import Certificate, Delegate, Edition, Survey, SurveyLink
from creativecities.conference.queries import attendance, certificates
from creativecities.core import days
from creativecities.core.templatetags.charts import Bar


def questions(edition: Edition, items: Iterable[Any] | None = None) -> list[Question]:
    """The questions of an edition in the reader's language: as they are written now, or as a survey keeps them."""
    reader, said = get_language() or "en", edition.settings
    kept = definition.listed(said, "survey") if items is None else items
    return [surveying.question(item, reader, said["languages"]) for item in kept]


def to_ask(survey: Survey) -> QuerySet[Delegate]:
    """Who came, by the doors or by the list as for certificates, can be written to, and has no link yet."""
    found = Delegate.objects.coming().filter(delegation__edition=survey.edition)
    if certificates.basis_of(survey.edition) == Certificate.Basis.CAME:
        found = found.filter(pk__in=attendance.came(survey.edition).values("pk"))
    reached = found.filter(Q(person__isnull=False) | ~Q(email="")).exclude(person__erased_at__isnull=False)
    asked = Delegate.objects.filter(pk__in=survey.links.values("delegate"))
    again = Q(pk__in=asked) | Q(person__in=asked.filter(person__isnull=False).values("person"))
    return reached.exclude(again).select_related("person", "delegation")


def due(state: str, **when: Any) -> list[Survey]:
    """Surveys in a state whose day has come, of editions neither postponed nor cancelled. One statement."""
    found = Survey.objects.filter(state=state, edition__state=states.ANNOUNCED, **when)
    return list(found.select_related("edition"))


def to_open() -> list[Survey]:
    """Those that open today."""
    found = due(states.PREPARED, opens_on__lte=days.today(), closes_on__gt=days.today())
    return [each for each in found if definition.listed(each.edition.settings, "survey")]


def to_close() -> list[Survey]:
    """Those whose days are over."""
    return due(states.OPEN, closes_on__lte=days.today())


def with_key(slug: str, key: str) -> SurveyLink:
    """The link somebody has got; Http404 where there is none. One statement."""
    found = SurveyLink.objects.filter(key=key, survey__edition__slug=slug).select_related("survey__edition").first()
    if found is None:
        raise Http404
    return found


def own(person: Any, edition: Edition) -> SurveyLink:
    """One's own link; Http404 where there is none. One statement."""
    found = SurveyLink.objects.filter(survey__edition=edition, delegate__person_id=person.pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Result:
    """What is told of one question, with its bars."""

    counted: Counted
    bars: list[Bar]
    untold: list[str]

    @property
    def texts(self) -> list[str]:
        """What was written, in the order of the alphabet."""
        return self.counted.texts


def results(survey: Survey) -> list[Result]:
    """Question by question; nothing before it is closed, and nothing of fewer than five people. One statement."""
    if survey.state not in (states.CLOSED, states.PUBLISHED):
        return []
    given: dict[str, list[Any]] = {}
    for key, value in survey.answers.values_list("question", "value"):
        given.setdefault(key, []).append(value)
    found = []
    for asked in questions(survey.edition, survey.questions):
        counted = surveying.counted(asked, given.get(asked.key, []) if survey.answered >= FEWEST else [])
        bars = [Bar(" · ".join(label(asked, value) for value in values), number) for values, number in counted.groups]
        found.append(Result(counted, bars, [label(asked, value) for value in counted.untold]))
    return found


def label(asked: Question, value: str) -> str:
    """What can be answered, in words."""
    if asked.kind == YES_NO:
        return _("yes") if value == "yes" else _("no")
    if asked.kind == SCALE:
        ends = dict(zip((MARKS[0], MARKS[-1]), asked.options, strict=False))
        return f"{value} ({ends[value]})" if value in ends else value
    return asked.options[int(value)]
