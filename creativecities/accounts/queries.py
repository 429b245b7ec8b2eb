"""What this platform knows about a person, and where they are signed in."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from creativecities.accounts.models import Invitation, Person
from creativecities.core import privacy
from creativecities.core.models import Event

# In this order: many browsers also carry the names of others.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip
_STOP = Signer(salt="accounts.stop-notices")
NEVER_EXPORTED = frozenset({"password", "key_hash", "key"})
NOT_ABOUT_ME = frozenset({"accounts.invitation.invited_by"})  # the row tells of the person invited, not of the sender


def invitation_opened_by(token: str) -> Invitation | None:
    """The invitation this link opens; None for a link that was never sent."""
    try:
        pk, _dot, key = TimestampSigner(salt=Invitation.SALT).unsign(token).partition(".")
        invitation = Invitation.objects.filter(pk=int(pk)).first()
    except (BadSignature, ValueError, OverflowError):
        return None
    digest = hashlib.sha256(key.encode()).hexdigest()
    return invitation if invitation and hmac.compare_digest(digest, invitation.key_hash) else None


def addresses(person: Person) -> set[str]:
    """Addresses known to be theirs, now or before; none that is somebody else's by now."""
    confirmed = EmailAddress.objects.filter(user_id=person.pk, verified=True).values_list("email", flat=True)
    accepted = Invitation.objects.filter(person=person).values_list("email", flat=True)
    known = {address.lower() for address in (person.email, *confirmed, *accepted) if address}
    others = Person.objects.exclude(pk=person.pk).annotate(address=Lower("email")).filter(address__in=known)
    return known - set(others.values_list("address", flat=True))


def invitations_to(person: Person) -> models.QuerySet[Invitation]:
    """Invitations this person has accepted, and all others to an address of theirs."""
    return Invitation.objects.filter(_invited(person))


def _invited(person: Person) -> models.Q:
    about = models.Q(person=person)
    for address in addresses(person):
        about |= models.Q(email__iexact=address)
    return about


def sessions(person: Person) -> list[UserSession]:
    """The browsers in which a person is signed in now, the last used first."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(UserSession.objects.filter(user_id=person.pk, session_key__in=living).order_by("-last_seen_at", "-pk"))


def browser(user_agent: str) -> str:
    """`Mozilla/5.0 (X11; Linux x86_64) … Firefox/140.0` → `Firefox, Linux`; the beginning of what is not known."""
    found = [next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or user_agent[:60]


def everything_about(person: Person) -> dict[str, Any]:
    """All that is kept about a person: their own rows of every slice, by privacy class."""
    document: dict[str, Any] = {"made_at": timezone.now().isoformat(), "person": _row(person)}
    records = {}
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label_lower):
        if model is not Person and (rows := list(_rows_about(model, person))):
            records[model._meta.label_lower] = rows
    document["records"] = records
    document["sign_in"] = _sign_in(person)
    return document


def _rows_about(model: type[models.Model], person: Person) -> Iterator[dict[str, Any]]:
    links = [name for name in _links(model) if f"{model._meta.label_lower}.{name}" not in NOT_ABOUT_ME]
    if not links:
        return
    about = models.Q()
    for name in links:
        about |= models.Q(**{name: person.pk})
    if model is Invitation:
        about |= _invited(person)
    if model is Event:
        about |= models.Q(subject_label=person._meta.label_lower, subject_id=str(person.pk))
    for row in model._base_manager.filter(about).order_by("pk"):
        yield _row(row)


def _links(model: type[models.Model]) -> list[str]:
    """Fields that name a person: foreign keys to Person, and personal numbers that end in `_id`."""
    names = []
    for field in model._meta.concrete_fields:
        points_at_person = field.is_relation and field.related_model is Person
        is_plain_id = isinstance(field, models.BigIntegerField) and field.name.endswith("_id")
        if privacy.class_of(field) is not None and (
            points_at_person or (is_plain_id and privacy.class_of(field) == privacy.PERSONAL)
        ):
            names.append(field.name)
    return names


def _row(thing: models.Model) -> dict[str, Any]:
    return {
        field.name: _plain(field.value_from_object(thing))
        for field in thing._meta.concrete_fields
        if field.name not in NEVER_EXPORTED and privacy.class_of(field) is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float, str, list, dict)) else str(value)


def erasure_mark(person: Person) -> str:
    """By what an account is known again that a backup brings back; it tells nothing to who has no such backup."""
    joined = person.joined_at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{person.pk} {joined}".encode()).hexdigest()


def erasure_marks() -> list[str]:
    """The marks of all accounts that were deleted."""
    return [erasure_mark(person) for person in Person.objects.filter(erased_at__isnull=False).only("joined_at")]


def brought_back(marks: frozenset[str]) -> list[Person]:
    """People who had left, and are here again."""
    return [person for person in Person.objects.filter(erased_at=None) if erasure_mark(person) in marks]


def _sign_in(person: Person) -> dict[str, Any]:
    """What the sign-in library keeps; secrets are named, not shown."""
    return {
        "has_password": person.has_usable_password(),
        "addresses": list(EmailAddress.objects.filter(user_id=person.pk).values("email", "verified", "primary")),
        "second_factors": [
            {key: _plain(value) for key, value in row.items()}
            for row in Authenticator.objects.filter(user_id=person.pk).values("type", "created_at", "last_used_at")
        ],
        "organisation_accounts": list(SocialAccount.objects.filter(user_id=person.pk).values("provider", "uid")),
        "sessions": [
            {key: _plain(value) for key, value in row.items()}
            for row in UserSession.objects.filter(user_id=person.pk).values(
                "created_at", "last_seen_at", "ip", "user_agent"
            )
        ],
    }


def stop_link(person_id: int) -> str:
    """Where this person stops the notices by mail; it holds as long as the account."""
    return reverse("accounts:stop_notices", args=[_STOP.sign(str(person_id))])


def person_of_stop_link(token: str) -> Person | None:
    """Whose link this is; None for a forged one and for an account that is deleted."""
    try:
        number = int(_STOP.unsign(token))
    except (BadSignature, ValueError):
        return None
    person: Person | None = Person.objects.filter(pk=number, is_active=True).first()
    return person
