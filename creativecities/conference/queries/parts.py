"""The pages an edition has beside its own: each part of the conference adds its line here.

A line stands on the page only where there is something behind it; all of that is asked in the one statement that reads
the edition.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import (
    Certificate,
    Delegate,
    Edition,
    Figures,
    Outcome,
    Release,
    Report,
    Survey,
    SurveyLink,
    Vote,
)
from creativecities.core import days
from creativecities.core.refusal import Text
from creativecities.network import rules as network

REGISTERS = Q(opens_at__isnull=False, state=states.ANNOUNCED)


@dataclass(frozen=True)
class Line:
    """A page: what it is called, and the name of its address, which takes the slug of the edition."""

    label: Text
    address: str
    there: Exists | Q | None = None
    """What must be so; of an `Exists` the edition is `OuterRef("pk")`. None: it is always there."""


_HAS_FAIR = Q(settings__fair__rows__0__isnull=False) | Q(settings__meetings__tables__gt=0)


def _any(rows: QuerySet[Any]) -> Exists:
    """Whether the edition has any of these."""
    return Exists(rows.filter(edition=OuterRef("pk")))


def _afterwards(person: Any) -> list[Line]:
    """What an edition leaves behind."""
    certificates = Certificate.objects.visible_to(person).filter(delegate__isnull=False)
    outcomes, reports = Outcome.objects.visible_to(person).filter(number__gt=0), Report.objects.visible_to(person)
    return [
        Line(_("Outcome documents"), "conference:outcomes", _any(outcomes)),
        Line(_("Report of the conference"), "conference:report", _any(reports)),
        Line(_("Certificates of attendance"), "conference:certificates", _any(certificates)),
        Line(_("In numbers"), "conference:figures", _any(Figures.objects.visible_to(person))),
        Line(_("Answer the survey"), "conference:own_survey", _asked(person)),
        Line(_("Survey"), "conference:survey", _any(Survey.objects.filter(state=states.PUBLISHED))),
    ]


def public(person: Any) -> list[Line]:
    """What everybody reads of an edition, and what a city's team does for its own."""
    searched = Q(settings__hosting__has_key="bids_until", state=states.ANNOUNCED)
    searched &= ~Q(settings__hosting__bids_until="")
    proposed = Q(settings__cases__has_key="cases_until", state=states.ANNOUNCED)
    proposed &= ~Q(settings__cases__cases_until="")
    today = days.today()
    voted = Exists(Vote.objects.filter(edition=OuterRef("pk")))
    return [
        Line(_("Participants"), "conference:participants", _named()),
        Line(_("Your entry"), "conference:own_entry", _own_entry(person)),
        Line(_("Who hosts it"), "conference:hosting", searched | Q(voted)),
        Line(_("Call for cases"), "conference:case_call", proposed),
        Line(_("Programme"), "conference:programme", Exists(Release.objects.filter(edition=OuterRef("pk")))),
        Line(_("Now and next"), "conference:now", Q(starts_on__lte=today, last_day__gte=today, state=states.ANNOUNCED)),
        Line(_("Your delegation"), "conference:own_delegations", REGISTERS & Q(Exists(network.team_cities(person)))),
        Line(_("Exchange fair"), "conference:fair", _HAS_FAIR),
        *_afterwards(person),
    ]


def _named() -> Exists:
    """Whether a visitor finds a name in the list of participants."""
    return Exists(Delegate.objects.coming().filter(delegation__edition=OuterRef("pk"), consent="public"))


def _own_entry(person: Any) -> Exists:
    mine = Delegate.objects.filter(person_id=person.pk or 0, delegation__edition=OuterRef("pk"))
    return Exists(mine.exclude(state=states.WITHDRAWN))


def _asked(person: Any) -> Exists:
    """Whether the survey is open and this person has not answered it."""
    mine = SurveyLink.objects.filter(delegate__person_id=person.pk or 0, has_answered=False)
    return Exists(mine.filter(survey__edition=OuterRef("pk"), survey__state=states.OPEN))


def desk() -> list[Line]:
    """What the Secretariat does for an edition."""
    return [
        Line(_("Settings"), "conference:settings"),
        Line(_("Bids and vote"), "conference:all_bids"),
        Line(_("Delegations"), "conference:registrations"),
        Line(_("Invitation letters"), "conference:all_letters"),
        Line(_("Badges"), "conference:badges"),
        Line(_("Cases"), "conference:all_cases"),
        Line(_("Programme"), "conference:plan"),
        Line(_("Exchange fair"), "conference:lead_fair"),
        Line(_("Meetings at the fair"), "conference:lead_meetings"),
        Line(_("Doors"), "conference:doors", Q(starts_on__isnull=False)),
        Line(_("Outcome documents"), "conference:all_outcomes"),
        Line(_("Report of the conference"), "conference:arrange_report"),
        Line(_("Certificates of attendance"), "conference:issue_certificates"),
        Line(_("In numbers"), "conference:count_edition"),
        Line(_("Survey"), "conference:lead_survey"),
    ]


def read(person: Any, slug: str, lines: list[Line]) -> tuple[Edition, list[tuple[Text, str]]]:
    """An edition with its hosts, and those of the lines that lead somewhere, as labels with addresses.

    Hidden and missing give the same Http404. Two statements.
    """
    wanted = {f"line_{at}": line.there for at, line in enumerate(lines) if line.there is not None}
    found = Edition.objects.visible_to(person).annotate(**wanted).prefetch_related("hosts__city")
    edition = found.filter(slug=slug).first()
    if edition is None:
        raise Http404
    return edition, [
        (line.label, reverse(line.address, args=[slug]))
        for at, line in enumerate(lines)
        if getattr(edition, f"line_{at}", True)
    ]
