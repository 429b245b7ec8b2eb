"""Every write about people: welcome, invite, accept, change, end sessions, erase."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.signing import TimestampSigner
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from creativecities.accounts import notices, queries, rules, states
from creativecities.accounts.models import Invitation, Person
from creativecities.core import backups, bookmarks, outbox, presence
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor, Robot
from creativecities.core.digests import NEVER
from creativecities.core.models import Event, Mail

INVITATION_LASTS = dt.timedelta(days=21)
TOMBSTONE = "(erased)"


@action(quiet=True)
def welcome(email: str, name: str, language: str = "en", *, by: Actor) -> Person:
    """The person with this address; an account is opened for them, or opened again, if need be."""
    address = email.strip().lower()
    person: Person
    person, is_new = Person.objects.get_or_create(email=address, defaults={"name": name, "language": language})
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        EmailAddress.objects.create(user=person, email=address, primary=True, verified=False)
        record("accounts.person.welcomed", person, by=by)
    elif not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record("accounts.person.reactivated", person, by=by)
    else:
        record("accounts.person.recognised", person, by=by)
    return person


@action(quiet=True)
def invite(
    *, email: str, name: str, language: str, purpose: str, kind: str, payload: dict[str, Any], by: Actor,
    expires_at: dt.datetime | None = None,
) -> Invitation:  # fmt: skip
    """Send somebody a link that works once. `kind` names the registered acceptance that `payload` (ids) is for.

    Raises ValueError for a kind nobody registered.
    """
    if rules.acceptance(kind) is None:
        raise ValueError(f"no acceptance is registered for invitations of kind {kind!r}")
    key = secrets.token_urlsafe(24)
    now = timezone.now()
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name,
        language=language,
        purpose=purpose,
        kind=kind,
        payload=payload,
        invited_by_id=by.pk,
        invited_by_name=by.name[:120],
        key_hash=hashlib.sha256(key.encode()).hexdigest(),
        created_at=now,
        expires_at=expires_at or now + INVITATION_LASTS,
    )
    record("accounts.invitation.sent", invitation, by=by)
    token = TimestampSigner(salt=Invitation.SALT).sign(f"{invitation.pk}.{key}")
    notices.invited(invitation, token)
    return invitation


@action
def accept(invitation: Invitation, *, by: Actor) -> Person:
    """Open the account, run what the inviting slice registered, and close the link. Raises the rule's Refusal."""
    if refusal := rules.accept(invitation):
        raise refusal
    person = welcome(invitation.email, invitation.name, invitation.language, by=by)
    _confirm_address(person)
    move(invitation, "accept", by=person)
    Invitation.objects.filter(pk=invitation.pk).update(person=person, accepted_at=timezone.now())
    if act := rules.acceptance(invitation.kind):
        act(invitation, person, by=person)
    return person


def _confirm_address(person: Person) -> None:
    """The link came to this address, so it is theirs."""
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


@action(quiet=True)
def revoke(invitation: Invitation, *, by: Actor) -> None:
    """Withdraw an invitation that nobody has used yet."""
    move(invitation, "revoke", by=by)


@action
def update_profile(person: Person, *, name: str, language: str, time_zone: str, rhythm: str, by: Actor) -> None:
    """Change the public name and how the platform speaks to this person."""
    new = {"name": name, "language": language, "time_zone": time_zone, "rhythm": rhythm}
    changed = sorted(field for field, value in new.items() if getattr(person, field) != value)
    for field, value in new.items():
        setattr(person, field, value)
    person.save(update_fields=list(new))
    record("accounts.person.changed", person, by=by, fields=changed)


@action(quiet=True)
def stop_notices(person: Person, *, by: Actor) -> None:
    """No more notices that a person can do without; those gathered for a digest stay untold as well."""
    Person.objects.filter(pk=person.pk).update(rhythm=NEVER)
    outbox.drop_gathered(person.pk)
    record("accounts.person.stopped_notices", person, by=by)


@action(quiet=True)
def note_export(person: Person, *, by: Actor) -> None:
    """Remember that a person took a copy of their data."""
    record("accounts.person.exported", person, by=by)


@action(quiet=True)
def security_changed(person: Person, what: str, *, to: str, by: Actor) -> None:
    """Remember and tell that the safety of an account changed; `what` is one of notices.SECURITY."""
    record(f"accounts.person.{notices.SECURITY[what][0]}", person, by=by)
    notices.security_changed(person, what, to=to)


@action(quiet=True)
def end_sessions(person: Person, *, pks: list[int], by: Actor) -> int:
    """Sign a person out in these browsers; returns how many there were."""
    ended = UserSession.objects.filter(user_id=person.pk, pk__in=pks)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    record("accounts.person.sessions_ended", person, by=by, number=len(keys))
    return len(keys)


@action(quiet=True)
def send_code(person: Person, *, by: Actor) -> str:
    """Send the six digits that confirm a deciding act to the registered address; returns them."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    record("accounts.person.code_sent", person, by=by)
    notices.code_sent(person, code)
    return code


@action(quiet=True)
def forget_codes(mails: list[int], *, by: Actor) -> None:
    """Delete mails whose codes have long expired."""
    Mail.objects.filter(pk__in=mails).delete()
    record("accounts.mail.forgotten", Mail(pk=0, kind="codes"), by=by, number=len(mails))


@action(quiet=True)
def reset_second_factor(person: Person, *, witness_reason: str, by: Actor) -> None:
    """Take a lost second factor away, witnessed by another officer. Raises the rule's Refusal."""
    if refusal := rules.reset_second_factor(by, person):
        raise refusal
    Authenticator.objects.filter(user_id=person.pk).delete()
    _sign_out_everywhere(person)
    record("accounts.person.second_factor_reset", person, by=by, reason=witness_reason)
    notices.second_factor_reset(person, by=by.name)


@action
def erase(person: Person, *, by: Actor) -> None:
    """Delete an account: personal facts go, what was decided stays under a tombstone. Raises the rules' Refusal."""
    if refusal := rules.erase(person):
        raise refusal
    _erase(person, by=by)


@action
def erase_again(person: Person, *, by: Robot) -> None:
    """Delete an account that a restored backup has brought back; this was decided before, no rule refuses it."""
    _erase(person, by=by)


def _erase(person: Person, *, by: Actor) -> None:
    for forget in rules.erasures():
        forget(person, by=by)
    _sign_out_everywhere(person)
    presence.forget(person.pk)
    bookmarks.forget(person.pk)
    addresses = queries.addresses(person)  # asked before what tells of them is deleted
    _forget_invitations(person, by=by)
    for kept in (Authenticator, EmailAddress, SocialAccount):
        kept.objects.filter(user_id=person.pk).delete()
    for address in addresses:
        outbox.erase_person(person.pk, address=address)
    _bury(person)
    record("accounts.person.erased", person, by=person)
    Event.objects.erase_actor(person.pk, TOMBSTONE)
    Event.objects.erase_subject(person._meta.label_lower, str(person.pk), TOMBSTONE)
    transaction.on_commit(lambda: backups.note_forgotten([queries.erasure_mark(person)]), robust=True)


@step
def forget_invited(invitations: QuerySet[Invitation], *, by: Actor) -> None:
    """Who was invited is known no longer, nor by which mail.

    What is still open is withdrawn first: a link to nobody must open nothing.
    """
    found = list(invitations)
    for invitation in found:
        if invitation.state == states.SENT:
            revoke(invitation, by=by)
        outbox.forget(Mail.objects.filter(to_address__iexact=invitation.email, link__contains=f"/{invitation.pk}."))
    Event.objects.about(*found).filter(kind="accounts.invitation.accepted").forget_actors(TOMBSTONE)
    Invitation.objects.filter(pk__in=[one.pk for one in found]).update(email="", name=TOMBSTONE, person=None)


def _forget_invitations(person: Person, *, by: Actor) -> None:
    forget_invited(queries.invitations_to(person), by=by)
    Invitation.objects.filter(invited_by=person).update(invited_by_name=TOMBSTONE)


def _bury(person: Person) -> None:
    person.email = f"erased-{person.pk}@erased.invalid"
    person.name = TOMBSTONE
    person.language, person.time_zone = "en", "UTC"
    person.last_login = None
    person.is_active = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()


def _sign_out_everywhere(person: Person) -> None:
    ended = UserSession.objects.filter(user_id=person.pk)
    Session.objects.filter(session_key__in=list(ended.values_list("session_key", flat=True))).delete()
    ended.delete()
