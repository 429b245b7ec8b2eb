"""Whether a city may nominate, confirm by name, change and withdraw now: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creativecities.accounts.models import Invitation
from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.conference.rules import editions
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.exchange.rules import speaking
from creativecities.network import rules as network
from creativecities.network.models import Mandate

INVITATION = "conference.delegate"


def going_on(edition: Edition) -> Refusal | None:
    """Cities register for an edition that is announced, has days, and is not over."""
    if edition.state == states.CANCELLED:
        return Refusal(_("This edition is cancelled."), code="cancelled")
    if edition.state != states.ANNOUNCED or edition.last_day is None:
        return Refusal(_("The days of this edition are not fixed: registration rests until they are."), code="no-days")
    if edition.last_day < days.today():
        return Refusal(_("This edition is over."), code="over")
    return None


def act(person: Any, sent: Delegation) -> Refusal | None:
    """The city's own team, as long as the city is a member and the edition is to come."""
    return speaking.speaks_for_member(person, sent.city) or going_on(sent.edition)


def nominate(person: Any, sent: Delegation) -> Refusal | None:
    """Until the first day, or for as long as the Secretariat has opened it again for this city."""
    if refusal := act(person, sent) or comes(sent):
        return refusal
    return _in_time(sent, sent.edition.nominate_by, _("Delegations were nominated until %(at)s."))


def confirm(person: Any, sent: Delegation) -> Refusal | None:
    """Until the second day. What is said of a delegate changes until then as well."""
    if refusal := act(person, sent) or comes(sent):
        return refusal
    return _in_time(sent, sent.edition.confirm_by, _("Delegations were confirmed by name until %(at)s."))


def change(person: Any, delegate: Delegate) -> Refusal | None:
    """As confirming, for one who has not withdrawn."""
    return confirm(person, delegate.delegation) or _there(delegate)


def substitute(person: Any, delegate: Delegate) -> Refusal | None:
    """As confirming, for one who holds a place."""
    if refusal := change(person, delegate):
        return refusal
    if delegate.state not in (states.NOMINATED, states.CONFIRMED):
        return Refusal(_("Only somebody who holds a place is replaced in it."), code="no-place")
    return None


def withdraw(person: Any, delegate: Delegate) -> Refusal | None:
    """At any time before the edition is over."""
    return act(person, delegate.delegation) or _there(delegate)


def decline(person: Any, sent: Delegation) -> Refusal | None:
    """At any time before the edition is over, once."""
    return act(person, sent) or comes(sent)


def expire(sent: Delegation, nominated: list[Delegate]) -> Refusal | None:
    """Who is nominated keeps the place until the second day, or for as long as the Secretariat has opened it again."""
    if not nominated or going_on(sent.edition) or _in_time(sent, sent.edition.confirm_by, "") is None:
        return Refusal(network.UNCHANGED, code="unchanged")
    return None


def come_after_all(person: Any, sent: Delegation) -> Refusal | None:
    """As nominating, for a city that said it does not come."""
    if refusal := act(person, sent):
        return refusal
    if sent.state != states.DECLINED:
        return Refusal(_("The city has not said that it does not come."), code="comes")
    return _in_time(sent, sent.edition.nominate_by, _("Delegations were nominated until %(at)s."))


def reopen(person: Any, edition: Edition, until: dt.datetime) -> Refusal | None:
    """The Secretariat, until an instant to come before the edition is over."""
    if refusal := editions.run(person, edition) or going_on(edition):
        return refusal
    assert edition.last_day  # it has days
    if not timezone.now() < until <= days.last_instant(edition.last_day):
        return Refusal(_("Choose a day from today to the last day of the edition."), code="not-then")
    return None


def comes(sent: Delegation) -> Refusal | None:
    """Why nothing is changed in a delegation that does not come."""
    if sent.state != states.DECLINED:
        return None
    return Refusal(
        _("The city has said that it does not come."), remedy=_("Say first that it comes after all."), code="declined"
    )


def _there(delegate: Delegate) -> Refusal | None:
    return withdrawn() if delegate.state == states.WITHDRAWN else None


def withdrawn() -> Refusal:
    """Why somebody who does not come any more is not changed."""
    return Refusal(_("This delegate has been withdrawn."), code="withdrawn")


def _in_time(sent: Delegation, end: dt.datetime | None, too_late: str | Promise) -> Refusal | None:
    now, edition = timezone.now(), sent.edition
    if edition.opens_at is None or end is None:
        return Refusal(_("Registration is not open: its days are not fixed yet."), code="not-open")
    if sent.open_until and now < sent.open_until:
        return None
    if now < edition.opens_at:
        return Refusal(_("Registration opens on %(at)s.") % {"at": told_at(edition.opens_at)}, code="not-open")
    if now < end:
        return None
    remedy = _("Write to the Secretariat: it can open the registration of one city again, until a day it names.")
    return Refusal(str(too_late) % {"at": told_at(end)}, remedy=remedy, code="too-late")


def told_at(at: dt.datetime) -> str:
    """A deadline as the reader's clock shows it, with the name of the zone."""
    return f"{date_format(timezone.localtime(at), 'DATETIME_FORMAT')} ({timezone.get_current_timezone_name()})"


def quota_full(edition: Edition, role: str) -> Refusal:
    """Why nobody more comes in a role."""
    most, name = definition.quota(edition.settings, role), Delegate.Role(role).label
    if not most:
        return Refusal(_("Nobody is invited to this edition as: %(role)s.") % {"role": name}, code="no-quota")
    words = ngettext(
        "A city brings at most %(most)d person as: %(role)s.", "A city brings at most %(most)d people as: %(role)s.",
        most,
    )  # fmt: skip
    return Refusal(words % {"most": most, "role": name}, remedy=_freed(), code="quota-full")


def delegation_full(most: int) -> Refusal:
    """Why a delegation grows no more."""
    words = ngettext("A delegation has at most %(most)d person.", "A delegation has at most %(most)d people.", most)
    return Refusal(words % {"most": most}, remedy=_freed(), code="delegation-full")


def edition_full() -> Refusal:
    """Why nobody more comes to an edition."""
    return Refusal(_("All places of this edition are taken."), code="edition-full")


def _freed() -> Promise:
    return _("Withdraw somebody, or let one replace another in the same place.")


def stands_in_office(delegation: Delegation, role: str, person: Any) -> Refusal | None:
    """Who comes as mayor or deputy mayor with an account holds that mandate for the city on the first day."""
    if role not in Delegate.OFFICES or person is None:
        return None
    held = Mandate.objects.on(delegation.edition.starts_on or days.today())
    if held.filter(person_id=person.pk, city=delegation.city_id, role=role).exists():
        return None
    return Refusal(_("This person does not hold that office on the first day of the conference."), code="not-in-office")


def follows(old: Delegate, values: dict[str, Any]) -> Refusal | None:
    """Who takes a place is named, holds the office that goes with it, and interprets for somebody who comes."""
    if not values["name"]:
        return Refusal(_("Who takes the place of somebody is named."), code="no-name")
    sent, bound_to = old.delegation, values.get("bound_to")
    return stands_in_office(sent, old.role, values.get("person")) or interprets(old.role, sent, bound_to)


def interprets(delegate_role: str, delegation: Delegation, bound_to: Delegate | None) -> Refusal | None:
    """An interpreter is bound to somebody of the same delegation who comes and is no interpreter; nobody else is."""
    if bound_to is None:
        return None
    fits = bound_to.delegation_id == delegation.pk and bound_to.state in states.STANDING
    if delegate_role == Delegate.Role.INTERPRETER != bound_to.role and fits:
        return None
    return Refusal(
        _("An interpreter interprets for a delegate of the same city, and nobody else does."), code="not-bound"
    )


def confirmable(delegates: list[Delegate]) -> Refusal | None:
    """All who hold a place have a name, and every interpreter somebody to interpret for."""
    if not delegates:
        return nobody()
    if any(not each.name for each in delegates):
        return Refusal(
            _("Some of those who are nominated have no name yet."), remedy=_("Name them, or withdraw them."),
            code="no-name",
        )  # fmt: skip
    if any(each.role == Delegate.Role.INTERPRETER and each.bound_to_id is None for each in delegates):
        return Refusal(
            _("An interpreter is not bound to anybody."), remedy=_("Say for whom they interpret, or withdraw them."),
            code="unbound",
        )  # fmt: skip
    return None


def nobody() -> Refusal:
    """Why there is nothing to confirm."""
    return Refusal(_("Nobody is nominated yet."), code="nobody")


def others_wait() -> Refusal:
    """Why somebody new takes no place that has fallen free."""
    return Refusal(_("Others have waited for this place longer."), code="others-wait")


def wait(name: str) -> Refusal | None:
    """Who waits is named, so that a place that is offered is confirmed by one word."""
    return None if name else Refusal(_("Who goes on the waiting list is named."), code="no-name")


def accept(person: Any, delegate: Delegate) -> Refusal | None:
    """The team, for a place that is offered, until its hour."""
    if refusal := act(person, delegate.delegation) or _there(delegate):
        return refusal
    if delegate.state != states.OFFERED or delegate.offered_until is None or delegate.offered_until <= timezone.now():
        return Refusal(
            _("This place is not offered any more."), remedy=_("They are on the waiting list again."), code="lapsed"
        )
    return None


def say(person: Any, delegate: Delegate) -> Refusal | None:
    """Oneself and the city's team, before the edition is over."""
    if refusal := _there(delegate):
        return refusal
    if person.pk is not None and person.pk == delegate.person_id:
        return going_on(delegate.delegation.edition)
    return act(person, delegate.delegation)


def invite(person: Any, delegate: Delegate) -> Refusal | None:
    """The team, for somebody who has an address and no account in the list yet."""
    if refusal := act(person, delegate.delegation) or _there(delegate):
        return refusal
    if delegate.person_id is not None:
        return Refusal(_("This person sees their entry already."), code="claimed")
    if not (delegate.email and delegate.name):
        return Refusal(_("Write down their name and their own address first."), code="no-address")
    return None


def stands(invitation: Invitation) -> bool:
    """Whether the entry is still theirs to see, at the address it was sent to, and who sent it still in the team."""
    delegate = Delegate.objects.filter(pk=invitation.payload["delegate"], person=None).exclude(state=states.WITHDRAWN)
    found = delegate.filter(email__iexact=invitation.email).select_related("delegation").first()
    if found is None or invitation.invited_by is None:
        return False
    return bool(network.team_cities(invitation.invited_by).filter(city=found.delegation.city_id).exists())
