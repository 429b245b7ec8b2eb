"""Who signs whom up for a session: None, or a Refusal with its reason."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creativecities.conference import states
from creativecities.conference.models import Delegate, Session
from creativecities.conference.rules import gate
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def act_for(person: Any, delegate: Delegate) -> Refusal | None:
    """They themselves, with their account; or the team of their city, for those who have none."""
    if delegate.person_id == person.pk or network.team_cities(person).filter(city=delegate.delegation.city_id).exists():
        return None
    return Refusal(_("One signs up oneself, or the own city’s team does."), code="not-theirs", status=403)


def sign_up(person: Any, session: Session, delegate: Delegate, closed: Refusal | None) -> Refusal | None:
    """Somebody who comes, for a session to come that has seats and whose gate lets them in; `closed` is its verdict."""
    if refusal := act_for(person, delegate):
        return refusal
    comes = delegate.state == states.CONFIRMED and delegate.delegation.state != states.DECLINED
    if not comes or delegate.delegation.edition_id != session.edition_id:
        return Refusal(_("Only who is confirmed by name for this edition signs up."), code="not-coming")
    return time(session) or closed


def time(session: Session) -> Refusal | None:
    """Seats are given for a session that is to come and has some."""
    if refusal := to_come(session):
        return refusal
    if session.seats is None:
        return Refusal(_("Nobody signs up for this session: one just comes."), code="no-seats")
    return None


def to_come(session: Session) -> Refusal | None:
    """Seats are passed on as long as a session is to come."""
    if session.state != states.PLANNED or session.starts_at is None:
        return Refusal(_("This session does not take place."), code="dropped")
    if session.starts_at <= timezone.now():
        return Refusal(_("This session has begun."), code="begun")
    return None


def shrink(session: Session, seats: int | None, seated: int, *, is_confirmed: bool) -> Refusal | None:
    """Fewer seats than people have one: only knowingly, for the last ones stand over."""
    if seats is None or seated <= seats or is_confirmed:
        return None
    many = ngettext(
        "%(number)d person who has a seat would stand over.", "%(number)d people who have a seat would stand over.",
        seated - seats,
    )  # fmt: skip
    return Refusal(
        many % {"number": seated - seats},
        remedy=_("Say below that the last ones who signed up go on the waiting list; they are told."),
        code="stands-over",
    )


def in_words(admits: str) -> str:
    """Whom a session admits, as everybody reads it."""
    refusal = gate.come_in(admits, "", gate.Facts())
    return str(refusal.reason) if refusal else str(Session.Admits(admits).label)
