"""Who proposes a case, writes it and hands it in, and who decides on it: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Case, Edition
from creativecities.conference.rules import editions, fair, signing
from creativecities.core.clocks import instant
from creativecities.core.refusal import Refusal
from creativecities.exchange.models import Initiative
from creativecities.exchange.rules import speaking
from creativecities.network.models import City

NO_REASON = _("Say why: the city will read it.")


def window(edition: Edition) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From when until when cases are proposed, as instants; no end: none are asked for."""
    said = definition.part(edition.settings, "cases")
    return tuple(instant(said[name], edition.zone) if said[name] else None for name in ("cases_from", "cases_until"))  # type: ignore[return-value]


def takes_cases(edition: Edition) -> Refusal | None:
    """An announced edition, between its two hours."""
    first, last = window(edition)
    if edition.state != states.ANNOUNCED or last is None:
        return Refusal(_("No cases are asked for at this edition."), code="no-call")
    now = timezone.now()
    if first and now < first:
        return Refusal(_("Cases are not proposed yet."), code="not-yet")
    return None if now < last else Refusal(_("The day until which cities propose cases has passed."), code="closed")


def begin(person: Any, edition: Edition, city: City, held: int) -> Refusal | None:
    """A member city's own team, up to so many."""
    if refusal := takes_cases(edition) or speaking.speaks_for_member(person, city):
        return refusal
    return full(edition) if held >= definition.part(edition.settings, "cases")["most_cases"] else None


def full(edition: Edition) -> Refusal:
    """A city proposes only so many."""
    most = definition.part(edition.settings, "cases")["most_cases"]
    words = ngettext("A city proposes one case.", "A city proposes at most %(number)d cases.", most)
    return Refusal(words % {"number": most}, remedy=_("Withdraw one to propose another."), code="full")


def there_already() -> Refusal:
    """One case of each record."""
    return Refusal(_("Your city proposes a case of this initiative already."), code="there-already")


def tell_of(city: City, one: Initiative) -> Refusal | None:
    """Something public that the city leads or takes part in."""
    if fair.show(city, one) is None:
        return None
    return Refusal(
        _("A city tells of published initiatives that it leads or takes part in."),
        remedy=_("Record it first, then propose it here."), code="not-its-own",
    )  # fmt: skip


def is_open(case: Case) -> Refusal | None:
    """Whether its city can write it now: a draft while cases are proposed, one that was sent back until its day."""
    if case.state == states.DRAFT:
        return takes_cases(case.edition)
    if case.state != states.RETURNED:
        return Refusal(_("A case that is handed in is not changed."), code="handed-in")
    if case.returned_until and timezone.now() >= case.returned_until:
        return Refusal(_("The day until which it could be changed has passed."), code="closed")
    return None


def write(person: Any, case: Case) -> Refusal | None:
    """The city's team, as long as the city is a member."""
    return speaking.speaks_for_member(person, case.city) or is_open(case)


def hand_in(person: Any, case: Case) -> Refusal | None:
    """By mandate, with all that must be there."""
    if refusal := signing.bind(person, case.city) or is_open(case) or tell_of(case.city, case.initiative):
        return refusal
    asked = definition.listed(case.edition.settings, "questions")
    is_silent = any(each["is_required"] and case.answers.get(each["key"]) in (None, "", False) for each in asked)
    if is_silent or not case.angle or not case.story:
        return Refusal(_("Something that must be answered is not answered yet."), code="incomplete")
    return None


def take_back(person: Any, case: Case) -> Refusal | None:
    """By mandate, while cases are proposed."""
    return signing.bind(person, case.city) or takes_cases(case.edition)


def withdraw(person: Any, case: Case) -> Refusal | None:
    """The city's own team, also when the city has left the network."""
    return speaking.speaks_for(person, case.city)


def as_read(case: Case, opened: int) -> Refusal | None:
    """On top of what was read; taking the case for the transaction has raised its version by one."""
    if opened == case.version - 1:
        return None
    return Refusal(
        _("Somebody was faster: this has changed since you opened the page."),
        remedy=_("Nothing you typed is lost: look it over and save again."), code="forged-version",
    )  # fmt: skip


def send_back(person: Any, case: Case, wanted: str, until: dt.datetime, opened: int) -> Refusal | None:
    """The Secretariat, once, with what is asked and a day to come."""
    if refusal := editions.run(person, case.edition) or as_read(case, opened):
        return refusal
    if case.returned_at is not None:
        return returned_already()
    if not wanted:
        return Refusal(_("Say what is to be changed: the city will read it."), code="no-reason")
    if until <= timezone.now():
        return Refusal(_("This hour has passed."), code="too-early")
    return None


def can_come_back(case: Case) -> bool:
    """Whether its readers may still be asked to judge it anew: it is with its city, or can be sent back to it."""
    return case.state == states.RETURNED or (case.state == states.SUBMITTED and case.returned_at is None)


def returned_already() -> Refusal:
    """A case is sent back once."""
    return Refusal(
        _("This case was sent back once: it is not sent back again."), remedy=_("Decide on it as it is."),
        code="returned-already",
    )  # fmt: skip


def decide(person: Any, case: Case, reason: str, opened: int) -> Refusal | None:
    """The Secretariat, with a reason, when both readers have handed in."""
    if refusal := editions.run(person, case.edition) or as_read(case, opened):
        return refusal
    done = case.readings.filter(state=states.DONE).count()
    if case.state == states.SUBMITTED and done < len(case.readings.model.PLACES):
        return Refusal(
            _("It is decided once two readers have handed in what they say."),
            remedy=_("Remind them, or give the case to others."), code="not-read",
        )  # fmt: skip
    return None if reason else no_reason(NO_REASON)


def no_reason(words: str | Promise) -> Refusal:
    """What others read is not decided in silence."""
    return Refusal(words, code="no-reason")
