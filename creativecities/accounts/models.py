"""People: who they are to this platform, and how they are invited. Roles are mandates, kept by `network`."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import states
from creativecities.core import access, privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.digests import AT_ONCE, DAILY, NEVER, WEEKLY

RHYTHMS = [
    (AT_ONCE, _("At once")),
    (DAILY, _("Once a day")),
    (WEEKLY, _("Once a week")),
    (NEVER, _("Never, except what needs my answer")),
]


class PersonQuerySet(VisibleQuerySet["Person"]):
    """People. Everybody sees themselves; the Secretariat sees all."""

    def visible_to(self, person: Any) -> "PersonQuerySet":
        secretariat = access.audiences().get("secretariat")
        if person.is_authenticated and secretariat and secretariat(person):
            return self
        return self.filter(pk=person.pk)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Finds people by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())  # type: ignore[no-any-return]


class Person(AbstractBaseUser):
    """Somebody who can sign in. The name is written as they write it; the address is kept in small letters."""

    DATA = privacy.classed(
        internal="is_active erased_at",
        personal="email name language time_zone rhythm joined_at last_login password",
    )
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    rhythm = models.CharField(_("rhythm of notices"), max_length=10, choices=RHYTHMS, default=AT_ONCE)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(condition=~models.Q(email=""), name="person_email_given"),
        ]

    def __str__(self) -> str:
        return self.name


class InvitationQuerySet(VisibleQuerySet["Invitation"]):
    """Invitations. The Secretariat sees all, others those they sent; the link itself opens one without an account."""

    def visible_to(self, person: Any) -> "InvitationQuerySet":
        secretariat = access.audiences().get("secretariat")
        if person.is_authenticated and secretariat and secretariat(person):
            return self
        return self.filter(invited_by_id=person.pk) if person.pk else self.none()


class Invitation(models.Model):
    """A signed link by which somebody gets an account and, with it, what the inviting slice has prepared."""

    SALT = "accounts.invitation"
    MOVES = states.MOVES
    DATA = privacy.classed(
        internal="kind payload purpose key_hash state created_at expires_at accepted_at",
        personal="email name language invited_by invited_by_name person",
    )
    email = models.EmailField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    purpose = models.CharField(max_length=300, help_text="What the invitation is to, in the invited person's language.")
    kind = models.CharField(max_length=60, help_text="Which registered hook acts on acceptance.")
    payload = models.JSONField(default=dict, help_text="Ids the hook needs.")
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    invited_by_name = models.CharField(max_length=120)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="invitations")
    key_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=states.SENT)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("created_at")), name="invitation_lasts"),
        ]

    def __str__(self) -> str:
        return self.purpose
