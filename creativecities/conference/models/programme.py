"""The draft of an edition's programme: rooms, sessions and who speaks. The public reads releases of it."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.delegations import Delegate
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network import rules as network
from creativecities.network.models import CreativeField


class Room(models.Model):
    """Where sessions are held."""

    DATA = privacy.classed(open="edition key place name capacity languages position", internal="version")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rooms")
    key = models.SlugField(max_length=40, help_text="Never changes.")
    place = models.CharField(max_length=40, blank=True, help_text="Key of one of the edition's places.")
    name = models.JSONField(help_text="By language.")
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="People; empty when nobody counts.")
    languages = models.JSONField(default=list, blank=True, help_text="Of the cabins for interpretation there.")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every edit.")

    class Meta:
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="room_key_once")]

    def __str__(self) -> str:
        return self.key


class SessionQuerySet(VisibleQuerySet["Session"]):
    def visible_to(self, person: Any) -> "SessionQuerySet":
        """The draft is the Secretariat's; everybody else reads the newest release."""
        return self if network.is_secretariat(person) else self.none()

    def planned(self) -> "SessionQuerySet":
        """Without those that were dropped."""
        return self.filter(state=states.PLANNED)


class Session(models.Model):
    """One entry of the programme, as it is planned now."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Plenary")
        THEMATIC = "thematic", _("Thematic session")
        MAYORS_FORUM = "mayors-forum", _("Mayors’ Forum")
        SUBNETWORK = "sub-network", _("Sub-network meeting")
        INTEGRATION = "integration", _("Integration session")
        FAIR = "fair", _("Exchange fair")
        VISIT = "visit", _("Visit")
        SIDE_EVENT = "side-event", _("Side event")

    class Admits(models.TextChoices):
        EVERYBODY = "everybody", _("everybody who takes part")
        MAYORS = "mayors", _("mayors and deputy mayors in office on that day, with their interpreter")
        FIELD = "field", _("delegations of the cities of one field")
        NEWCOMERS = "newcomers", _("delegations of the cities designated last")

    STATES = {states.PLANNED: _("planned"), states.DROPPED: _("dropped")}
    MOVES = states.SESSION
    DATA = privacy.classed(
        open="guid edition slug kind title abstract language interpretation room starts_at ends_at admits field seats",
        internal="state version note",
    )
    guid = models.UUIDField(unique=True, default=uuid.uuid4, help_text="The same in every export and import.")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sessions")
    slug = models.SlugField(max_length=60, help_text="Never changes.")
    state = models.CharField(max_length=9, default=states.PLANNED)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.JSONField(help_text="By language.")
    abstract = models.JSONField(default=dict, blank=True, help_text="By language.")
    language = models.CharField(max_length=12, default="en", help_text="Spoken there.")
    interpretation = models.JSONField(default=list, blank=True, help_text="Codes of languages it is interpreted into.")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="sessions")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    admits = models.CharField(max_length=12, choices=Admits.choices, default=Admits.EVERYBODY)
    field = models.ForeignKey(CreativeField, models.PROTECT, null=True, blank=True, related_name="+")
    seats = models.PositiveIntegerField(null=True, blank=True, help_text="For signing up; empty: one just comes.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with every edit.")
    note = models.TextField(blank=True, help_text="For those who plan.")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "room__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="session_slug_once"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="session_order",
            ),
            models.CheckConstraint(
                condition=Q(admits="field", field__isnull=False) | ~Q(admits="field"), name="session_field_named"
            ),
            models.CheckConstraint(condition=Q(state__in=[states.PLANNED, states.DROPPED]), name="session_state"),
        ]

    def __str__(self) -> str:
        return self.slug


class Speaker(models.Model):
    """Somebody of a delegation who speaks in a session."""

    DATA = privacy.classed(internal="session position contribution is_named", personal="delegate")
    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="speaks_in")
    contribution = models.ForeignKey(
        "Contribution", models.CASCADE, null=True, blank=True, related_name="speakers", help_text="For which case."
    )
    is_named = models.BooleanField(
        default=True, help_text="For the session itself: stays when a case goes for which they speak as well."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "delegate"], name="speaker_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.delegate_id}"
