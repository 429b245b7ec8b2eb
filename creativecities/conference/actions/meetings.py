"""Meetings at the fair: wished for, planned by a timetable that is read before it is applied, and what came of them."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import timetable as reckoned
from creativecities.conference.models import Delegation, Edition, Meeting, MeetingTimes, MeetingWish, Seat, Timetable
from creativecities.conference.notices import meetings as notices
from creativecities.conference.queries import meeting_plans as plans
from creativecities.conference.rules import editions
from creativecities.conference.rules import meetings as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions as exchange
from creativecities.exchange.models import Initiative
from creativecities.network import rules as network

ALONGSIDE = 1000
"""Meetings that move wait at tables above this number, so that two can change places."""


@action
def hold_meetings(edition: Edition, said: dict[str, Any], *, opened: int, by: Person) -> Event:
    """Say when people meet, how long, and at how many tables. What is planned stays until a timetable is applied."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if refusal := editions.run(by, edition):
        raise refusal
    if edition.version != opened:
        raise Refusal(
            _("Somebody has changed the settings of this edition in the meantime."),
            remedy=_("Look at what they say now, then save again."), code="changed-meanwhile",
        )  # fmt: skip
    settings = {**edition.settings, "meetings": said}
    Edition.objects.filter(pk=edition.pk).update(settings=settings, version=F("version") + 1)
    return record("conference.edition.meetings_held", edition, by=by, tables=said["tables"])


@action(quiet=True)
def say_times(delegation: Delegation, *, tables: int, busy: Collection[str], by: Person) -> Event:
    """Say that a delegation is willing to meet, when it cannot, and at how many tables it has people."""
    if refusal := rules.ask(by, delegation):
        raise refusal
    MeetingTimes.objects.update_or_create(delegation=delegation, defaults={"tables": tables, "busy": sorted(busy)})
    return record("conference.delegation.times_said", delegation, by=by)


@action(quiet=True)
def wish(of: Delegation, whom: Delegation, *, why: str, language: str, by: Person) -> Event:
    """Wish to meet another delegation, and say why; said again, it is the newer words that count."""
    of = Delegation.objects.select_for_update(of=("self",)).select_related("edition", "city").get(pk=of.pk)
    if refusal := rules.wish(by, of, whom):
        raise refusal
    MeetingTimes.objects.get_or_create(delegation=of)
    MeetingWish.objects.update_or_create(of=of, whom=whom, defaults={"why": why, "language": language})
    return record("conference.delegation.wished", of, by=by)


@action(quiet=True)
def take_back(known: MeetingWish, *, by: Person) -> Event:
    """Wish it no longer. What is planned stays until a timetable is applied."""
    if refusal := rules.ask(by, known.of):
        raise refusal
    MeetingWish.objects.filter(pk=known.pk).delete()
    return record("conference.delegation.wish_taken_back", known.of, by=by)


@action(quiet=True)
def propose(edition: Edition, *, by: Person) -> Timetable:
    """Have a timetable worked out, in the background; an earlier one that was not applied is dropped."""
    if refusal := rules.plan(by, edition):
        raise refusal
    return _ask(edition, by=by)


@step
def _ask(edition: Edition, *, by: Actor) -> Timetable:
    from creativecities.conference.jobs import work_out_meetings  # which calls this module

    Edition.objects.select_for_update().get(pk=edition.pk)
    for earlier in Timetable.objects.filter(edition=edition, state__in=states.OPEN_TIMETABLES):
        move(earlier, "drop", by=by)
    asked = Timetable.objects.create(edition=edition)
    record("conference.timetable.asked", asked, by=by)
    transaction.on_commit(lambda: work_out_meetings.enqueue(asked.pk))
    return asked


@step
def give_up(sent: Delegation, *, by: Actor) -> list[Event]:
    """Cancel the meetings of a delegation that does not come; partners are told, and a new timetable is worked out.

    The officers read it before it is applied: it moves as few of the other meetings as possible.
    """
    Edition.objects.select_for_update().get(pk=sent.edition_id)  # nobody applies a timetable meanwhile
    ahead = list(plans.ahead_of(sent))
    Seat.objects.filter(meeting__in=ahead).delete()
    events = [move(meeting, "cancel", by=by) for meeting in ahead]
    Meeting.objects.filter(pk__in=[each.pk for each in ahead]).update(changed_at=timezone.now())
    if events:
        notices.planned(sent.edition, {meeting.partner_of(sent).pk for meeting in ahead}, events[0])
        _ask(sent.edition, by=by)
    return events


@action(quiet=True)
def lapse(sent: Delegation, *, by: Actor) -> None:
    """Cancel the meetings of a city that has left the network. Raises Refusal when there are none."""
    if not give_up(sent, by=by):
        raise Refusal(network.UNCHANGED, code="unchanged")


@action(quiet=True)
def show(asked: Timetable, plan: dict[str, Any], basis: str, *, by: Actor) -> Event:
    """Keep a timetable that was worked out, to be read."""
    event = move(asked, "work_out", by=by)
    Timetable.objects.filter(pk=asked.pk).update(plan=plan, basis=basis)
    return event


@action(quiet=True)
def drop(asked: Timetable, *, by: Person) -> Event:
    """Leave everything as it is."""
    if refusal := editions.run(by, asked.edition):
        raise refusal
    return move(asked, "drop", by=by)


@action(quiet=True)
def apply(asked: Timetable, *, by: Person) -> Event:
    """Hold meetings as the timetable says that was shown. Raises Refusal when what it rests on has changed since."""
    edition = Edition.objects.select_for_update().get(pk=asked.edition_id)
    if refusal := rules.plan(by, edition):
        raise refusal
    event = move(asked, "apply", by=by)
    found = plans.basis(edition)
    if found.fingerprint != asked.basis:
        raise Refusal(
            _("Wishes, times or tables have changed since this timetable was worked out."),
            remedy=_("Have a new one worked out."), code="changed-since",
        )  # fmt: skip
    changed = [each for each in asked.plan["changes"] if each["kind"] != reckoned.KEPT]
    _make_room(found.present, changed, by=by)
    for each in changed:
        if each["after"]:
            _hold(edition, found.present.get(tuple(each["pair"])), each)
    notices.planned(edition, {key for each in changed for key in each["pair"]}, event)
    return event


@step
def _make_room(present: dict[Any, Meeting], changed: list[dict[str, Any]], *, by: Actor) -> None:
    """Cancel what goes, and lift what moves from its table, so that others can sit there."""
    for each in changed:
        if (meeting := present.get(tuple(each["pair"]))) is None:
            continue
        Seat.objects.filter(meeting=meeting).delete()
        if each["kind"] == reckoned.CANCELLED:
            move(meeting, "cancel", by=by)
        Meeting.objects.filter(pk=meeting.pk).update(table=F("table") + ALONGSIDE, changed_at=timezone.now())


@step
def _hold(edition: Edition, meeting: Meeting | None, change: dict[str, Any]) -> None:
    """Put a meeting where the timetable says, with a seat for each of the two."""
    at = {name: dt.datetime.fromisoformat(change["after"][name]) for name in ("starts_at", "ends_at")}
    where = {**at, "table": change["after"]["table"]}
    one, other = change["pair"]
    if meeting is None:
        meeting = Meeting.objects.create(edition=edition, one_id=one, other_id=other, **where)
    else:
        Meeting.objects.filter(pk=meeting.pk).update(**where)
    for delegation in (one, other):
        taken = Seat.objects.filter(delegation_id=delegation, starts_at=at["starts_at"]).count()
        Seat.objects.create(meeting=meeting, delegation_id=delegation, starts_at=at["starts_at"], number=taken + 1)


@action(quiet=True)
def say_outcome(meeting: Meeting, delegation: Delegation, outcome: str, *, by: Person) -> Initiative | None:
    """Say in one tap what came of a meeting. An initiative is begun in the exchange, with the other city as partner."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)  # of two who begin one waits
    if refusal := rules.say(by, meeting, delegation):
        raise refusal
    one = _begin(meeting, delegation, by=by) if outcome == Meeting.Outcome.INITIATIVE else None
    Meeting.objects.filter(pk=meeting.pk).update(outcome=outcome, initiative=one)
    record("conference.meeting.outcome_said", meeting, by=by, outcome=outcome)
    return one


@step
def _begin(meeting: Meeting, delegation: Delegation, *, by: Person) -> Initiative:
    partner = meeting.partner_of(delegation).city
    said = MeetingWish.objects.filter(of__in=[meeting.one_id, meeting.other_id]).filter(
        whom__in=[meeting.one_id, meeting.other_id]
    )
    title = f"{delegation.city.name} – {partner.name}"
    why = "\n\n".join(each.why for each in said)
    language = next((each.language for each in said), by.language)
    values = {
        "kind": Initiative.Kind.COLLABORATION, "course": Initiative.Course.IDEA, "title": title,
        "summary": why or title, "language": language, "starts_on": "", "ends_on": "", "partners": [partner.slug],
    }  # fmt: skip
    return exchange.record_initiative(delegation.city, values=values, by=by)
