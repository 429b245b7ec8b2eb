"""The Secretariat plans the programme: rooms, sessions, who speaks. All of it is a draft until it is released."""

import datetime as dt
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.actions import signups
from creativecities.conference.compute.written import told
from creativecities.conference.models import Delegate, Edition, Room, Session, Speaker
from creativecities.conference.rules import programme as rules
from creativecities.conference.rules import signups as seat_rules
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.slug import numbered, plain_letters

Values = dict[str, Any]
PAGES = ("now", "changes")
"""Pages beside those of the sessions: no session has their address."""


@action(quiet=True)
def add_room(edition: Edition, values: Values, *, by: Person) -> Room:
    """A further room of the edition."""
    if refusal := rules.plan(by, edition):
        raise refusal
    key = _name_in_addresses(values["name"], "room", edition.rooms.values_list("key", flat=True), most=40)
    room = Room.objects.create(edition=edition, key=key, position=edition.rooms.count(), **values)
    record("conference.room.added", room, by=by)
    return room


@action(quiet=True)
def edit_room(room: Room, values: Values, *, opened: int, stand_over: bool = False, by: Person) -> Event:
    """Change a room. Raises Conflict when somebody else has changed it since version `opened`.

    Where it gets too small for the seats of sessions, there are fewer of them.
    """
    _hold(room, opened, by=by)
    event = _keep(room, values, by=by)
    for session in room.sessions.filter(seats__gt=room.capacity) if room.capacity else ():
        _shrink(session, room.capacity, is_confirmed=stand_over)
        Session.objects.filter(pk=session.pk).update(seats=room.capacity, version=F("version") + 1)
        facts = {"version": session.version + 1, "before": {"seats": session.seats}, "after": {"seats": room.capacity}}
        record("conference.session.edited", session, by=by, **facts)
        session.seats = room.capacity
        signups.stand_over(session, by=by)
    return event


@action(quiet=True)
def plan_session(edition: Edition, values: Values, *, by: Person) -> Session:
    """A further session in the draft."""
    if refusal := rules.plan(by, edition):
        raise refusal
    taken = [*PAGES, *edition.sessions.values_list("slug", flat=True)]
    slug = _name_in_addresses(values["title"], "session", taken, most=60)
    session = Session.objects.create(edition=edition, slug=slug, **values)
    record("conference.session.planned", session, by=by)
    return session


@action(quiet=True)
def edit_session(session: Session, values: Values, *, opened: int, stand_over: bool = False, by: Person) -> Event:
    """Change a session of the draft. Raises Conflict when somebody else has changed it since version `opened`.

    With more seats those who wait move up; with fewer the last ones stand over, if that is said.
    """
    _hold(session, opened, by=by)
    _shrink(session, values.get("seats"), is_confirmed=stand_over)
    event = _keep(session, values, by=by)
    signups.stand_over(session, by=by)
    signups.fill(session, by=by)
    return event


@action(quiet=True)
def move_session(
    session: Session, *, room: Room | None, starts_at: dt.datetime | None, opened: int, by: Person
) -> Event:
    """Put a session into another room or hour; it stays as long as it was, an hour where nothing was said."""
    _hold(session, opened, by=by)
    lasts = session.ends_at - session.starts_at if session.ends_at and session.starts_at else dt.timedelta(hours=1)
    ends_at = starts_at + lasts if starts_at else None
    event = _keep(session, {"room": room, "starts_at": starts_at, "ends_at": ends_at}, by=by)
    signups.fill(session, by=by)
    return event


@action(quiet=True)
def drop_session(session: Session, *, by: Person) -> Event:
    """Take a session out of the draft; it can be put back."""
    if refusal := rules.plan(by, session.edition):
        raise refusal
    return move(session, "drop", by=by)


@action(quiet=True)
def plan_again(session: Session, *, by: Person) -> Event:
    """Put a session back that was dropped; seats given back meanwhile are passed on."""
    if refusal := rules.plan(by, session.edition):
        raise refusal
    event = move(session, "plan_again", by=by)
    signups.fill(session, by=by)
    return event


@action(quiet=True)
def name_speaker(session: Session, delegate: Delegate, *, by: Person) -> Speaker:
    """Somebody of a delegation speaks in a session."""
    if refusal := rules.plan(by, session.edition) or rules.speak(session, delegate):
        raise refusal
    last = session.speakers.aggregate(last=Max("position"))["last"]
    place = {"position": 0 if last is None else last + 1}
    speaker, is_new = Speaker.objects.get_or_create(session=session, delegate=delegate, defaults=place)
    if not is_new:
        raise Refusal(network.UNCHANGED, code="unchanged")
    record("conference.session.speaker_named", session, by=by, delegate=delegate.code)
    return speaker


@action(quiet=True)
def take_speaker_out(session: Session, delegate: Delegate, *, by: Person) -> Event:
    """Somebody does not speak in a session any more."""
    if refusal := rules.plan(by, session.edition):
        raise refusal
    if not session.speakers.filter(delegate=delegate).delete()[0]:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone")
    return record("conference.session.speaker_taken_out", session, by=by, delegate=delegate.code)


def _name_in_addresses(text: dict[str, str], otherwise: str, taken: Any, *, most: int) -> str:
    """What never changes of it, from the first of its names."""
    written = plain_letters(next(filter(None, text.values()), ""), most=most - 4)
    return numbered(written or otherwise, set(taken))


@step
def _hold(one: Room | Session, opened: int, *, by: Person) -> None:
    """Take it for the length of this transaction: of two who edit one waits, then sees the other."""
    type(one)._base_manager.filter(pk=one.pk).update(version=F("version") + 1)
    one.refresh_from_db()
    newest = one.version - 1
    if refusal := rules.plan(by, one.edition) or network.build_on_version(opened, newest=newest, fewest=1):
        raise refusal
    newer = list(Event.objects.about(one).filter(facts__version__gt=opened).order_by("pk"))
    if newer:
        last = newer[-1]
        raise Conflict(by_name=last.actor_name, at=last.at, opened=newer[0].facts["before"], theirs=last.facts["after"])


def _shrink(session: Session, seats: int | None, *, is_confirmed: bool) -> None:
    seated = session.signups.filter(number__isnull=False).count()
    if refusal := seat_rules.shrink(session, seats, seated, is_confirmed=is_confirmed):
        raise refusal


def _keep(one: Room | Session, values: Values, *, by: Person) -> Event:
    before = {name: getattr(one, name) for name in values}
    if before == values:
        raise Refusal(network.UNCHANGED, code="unchanged")
    for name, value in values.items():
        setattr(one, name, value)
    one.save(update_fields=list(values))
    zone = one.edition.zone
    facts = {"version": one.version, "before": told(before, zone), "after": told(values, zone)}
    return record(f"conference.{one._meta.model_name}.edited", one, by=by, **facts)
