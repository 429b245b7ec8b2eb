"""Delegations write their trip report together, hand it in and take it back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.compute import reporting
from creativecities.conference.compute.reporting import Place
from creativecities.conference.models import Delegation, TripNote, TripReport
from creativecities.conference.notices import trips as notices
from creativecities.conference.rules import trips as rules
from creativecities.core.action import action, move, record, record_sitting
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange.models import Initiative, Need

SITTING = dt.timedelta(minutes=30)


@dataclass
class Saved:
    """What became of some notes: their versions now, and those that somebody else wrote meanwhile."""

    versions: dict[Place, int] = field(default_factory=dict)
    clashes: dict[Place, TripNote] = field(default_factory=dict)


@action(quiet=True)
def write(
    delegation: Delegation, texts: Mapping[Place, str], *, opened: Mapping[Place, int], roles: Mapping[Place, str],
    language: str, by: Person,
) -> Saved:  # fmt: skip
    """Write notes, each on top of the version it was opened with (0: there was none).

    What somebody else wrote meanwhile holds up nothing but itself. Raises Refusal when this person may not.
    """
    report, _is_new = TripReport.objects.get_or_create(delegation=delegation)
    report = TripReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if refusal := rules.write(by, delegation, report):
        raise refusal
    if any(len(text) > reporting.LONGEST for text in texts.values()):
        raise Refusal(_("This text is far too long to be kept: shorten it."), code="too-long", status=413)
    there = {(each.kind, each.key): each for each in report.notes.select_related("person")}
    saved = Saved()
    for place, text in texts.items():
        note = there.get(place)
        if note and note.version != opened.get(place, 0) and note.text != text:
            saved.clashes[place] = note
        elif note is None and text:
            kind, key = place
            TripNote.objects.create(
                report=report, kind=kind, key=key, text=text, language=language, role=roles.get(place, ""), person=by
            )
            saved.versions[place] = 1
        elif note and note.text != text:
            TripNote.objects.filter(pk=note.pk).update(
                text=text, language=language, version=F("version") + 1, person=by, at=timezone.now()
            )
            saved.versions[place] = note.version + 1
        else:
            saved.versions[place] = note.version if note else 0
    record_sitting("conference.tripreport.written", report, by=by, within=SITTING, places=[])
    return saved


@action(quiet=True)
def point(idea: TripNote, to: Initiative | Need | None, *, by: Person) -> Event:
    """Say which initiative, need or offer of the city an idea became; nobody types it twice."""
    if refusal := rules.write(by, idea.report.delegation, idea.report):
        raise refusal
    TripNote.objects.filter(pk=idea.pk).update(
        initiative=to if isinstance(to, Initiative) else None, need=to if isinstance(to, Need) else None
    )
    return record("conference.tripreport.pointed", idea.report, by=by)


@action
def hand_in(report: TripReport, shared: str, *, by: Person) -> Event:
    """Hand the report in, and say with whom it is shared."""
    if refusal := rules.hand_in(by, report):
        raise refusal
    event = move(report, "hand_in", by=by, shared=shared)
    TripReport.objects.filter(pk=report.pk).update(shared=shared, handed_in_at=timezone.now())
    notices.handed_in(report, event, by=by)
    return event


@action
def take_back(report: TripReport, *, by: Person) -> Event:
    """Take the report back, to go on with it or to share it otherwise: nobody else reads it until then."""
    if refusal := rules.take_back(by, report):
        raise refusal
    event = move(report, "take_back", by=by)
    TripReport.objects.filter(pk=report.pk).update(handed_in_at=None, shared=TripReport.Shared.SECRETARIAT)
    return event
