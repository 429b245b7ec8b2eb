"""What a National Commission has before it: the files of its country in each call, its places, its deadline."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from creativecities.calls import states
from creativecities.calls.compute import files, instants
from creativecities.calls.compute.definition import Definition
from creativecities.calls.compute.differences import Difference, differences
from creativecities.calls.models import Answer, Application, Call, Completion, Document, Endorsement
from creativecities.calls.queries import applications as queries
from creativecities.calls.queries import calls
from creativecities.calls.rules import endorsements as rules
from creativecities.core import clocks
from creativecities.network.models import Mandate, NationalCommission
from creativecities.network.models.people import in_force

SET_WITHIN, TRIED_FOR = dt.timedelta(minutes=1), dt.timedelta(days=1)
"""A letter that was written here is set in type within a minute; if not, that is tried again for a day."""


@dataclass(frozen=True)
class Line:
    """A file in the queue of its commission; `has_changed` since the commission endorsed it.

    `again` is until when its word is asked for anew, as the clock of the call shows it, where it was not said yet.
    """

    application: Any
    endorsement: Endorsement | None
    has_changed: bool
    again: tuple[dt.date, str] | None

    @property
    def is_given_up(self) -> bool:
        """Whether the city has left the call."""
        return bool(self.application.state == states.WITHDRAWN)

    @property
    def rank(self) -> int | None:
        """Which choice it is; None while it has no rank."""
        return self.endorsement.rank if self.endorsement else None

    @property
    def is_endorsed(self) -> bool:
        """Whether the endorsement stands."""
        return self.endorsement is not None and self.endorsement.state == states.ENDORSED


@dataclass(frozen=True)
class Desk:
    """One call as a commission sees it."""

    shown: calls.Shown
    commission: NationalCommission
    deadline: dt.datetime
    lines: list[Line]

    @property
    def is_open(self) -> bool:
        """Whether the commission can still decide."""
        return self.shown.call.state == states.PUBLISHED and timezone.now() < self.deadline

    @property
    def last_minute(self) -> tuple[dt.date, str]:
        """Its deadline as the clock of the call shows it."""
        return clocks.last_minute(self.deadline)

    @property
    def endorsed(self) -> list[Line]:
        """Those that hold a place, in the order of their ranks."""
        found = [line for line in self.lines if line.is_endorsed and not line.is_given_up]
        return sorted(found, key=lambda line: (line.rank is None, line.rank or 0))

    @property
    def waiting(self) -> list[Line]:
        """Those on which nothing was said yet."""
        return [line for line in self.lines if line.endorsement is None and not line.is_given_up]

    @property
    def places(self) -> int | None:
        """How many files of a country the call lets a commission endorse; None: any number."""
        most: int | None = self.shown.definition["rules"]["endorsements_per_country"]
        return most

    @property
    def wants_different_fields(self) -> bool:
        """Whether endorsed files must be in different creative fields."""
        return bool(self.shown.definition["rules"]["distinct_fields"])


def commissions_of(person: Any) -> list[NationalCommission]:
    """The commissions a person works for today. One statement."""
    held = Mandate.objects.filter(in_force(timezone.now().date()), person_id=person.pk, role="commission-officer")
    found = NationalCommission.objects.visible_to(person).filter(mandates__in=held)
    return list(found.select_related("country").distinct())


def desks(person: Any, commissions: Iterable[NationalCommission], found: Any = None) -> list[Desk]:
    """Every published call with the files presented to these commissions. Ten statements, whatever their number."""
    held = list(commissions)
    published = list(calls.published(person) if found is None else found)
    said = {shown.call.pk: shown.definition for shown in published}
    files_ = _files(Application.objects.visible_to(person).filter(country__in=[each.country_id for each in held]))
    by_place: dict[tuple[int, str], list[Line]] = {}
    for each in files_:
        if each.call_id in said:
            by_place.setdefault((each.call_id, each.country_id), []).append(_line(each, said[each.call_id]))
    return [
        desk(shown, commission, by_place.get((shown.call.pk, commission.country_id), []))
        for shown in published for commission in held
        if shown.phase != calls.OPENS_LATER
    ]  # fmt: skip


def desk(shown: calls.Shown, commission: NationalCommission, lines: list[Line]) -> Desk:
    """A call with its files for one commission."""
    until = instants.commissions_deadline(shown.definition, shown.call.more_time, commission.country_id)
    return Desk(shown, commission, until, lines)


def _files(found: Any) -> Any:
    """What was presented, with all that tells whether it has changed since it was endorsed, or returned. Five
    statements.
    """
    returned = Completion.objects.filter(closed_at__isnull=True, application__state=states.RETURNED)
    papers = Document.objects.select_related("file")
    return found.filter(presented_at__isnull=False).select_related("field", "endorsement", "call").prefetch_related(
        Prefetch("answers", Answer.objects.all(), to_attr="said"), Prefetch("documents", papers, to_attr="papers"),
        Prefetch("completions", returned, to_attr="returned"),
    )  # fmt: skip


def _line(application: Any, definition: Definition) -> Line:
    word: Endorsement | None = getattr(application, "endorsement", None)
    waits = [each for each in application.returned if rules.asks_commission(each, definition)]
    is_asked = bool(waits) and not rules.has_answered(word, waits[0])
    again = clocks.on_the_clock(waits[0].until, definition["dates"]["zone"]) if is_asked else None
    if word is None or word.state != states.ENDORSED:
        return Line(application, word, False, again)
    now = queries.put_together(word.content["call_version"], application, application.said, application.papers)
    return Line(application, word, bool(differences(word.content, now)), again)


def changes(word: Endorsement | None, now: files.Content) -> list[Difference]:
    """What a file says otherwise than the commission had read it."""
    return differences(word.content, now) if word else []


def held(call: Call, commission: NationalCommission, *, besides: Application) -> list[Endorsement]:
    """The other files that hold the places of a commission in a call: given up ones hold none. One statement."""
    found = Endorsement.objects.filter(call=call, commission=commission, state=states.ENDORSED)
    found = found.exclude(application=besides).exclude(application__state=states.WITHDRAWN)
    return list(found.select_related("application"))


def free_place(definition: Definition, taken: Iterable[Endorsement]) -> int | None:
    """The lowest place that nobody holds; None where the call has no limit."""
    most = definition["rules"]["endorsements_per_country"]
    used = {each.place for each in taken}
    return next((place for place in range(1, (most or 0) + 1) if place not in used), None)


def letters_to_set() -> QuerySet[Endorsement]:
    """Endorsements whose letter was written here and is not set in type yet."""
    found = Endorsement.objects.filter(state=states.ENDORSED, letter=None).exclude(words="")
    return found.select_related("application__field", "call", "commission__country")


def letters_that_wait() -> list[int]:
    """Of these, by number, what should be there by now; without fonts the words stay alone, and it is left at that."""
    now = timezone.now()
    late = letters_to_set().filter(at__lt=now - SET_WITHIN, at__gt=now - TRIED_FOR)
    return list(late.values_list("pk", flat=True))
