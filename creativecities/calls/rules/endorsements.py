"""What a National Commission may say of a file now: None, or a Refusal with its reason."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creativecities.calls import states
from creativecities.calls.compute import instants
from creativecities.calls.compute.checklist import BY_COMMISSION
from creativecities.calls.compute.definition import Definition, Item
from creativecities.calls.compute.links import ByLink
from creativecities.calls.models import Application, Call, Completion, Contributor, Endorsement
from creativecities.calls.rules import applications, calls
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network

BEFORE_THE_CHECK = (states.DRAFT, states.SUBMITTED, states.RETURNED)
"""In these the word of the commission can still change."""


def speaks_for(person: Any, country: str) -> bool:
    """Whether somebody works for the commission of a country today, or comes by its link."""
    if isinstance(person, ByLink):
        return person.country == country
    if not getattr(person, "is_authenticated", False):
        return False
    return applications.commission_countries(person).filter(commission__country=country).exists()


def letter_of(definition: Definition) -> Item | None:
    """The letter the call asks of the commission."""
    return next((each for each in definition["documents"] if each.get("by") == BY_COMMISSION), None)


def deadline(application: Application, definition: Definition) -> dt.datetime:
    """Until when the commission decides on a file; later where its own word was asked for again."""
    until = instants.commissions_deadline(definition, application.call.extensions.all(), application.country_id)
    again = asked_again(application, definition)
    return max(until, again.until) if again else until


def asked_again(application: Application, definition: Definition) -> Completion | None:
    """What was returned to the city, where the word of its commission is asked for anew as well."""
    wanted = applications.open_completion(application) if application.state == states.RETURNED else None
    return wanted if wanted and asks_commission(wanted, definition) else None


def asks_commission(completion: Completion, definition: Definition) -> bool:
    """Whether what is missing is for the commission to give: its endorsement or its letter."""
    letter = letter_of(definition)
    places = ("endorsement", *([f"documents/{letter['key']}"] if letter else []))
    return any(item.startswith(places) for item in completion.items)


def has_answered(word: Endorsement | None, completion: Completion) -> bool:
    """Whether the commission has said its word since the file was returned."""
    return word is not None and word.at >= completion.at


def present(person: Any, application: Application, definition: Definition) -> Refusal | None:
    """The owner shows the file to the commission while both can still do something with it."""
    if refusal := applications.present(person, application) or calls.withdrawn(application.call):
        return refusal
    return _in_time(deadline(application, definition))


def decide(person: Any, application: Application, definition: Definition) -> Refusal | None:
    """The commission of the city's country, for what was presented to it, until its deadline."""
    if refusal := _its_own(person, application) or calls.withdrawn(application.call):
        return refusal
    if application.state not in BEFORE_THE_CHECK:
        return Refusal(_("This file is closed."), code="closed")
    return _in_time(deadline(application, definition))


def _its_own(person: Any, application: Application) -> Refusal | None:
    is_of_another_call = isinstance(person, ByLink) and person.call != application.call_id
    if is_of_another_call or not speaks_for(person, application.country_id):
        return Refusal(_("The National Commission of the city’s country decides on this."), code="not-the-commission",
                       status=403)  # fmt: skip
    if application.presented_at is None:
        return Refusal(_("The city has not presented this file to the commission."), code="not-presented")
    return None


def _in_time(until: dt.datetime) -> Refusal | None:
    if timezone.now() < until:
        return None
    return Refusal(
        _("The deadline for National Commissions has passed."),
        remedy=_("What was said until then counts. Write to the Secretariat if there was an error."), code="too-late",
    )  # fmt: skip


def endorse(
    person: Any, application: Application, definition: Definition, *, has_letter: bool, is_as_read: bool
) -> Refusal | None:
    """What was read, as it was read, with the letter the call asks for."""
    if refusal := decide(person, application, definition):
        return refusal
    if not is_as_read:
        return as_read()
    if not has_letter and letter_of(definition):
        return Refusal(_("The call asks for a letter of the commission."),
                       remedy=_("Add it as a PDF, or write it here."), code="no-letter")  # fmt: skip
    return None


def confirm(word: Endorsement, definition: Definition, read: str, has_new_letter: bool) -> Refusal | None:
    """Again with another letter, for a file that has changed, or for which the word was asked anew."""
    again = asked_again(word.application, definition)
    is_awaited = again is not None and not has_answered(word, again)
    return None if has_new_letter or is_awaited or word.fingerprint != read else unchanged()


def as_read() -> Refusal:
    """Why nobody endorses what they have not seen."""
    return Refusal(
        _("The file was changed since you opened it."), remedy=_("Read what it says now, then decide."),
        code="changed-since",
    )  # fmt: skip


def place(definition: Definition, application: Application, held: Sequence[Endorsement]) -> Refusal | None:
    """The call's limit for a country, and its wish for different fields; `held` are the commission's other files."""
    most = definition["rules"]["endorsements_per_country"]
    if most is not None and len(held) >= most:
        said = ngettext(
            "The call allows a country %(n)d endorsement, and it is given: %(cities)s.",
            "The call allows a country %(n)d endorsements, and all are given: %(cities)s.", most,
        ) % {"n": most, "cities": ", ".join(each.application.city_name for each in held)}  # fmt: skip
        return Refusal(said, remedy=_("Withdraw one of them first."), code="cap-reached")
    same = [each.application.city_name for each in held if each.only_field == application.field_id]
    if definition["rules"]["distinct_fields"] and same:
        said = _("%(city)s is endorsed in this creative field, and the call wants different ones.") % {"city": same[0]}
        return Refusal(said, remedy=_("Withdraw that endorsement first."), code="field-taken")
    return None


def decline(person: Any, application: Application, definition: Definition, reason: str) -> Refusal | None:
    """With a reason, which the city reads."""
    return decide(person, application, definition) or _has_reason(reason)


def withdraw(person: Any, application: Application, definition: Definition, reason: str) -> Refusal | None:
    """With a reason, which the city reads."""
    return decide(person, application, definition) or _has_reason(reason)


def _has_reason(reason: str) -> Refusal | None:
    return None if reason else Refusal(_("Say why: the city’s team reads it."), code="no-reason")


def rank(person: Any, call: Call, country: str, definition: Definition) -> Refusal | None:
    """The commission puts the files it has endorsed in an order."""
    is_of_another_call = isinstance(person, ByLink) and person.call != call.pk
    if is_of_another_call or not speaks_for(person, country):
        return Refusal(_("The National Commission of the city’s country decides on this."), code="not-the-commission",
                       status=403)  # fmt: skip
    if refusal := calls.withdrawn(call) or calls.announced(call):
        return refusal
    return _in_time(instants.commissions_deadline(definition, call.extensions.all(), country))


def ranked_all(wanted: Sequence[str], endorsed: Collection[str]) -> Refusal | None:
    """Each endorsed file once."""
    if len(set(wanted)) != len(wanted) or set(wanted) != set(endorsed):
        return Refusal(_("Each endorsed file has a rank of its own, from 1 on."), code="not-all-ranked")
    return None


def remark(person: Any, application: Application, *, by_commission: bool, is_read: bool = True) -> Refusal | None:
    """The commission asks what was presented to it; those who prepare the file answer, until the decision.

    `is_read` says whether anybody at the commission can still open what the team writes.
    """
    if application.state not in states.APPLICATION["give_up"].sources:
        return Refusal(_("This file is closed."), code="closed")
    if by_commission:
        return _its_own(person, application) or calls.withdrawn(application.call)
    part = applications.contributor(person, application)
    if part is None or part.role not in Contributor.WRITERS or application.presented_at is None:
        return Refusal(_("Those who prepare the file answer for it."), code="not-the-team", status=403)
    if not is_read:
        return Refusal(
            _("The deadline for National Commissions has passed."),
            remedy=_("Nobody at the commission can read here any more: write to it by mail."), code="nobody-reads",
        )  # fmt: skip
    return None


def unchanged() -> Refusal:
    """Why nothing is done twice."""
    return Refusal(network.UNCHANGED, code="unchanged")
