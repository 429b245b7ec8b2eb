"""Delegations: the city is what registers, and these are the people it sends."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import StoredFile, new_code
from creativecities.network.models import City

TOMBSTONE = "(erased)"
"""In place of a name that is kept no longer."""


class DelegationQuerySet(VisibleQuerySet["Delegation"]):
    def visible_to(self, person: Any) -> "DelegationQuerySet":
        """The city's team, those who are in it, and the Secretariat."""
        from creativecities.conference.rules import delegations  # which ask the models

        return self.filter(delegations.visible_to(person))


class Delegation(models.Model):
    """What a city sends to an edition: nominated by one day, confirmed by name by another."""

    STATES = {
        states.PREPARING: _("in preparation"),
        states.NOMINATED: _("nominated"),
        states.CONFIRMED: _("confirmed"),
        states.DECLINED: _("does not come"),
    }
    MOVES = states.DELEGATION
    DATA = privacy.classed(
        internal="edition city state version taken began_at nominated_at confirmed_at open_until reason"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="delegations")
    city = models.ForeignKey(City, models.PROTECT, related_name="delegations")
    state = models.CharField(max_length=9, default=states.PREPARING)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every save of anything in it.")
    taken = models.PositiveSmallIntegerField(default=0, help_text="Places that its delegates hold, of all roles.")
    began_at = models.DateTimeField(default=timezone.now)
    nominated_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True, help_text="Until then it may act after the deadlines.")
    reason = models.TextField(blank=True, help_text="Why the city does not come, if it says.")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["city__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "city"], name="delegation_once"),
            models.CheckConstraint(
                condition=Q(state__in=[states.PREPARING, states.NOMINATED, states.CONFIRMED, states.DECLINED]),
                name="delegation_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.edition_id}"

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class DelegateQuerySet(VisibleQuerySet["Delegate"]):
    def visible_to(self, person: Any) -> "DelegateQuerySet":
        """As their delegation."""
        from creativecities.conference.rules import delegations

        return self.filter(delegations.visible_to(person, "delegation__"))

    def coming(self) -> "DelegateQuerySet":
        """Who is confirmed by name, in a delegation that comes."""
        return self.filter(state=states.CONFIRMED).exclude(delegation__state=states.DECLINED)

    def named(self) -> "DelegateQuerySet":
        """Whose name is kept: after an edition it is deleted by rule, and with an account."""
        return self.exclude(name=TOMBSTONE)


class Delegate(models.Model):
    """Somebody a city sends. They need no account, and may claim their place in the list later."""

    class Role(models.TextChoices):
        MAYOR = "mayor", _("Mayor")
        DEPUTY_MAYOR = "deputy-mayor", _("Deputy mayor")
        MAYORS_REPRESENTATIVE = "mayors-representative", _("Mayor’s representative")
        FOCAL_POINT = "focal-point", _("Focal point")
        EXPERT = "expert", _("Expert")
        INTERPRETER = "interpreter", _("Interpreter")
        OBSERVER = "observer", _("Observer")

    class Consent(models.TextChoices):
        NOBODY = "nobody", _("nobody but the Secretariat and the own delegation")
        PARTICIPANTS = "participants", _("those who take part")
        PUBLIC = "public", _("everybody")

    class Gender(models.TextChoices):
        WOMAN = "woman", _("woman")
        MAN = "man", _("man")
        OTHER = "other", _("another")

    OFFICES = (Role.MAYOR, Role.DEPUTY_MAYOR)
    STATES = {
        states.NOMINATED: _("nominated"),
        states.CONFIRMED: _("confirmed"),
        states.WAITING: _("on the waiting list"),
        states.OFFERED: _("a place is offered"),
        states.WITHDRAWN: _("withdrawn"),
    }
    MOVES = states.DELEGATE
    DATA = privacy.classed(
        internal="code delegation role number state bound_to days consent registered_at replaces told_of_office_at "
        "offered_until",
        personal="person name latin_name office email languages gender",
    )
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="delegates")
    role = models.CharField(max_length=24, choices=Role.choices)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which place of the city's quota.")
    state = models.CharField(max_length=9, default=states.NOMINATED)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(max_length=200, blank=True, help_text="In any script; empty until confirmed by name.")
    latin_name = models.CharField(max_length=200, blank=True, help_text="As in the passport.")
    office = models.CharField(max_length=200, blank=True, help_text="What they do, as the badge says it.")
    email = models.EmailField(blank=True)
    languages = models.JSONField(default=list, blank=True, help_text="Codes of the languages they speak.")
    gender = models.CharField(max_length=12, blank=True, help_text="If given.")
    consent = models.CharField(max_length=12, choices=Consent.choices, default=Consent.NOBODY)
    bound_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="interpreters",
        help_text="Whom an interpreter interprets for.",
    )  # fmt: skip
    days = models.JSONField(default=list, blank=True, help_text="Days they are there, as 2031-05-04; empty is all.")
    registered_at = models.DateTimeField(default=timezone.now)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", help_text="Whose place they took."
    )
    told_of_office_at = models.DateTimeField(
        null=True, blank=True, help_text="When the team was told that their office ends before the conference."
    )

    offered_until = models.DateTimeField(null=True, blank=True, help_text="Until when an offered place is kept.")

    objects = DelegateQuerySet.as_manager()

    class Meta:
        ordering = ["delegation", "registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "role", "number"], name="delegate_place_once"),
            models.CheckConstraint(
                condition=Q(state__in=states.STANDING, number__isnull=False)
                | Q(state__in=[states.WAITING, states.WITHDRAWN], number__isnull=True),
                name="delegate_standing_holds_place",
            ),
            models.CheckConstraint(
                condition=Q(state=states.OFFERED, offered_until__isnull=False)
                | (~Q(state=states.OFFERED) & Q(offered_until__isnull=True)),
                name="delegate_offered_until",
            ),
            models.CheckConstraint(condition=~Q(state=states.WAITING) | ~Q(name=""), name="delegate_waits_by_name"),
            models.CheckConstraint(
                condition=Q(bound_to__isnull=True) | Q(role="interpreter"), name="delegate_only_interpreters_are_bound"
            ),
            models.CheckConstraint(
                condition=~Q(state=states.CONFIRMED) | ~Q(name=""), name="delegate_confirmed_by_name"
            ),
            models.CheckConstraint(condition=~Q(bound_to=F("pk")), name="delegate_not_bound_to_self"),
            models.UniqueConstraint(
                fields=["delegation", "person"], condition=~Q(state=states.WITHDRAWN), name="delegate_person_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code  # events and mails that quote it tell nothing of who comes

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class Needs(models.Model):
    """What a delegate needs, and what they answer to the further questions of an edition. Deleted by rule after it."""

    DATA = privacy.classed(internal="delegate", personal="person diet access answers")
    delegate = models.OneToOneField(Delegate, models.CASCADE, related_name="needs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    diet = models.CharField(max_length=300, blank=True)
    access = models.TextField(blank=True, help_text="What they need to take part.")
    answers = models.JSONField(default=dict, blank=True, help_text="By key of the question.")

    def __str__(self) -> str:
        return str(self.delegate_id)


class Seats(models.Model):
    """How many people of all cities hold a place in an edition; how many may is a setting of the edition."""

    DATA = privacy.classed(internal="edition taken")
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="seats")
    taken = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.edition_id)


class Badge(models.Model):
    """What is scanned at the doors. A lost one is revoked and another one printed: the newest holds."""

    DATA = privacy.classed(internal="delegate token issued_at revoked_at reason")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="badges")
    token = models.CharField(max_length=32, unique=True, help_text="In the QR code; cannot be guessed.")
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["delegate"], condition=Q(revoked_at__isnull=True), name="badge_one_holds"),
        ]

    def __str__(self) -> str:
        return str(self.delegate_id)


class Reminder(models.Model):
    """That the teams of cities were reminded of an edition: each occasion once."""

    DATA = privacy.classed(internal="edition name at people")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="reminders")
    name = models.CharField(max_length=40, help_text="Of what, and how many days before; or by hand, on which day.")
    at = models.DateTimeField(default=timezone.now)
    people = models.PositiveIntegerField(default=0, help_text="How many were written to.")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="reminder_once")]

    def __str__(self) -> str:
        return self.name


class Printing(models.Model):
    """The badges of an edition set in type, sheet by sheet in the background; kept for some days."""

    DATA = privacy.classed(internal="edition badges done began_at beat_at sheets file")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="printings")
    badges: Any = models.JSONField(help_text="Their numbers, in the order of cities.")
    done = models.PositiveIntegerField(default=0, help_text="How many are set.")
    began_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now, help_text="When the last sheet was set.")
    sheets: Any = models.JSONField(default=list, blank=True, help_text="Numbers of the files that are put together.")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition"], condition=Q(file__isnull=True), name="printing_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return str(self.edition_id)

    @property
    def total(self) -> int:
        """How many badges it has."""
        return len(self.badges)
