"""Selected cases become parts of sessions, move between them, and go when their city does not come."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from creativecities.accounts.models import Person
from creativecities.conference.actions import cases
from creativecities.conference.models import Case, Contribution, Delegate, Edition, Session, Speaker
from creativecities.conference.rules import contributions as rules
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City


@action(quiet=True)
def place(
    case: Case, *, session: Session, position: int, minutes: int, speakers: Sequence[Delegate], opened: int, by: Person
) -> Event:
    """Let a case stand in a session, or in another one than before; those who speak for it go along."""
    cases.hold(case)
    session.refresh_from_db(from_queryset=Session.objects.select_for_update())  # of two who plan in it one waits
    if refusal := rules.place(by, case, session, minutes=minutes, speakers=speakers, opened=opened):
        raise refusal
    before = _as_it_is(case)
    after = {"session": session.slug, "position": position, "minutes": minutes,
             "speakers": sorted(each.code for each in speakers)}  # fmt: skip
    if before == after:
        raise Refusal(network.UNCHANGED, code="unchanged")
    values = {"session": session, "position": position, "minutes": minutes}
    contribution, is_new = Contribution.objects.update_or_create(case=case, defaults=values)
    cases.let_go(contribution)
    _let_speak(contribution, speakers)
    verb = "placed" if is_new or before.get("session") == session.slug else "moved"
    return record(f"conference.contribution.{verb}", contribution, by=by, before=before, after=after)


def _as_it_is(case: Case) -> dict[str, Any]:
    one = Contribution.objects.filter(case=case).select_related("session").first()
    if one is None:
        return {}
    speakers = sorted(one.speakers.values_list("delegate__code", flat=True))
    return {"session": one.session.slug, "position": one.position, "minutes": one.minutes, "speakers": speakers}


@step
def _let_speak(contribution: Contribution, delegates: Sequence[Delegate]) -> None:
    """They are speakers of its session; who speaks there already keeps their place."""
    session = contribution.session
    last = session.speakers.aggregate(last=Max("position"))["last"]
    for at, delegate in enumerate(delegates, start=0 if last is None else last + 1):
        Speaker.objects.get_or_create(session=session, delegate=delegate, defaults={"position": at, "is_named": False})
    free = session.speakers.filter(delegate__in=delegates, contribution__isnull=True)
    free.update(contribution=contribution)


@action(quiet=True)
def take_off(case: Case, *, opened: int, by: Person) -> Event:
    """A case does not stand in the programme any more; it stays selected."""
    cases.hold(case)
    if refusal := rules.take_off(by, case, opened=opened):
        raise refusal
    one = Contribution.objects.filter(case=case).first()
    if one is None:
        raise Refusal(network.UNCHANGED, code="unchanged")
    event = record("conference.contribution.taken_off", one, by=by)
    cases.off_the_programme(case)
    return event


@step
def leave_edition(edition: Edition, city: City, *, by: Actor) -> None:
    """A city does not come: its cases are withdrawn, and with them what stands in the programme."""
    for case in Case.objects.filter(edition=edition, city=city, state__in=Case.MOVES["withdraw"].sources):
        cases.hold(case)
        cases.leave(case, by=by)
