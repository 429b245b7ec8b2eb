"""Seats of sessions: taken, given back, passed on to who waits. The database counts them."""

from collections.abc import Collection

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.models import Delegate, Session, SignUp
from creativecities.conference.notices import signups as notices
from creativecities.conference.queries import gate
from creativecities.conference.rules import signups as rules
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


@action(quiet=True)
def sign_up(session: Session, delegate: Delegate, *, by: Person) -> SignUp:
    """Take a seat, or go on the waiting list when there is none."""
    delegate.refresh_from_db(fields=["state"], from_queryset=Delegate.objects.select_for_update())
    _hold(session)
    closed = gate.verdicts(session, [delegate])[delegate.pk]
    if refusal := rules.sign_up(by, session, delegate, closed):
        raise refusal
    if session.signups.filter(delegate=delegate).exists():
        raise Refusal(network.UNCHANGED, code="unchanged")
    made = SignUp.objects.create(session=session, delegate=delegate, number=_free(session))
    kind = "signed_up" if made.number else "waited_for"
    record(f"conference.session.{kind}", session, by=by, delegate=delegate.code)
    return made


@action(quiet=True)
def give_back(session: Session, delegate: Delegate, *, by: Person) -> Event:
    """Give a seat back, or leave the waiting list; who waits longest moves up."""
    _hold(session)
    if refusal := rules.act_for(by, delegate):
        raise refusal
    if not session.signups.filter(delegate=delegate).delete()[0]:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone")
    event = record("conference.session.given_back", session, by=by, delegate=delegate.code)
    fill(session, by=by)
    return event


@step
def vacate(going: Collection[Delegate], *, by: Actor) -> None:
    """Give back every seat of some who do not come any more. Sessions are held in one order: nobody waits in a ring."""
    list(Delegate.objects.select_for_update().filter(pk__in=[each.pk for each in going]).order_by("pk"))
    for session in Session.objects.filter(signups__delegate__in=going).distinct().order_by("pk"):
        _hold(session)
        for left in session.signups.filter(delegate__in=going).select_related("delegate"):
            left.delete()
            record("conference.session.given_back", session, by=by, delegate=left.delegate.code)
        fill(session, by=by)


@action(quiet=True)
def turn_away(session: Session, closed: Collection[Delegate], *, by: Actor) -> None:
    """Give back the seats of some whom the gate does not admit any more; they and their teams are told why."""
    _hold(session)
    verdicts = gate.verdicts(session, closed)  # again, for until it was held a release could open it to them
    going = [each for each in closed if verdicts[each.pk] and session.signups.filter(delegate=each).delete()[0]]
    if not going:
        raise Refusal(network.UNCHANGED, code="unchanged")
    for delegate in going:
        event = record("conference.session.turned_away", session, by=by, delegate=delegate.code)
        notices.turned_away(event, session, delegate)
    fill(session, by=by)


@step
def fill(session: Session, *, by: Actor) -> list[SignUp]:
    """Let those who wait and come in move up to seats that are free, in their order; each is told.

    What has begun, or does not take place, gives nobody a seat.
    """
    if rules.to_come(session) or _free(session) is None:
        return []
    people = ("delegate__person", "delegate__delegation__city", "delegate__bound_to__delegation")
    line = list(session.signups.filter(number__isnull=True).select_related(*people))
    closed = gate.verdicts(session, [each.delegate for each in line]) if line else {}
    moved = []
    for waiting in (each for each in line if not closed[each.delegate_id]):
        if (number := _free(session)) is None:
            break
        SignUp.objects.filter(pk=waiting.pk).update(number=number)
        event = record("conference.session.moved_up", session, by=by, delegate=waiting.delegate.code)
        notices.moved_up(event, session, waiting.delegate)
        moved.append(waiting)
    return moved


@step
def stand_over(session: Session, *, by: Actor) -> list[SignUp]:
    """Where there are fewer seats than people, the last ones who took one wait again, before all others; each is told.

    Those who stay keep a seat, by another number if theirs is gone.
    """
    seats, held = session.seats, list(session.signups.filter(number__isnull=False).select_related("delegate__person"))
    if seats is None:
        return []
    for leaving in held[seats:]:
        SignUp.objects.filter(pk=leaving.pk).update(number=None)
        event = record("conference.session.stood_over", session, by=by, delegate=leaving.delegate.code)
        notices.stood_over(event, session, leaving.delegate)
    for staying in held[:seats]:
        if staying.number and staying.number > seats:
            SignUp.objects.filter(pk=staying.pk).update(number=_free(session))
    return held[seats:]


@step
def _hold(session: Session) -> None:
    """Of two who want the last seat one waits until the other has it; the draft stays as it was."""
    Session.objects.filter(pk=session.pk).update(version=F("version"))
    session.refresh_from_db()


def _free(session: Session) -> int | None:
    """The lowest number of a seat nobody has; None when all are taken."""
    taken = set(session.signups.filter(number__isnull=False).values_list("number", flat=True))
    most = session.seats or len(taken) + 1
    return next((number for number in range(1, most + 1) if number not in taken), None)
