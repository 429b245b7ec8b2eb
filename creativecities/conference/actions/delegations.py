"""What a city decides of its delegation: whom it nominates, confirms by name, and whether it comes at all."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import badges, contributions, fair, meetings, places
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.conference.notices import delegations as notices
from creativecities.conference.queries import waiting
from creativecities.conference.rules import registration as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City


@step
def hold(sent: Delegation, opened: int | None = None) -> None:
    """Take a delegation for the length of this transaction: of two who change it one waits, then reads it anew.

    Raises Refusal when nobody has begun it, or when it has changed since version `opened`.
    """
    if sent.pk is None:
        raise rules.nobody()
    Delegation.objects.filter(pk=sent.pk).update(version=F("version") + 1)
    sent.refresh_from_db(fields=["state", "version", "taken", "open_until"])
    if opened is None or opened == sent.version - 1:
        return
    if refusal := network.build_on_version(opened, newest=sent.version - 1, fewest=1):
        raise refusal
    raise Refusal(
        _("Somebody has changed this delegation since you opened the page."),
        remedy=_("Nothing you typed is lost: look it over and save again."), code="forged-version",
    )  # fmt: skip


@step
def begin(edition: Edition, city: City, *, by: Actor) -> Delegation:
    """The delegation of a city, held; begun if need be."""
    sent, is_new = Delegation.objects.get_or_create(edition=edition, city=city)
    sent.edition, sent.city = edition, city
    hold(sent)
    if is_new:
        record("conference.delegation.begun", sent, by=by)
    return sent


@action(quiet=True)
def nominate(
    edition: Edition, city: City, *, role: str, values: dict[str, Any], by: Person, waits: bool = False
) -> Delegate:
    """Take a place of the quota for somebody, with or without a name.

    Raises Refusal when there is none; who `waits` goes on the waiting list then. Nobody overtakes those on it.
    """
    sent = begin(edition, city, by=by)
    if refusal := rules.nominate(by, sent) or _sound(sent, role, values):
        raise refusal
    number = _place(sent, role, waits=waits)
    if number is None and (refusal := rules.wait(values["name"])):
        raise refusal
    state = states.WAITING if number is None else states.NOMINATED
    delegate: Delegate = enter(Delegate(delegation=sent, role=role, number=number, state=state, **values))
    record("conference.delegate.nominated", delegate, by=by, role=role, waits=number is None)
    if sent.state == states.PREPARING:
        Delegation.objects.filter(pk=sent.pk).update(nominated_at=timezone.now())
        move(sent, "nominate", by=by)
    return delegate


def _place(sent: Delegation, role: str, *, waits: bool) -> int | None:
    try:
        with transaction.atomic():
            if waiting.competes(sent):
                raise rules.others_wait()
            number: int = places.take(sent, role)
    except Refusal as refusal:
        if not waits or refusal.code == "no-quota":
            raise
        return None
    return number


@step
def enter(delegate: Delegate) -> Delegate:
    """Write down somebody new. Raises Refusal for who is in the delegation already."""
    try:
        with transaction.atomic():
            delegate.save(force_insert=True)
    except IntegrityError:
        if not Delegate.objects.filter(delegation=delegate.delegation_id, person=delegate.person).exists():
            raise
        raise Refusal(_("This person is in the delegation already."), code="there-already") from None
    return delegate


def _sound(sent: Delegation, role: str, values: dict[str, Any]) -> Refusal | None:
    return rules.stands_in_office(sent, role, values.get("person")) or rules.interprets(
        role, sent, values.get("bound_to")
    )


@action(quiet=True)
def change(delegate: Delegate, *, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Say more of a delegate, or say it anew."""
    sent = delegate.delegation
    hold(sent, opened)
    delegate.refresh_from_db(fields=["state", "number"])
    asked = values if values["person"] != delegate.person else {**values, "person": None}  # who lost office may stay
    if refusal := rules.change(by, delegate) or _sound(sent, delegate.role, asked):
        raise refusal
    changed = sorted(name for name, value in values.items() if getattr(delegate, name) != value)
    if not changed:
        raise Refusal(network.UNCHANGED, code="unchanged")
    if delegate.state == states.CONFIRMED and not values["name"]:
        raise Refusal(_("A delegate who is confirmed has a name."), code="no-name")
    for name in changed:
        setattr(delegate, name, values[name])
    try:
        with transaction.atomic():
            delegate.save(update_fields=changed)
    except IntegrityError:
        raise Refusal(_("This person is in the delegation already."), code="there-already") from None
    return record("conference.delegate.changed", delegate, by=by, fields=changed)


@action(quiet=True)
def confirm(sent: Delegation, *, by: Person) -> Delegation:
    """Confirm by name all who hold a place; each gets a badge. Those nominated later are confirmed in the same way."""
    hold(sent)
    found = list(sent.delegates.filter(state__in=(states.NOMINATED, states.CONFIRMED)))
    if refusal := rules.confirm(by, sent) or rules.confirmable(found):
        raise refusal
    named = [each for each in found if each.state == states.NOMINATED]
    if not named and sent.state == states.CONFIRMED:
        raise Refusal(_("All who are nominated are confirmed already."), code="confirmed")
    for delegate in named:
        move(delegate, "confirm", by=by)
        badges.issue(delegate)
    Delegation.objects.filter(pk=sent.pk).update(confirmed_at=timezone.now())
    if sent.state == states.NOMINATED:
        move(sent, "confirm", by=by)
    notices.confirmed(sent)
    return sent


@action(quiet=True)
def decline(edition: Edition, city: City, *, reason: str, by: Person) -> Delegation:
    """Say that a city does not come, and why; everybody withdraws; places, meetings and booths fall free."""
    from creativecities.conference.actions import delegates  # which change this

    sent = begin(edition, city, by=by)
    if refusal := rules.decline(by, sent):
        raise refusal
    going = list(sent.delegates.exclude(state=states.WITHDRAWN))
    for delegate in going:
        delegate.delegation = sent
    meetings.give_up(sent, by=by)
    fair.give_up(edition, city, by=by)
    contributions.leave_edition(edition, city, by=by)  # cases before sessions, as who plans takes them
    delegates.leave(going, by=by)
    Delegation.objects.filter(pk=sent.pk).update(reason=reason)
    move(sent, "decline", by=by)
    return sent


@action(quiet=True)
def come_after_all(sent: Delegation, *, by: Person) -> Event:
    """Take back that the city does not come; whoever comes is nominated anew."""
    hold(sent)
    if refusal := rules.come_after_all(by, sent):
        raise refusal
    Delegation.objects.filter(pk=sent.pk).update(reason="")
    return move(sent, "come_after_all", by=by)


@action(quiet=True)
def reopen(edition: Edition, city: City, *, until: dt.datetime, by: Person) -> Delegation:
    """Let one city nominate and confirm until an instant, whatever the deadlines; its team is told."""
    if refusal := rules.reopen(by, edition, until):
        raise refusal
    sent = begin(edition, city, by=by)
    Delegation.objects.filter(pk=sent.pk).update(open_until=until)
    event = record("conference.delegation.reopened", sent, by=by, until=until.isoformat())
    notices.reopened(sent, until, event)
    return sent
