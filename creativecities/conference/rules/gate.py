"""The gate of a session: who comes in, said to everybody else in words.

A pure rule over what is known of a person on the session's day, in the zone of the place; signing up, one's own
programme and the doors all ask it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Session
from creativecities.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a delegate on the day of a session."""

    is_mayor: bool = False
    """Holds a mandate as mayor or deputy mayor of the city of the delegation on that day."""
    interprets_for_mayor: bool = False
    fields: frozenset[str] = frozenset()
    """In which the city is a member on that day: one, or none once it has left."""
    is_newcomer: bool = False
    """The city was designated in the last round before the edition."""


def come_in(admits: str, field: str, facts: Facts) -> Refusal | None:
    """Whether somebody comes in where a session admits only some."""
    if admits == Session.Admits.MAYORS and not (facts.is_mayor or facts.interprets_for_mayor):
        return _closed(
            _("This session is for those who are mayor or deputy mayor on its day, and for their interpreter."),
            _("If the mandate is missing here, the city’s team asks the Secretariat to open it."),
        )
    if admits == Session.Admits.FIELD and field not in facts.fields:
        return _closed(_("This session is for delegations of cities that are members in its field on its day."))
    if admits == Session.Admits.NEWCOMERS and not facts.is_newcomer:
        return _closed(_("This session is for delegations of the cities that were designated in the last round."))
    return None


def _closed(reason: str | Promise, remedy: str | Promise = "") -> Refusal:
    return Refusal(reason, remedy=remedy, code="gate", status=403)
