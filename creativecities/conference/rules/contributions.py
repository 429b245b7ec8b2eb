"""Which cases stand in which session, and who speaks for them: None, or a Refusal with its reason."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Case, Contribution, Delegate, Session
from creativecities.conference.rules import cases, programme
from creativecities.core.refusal import Refusal


def place(
    person: Any, case: Case, session: Session, *, minutes: int, speakers: Iterable[Delegate], opened: int
) -> Refusal | None:
    """Who plans the programme: a selected case, in a planned session that has the time, with people of its city."""
    if refusal := programme.plan(person, case.edition) or cases.as_read(case, opened):
        return refusal
    if case.state != states.SELECTED:
        return Refusal(_("Only a case that is selected stands in the programme."), code="not-selected")
    if session.edition_id != case.edition_id or session.state != states.PLANNED:
        return Refusal(_("This session is not in the draft."), code="not-planned")
    for delegate in speakers:
        if delegate.delegation.city_id != case.city_id:
            return Refusal(_("For a case speaks who comes for its city."), code="of-another-city")
        if refusal := programme.speak(session, delegate):
            return refusal
    return _fits(case, session, minutes)


def take_off(person: Any, case: Case, *, opened: int) -> Refusal | None:
    """Who plans the programme."""
    return programme.plan(person, case.edition) or cases.as_read(case, opened)


def _fits(case: Case, session: Session, minutes: int) -> Refusal | None:
    if session.starts_at is None or session.ends_at is None:
        return None
    lasts = int((session.ends_at - session.starts_at).total_seconds() // 60)
    others = Contribution.objects.filter(session=session).exclude(case=case).aggregate(all=Sum("minutes"))["all"] or 0
    if others + minutes <= lasts:
        return None
    return Refusal(
        _("The session lasts %(lasts)d minutes, and %(others)d of them are given to other cases.")
        % {"lasts": lasts, "others": others},
        remedy=_("Give it fewer minutes, or another session."), code="too-long",
    )  # fmt: skip
