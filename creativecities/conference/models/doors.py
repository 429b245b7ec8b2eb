"""Doors, what is scanned at them, and who came in: each person once a day, whatever was scanned and however often."""

import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.delegations import Badge, Delegate
from creativecities.conference.models.editions import Edition
from creativecities.conference.models.programme import Session
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network import rules as network


def new_address() -> str:
    """What nobody guesses: who has it reads the names of all who come."""
    return secrets.token_urlsafe(24)


class DoorQuerySet(VisibleQuerySet["Door"]):
    def visible_to(self, person: Any) -> "DoorQuerySet":
        """The Secretariat. Whoever holds a door comes by its secret address."""
        return self if network.is_secretariat(person) else self.none()


class Door(models.Model):
    """Where badges are scanned: an entrance of the house, or the door of one session."""

    STATES = {states.OPEN: _("open"), states.CLOSED: _("closed")}
    MOVES = states.DOOR
    DATA = privacy.classed(internal="edition session name key code state made_at")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="doors")
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="doors", help_text="Empty: of the house."
    )
    name = models.CharField(max_length=80, help_text="As it is written above it.")
    key = models.UUIDField(unique=True, default=uuid.uuid4, help_text="Under which a phone keeps it; never changes.")
    code = models.CharField(max_length=32, unique=True, default=new_address, help_text="Its secret address.")
    state = models.CharField(max_length=6, default=states.OPEN)
    made_at = models.DateTimeField(default=timezone.now)

    objects = DoorQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="door_name_once"),
            models.CheckConstraint(condition=Q(state__in=[states.OPEN, states.CLOSED]), name="door_state"),
        ]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """Something a phone at a door has seen. Rows are only added; the phone's number makes each arrive once."""

    class Said(models.TextChoices):
        """What the door said, knowing its list."""

        ADMITTED = "admitted", _("admitted")
        REPEATED = "repeated", _("has come in already")
        REFUSED = "refused", _("not admitted here")
        REVOKED = "revoked", _("badge revoked")
        UNKNOWN = "unknown", _("unknown")
        TAKEN_BACK = "taken-back", _("undone")

    class Verdict(models.TextChoices):
        """What the server says, knowing all doors."""

        ACCEPTED = "accepted", _("came in")
        REPEATED = "repeated", _("again at the same door")
        CLASH = "clash", _("came in by another door as well")
        REFUSED = "refused", _("let in by an old list, and has no place here")
        REVOKED = "revoked", _("with a revoked badge")
        FORGED = "forged", _("no badge of this edition")
        TURNED_AWAY = "turned-away", _("turned away by an old list, and has a place here")
        KEPT_OUT = "kept-out", _("not admitted")
        TAKEN_BACK = "taken-back", _("undone")
        NOTHING = "nothing", _("nothing to undo")

    STANDS = (Verdict.ACCEPTED, Verdict.REPEATED, Verdict.CLASH)
    """With these the person was let in."""
    DATA = privacy.classed(
        internal="door device sequence digest badge undoes scanned_at offset list_at received_at said verdict",
        personal="delegate at",
    )
    door = models.ForeignKey(Door, models.CASCADE, related_name="scans")
    device = models.UUIDField(help_text="The phone, by a name it gave itself.")
    sequence = models.PositiveIntegerField(help_text="The phone's own count.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was scanned; empty: found by name.")
    delegate = models.ForeignKey(Delegate, models.SET_NULL, null=True, blank=True, related_name="scans")
    badge = models.ForeignKey(Badge, models.SET_NULL, null=True, blank=True, related_name="scans")
    undoes = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="undone_by")
    scanned_at = models.DateTimeField(help_text="By the clock of the phone.")
    offset = models.BigIntegerField(help_text="Milliseconds by which the phone's clock was behind when it was sent.")
    list_at = models.DateTimeField(null=True, blank=True, help_text="When the list was made by which the door judged.")
    at = models.DateTimeField(help_text="By our clock.")
    received_at = models.DateTimeField(default=timezone.now)
    said = models.CharField(max_length=10, choices=Said.choices)
    verdict = models.CharField(max_length=11, choices=Verdict.choices)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["door", "device", "sequence"], name="scan_once")]
        indexes = [models.Index(fields=["delegate", "at"], name="scan_of")]

    def __str__(self) -> str:
        return f"{self.door_id} {self.sequence}"

    @property
    def key(self) -> tuple[uuid.UUID, int]:
        """The phone, and its own number for this."""
        return self.device, self.sequence


class CheckIn(models.Model):
    """Somebody came on a day: to the house, or to a session. From the first scan that stands."""

    DATA = privacy.classed(internal="door session scan", personal="delegate day at")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="check_ins")
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="check_ins", help_text="Empty: to the house."
    )
    day = models.DateField(help_text="By the calendar of the place.")
    door = models.ForeignKey(Door, models.CASCADE, related_name="check_ins")
    scan = models.OneToOneField(Scan, models.CASCADE, related_name="check_in")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegate", "day"], condition=Q(session__isnull=True), name="checkin_house_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["delegate", "session", "day"], condition=Q(session__isnull=False), name="checkin_session_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} {self.day}"


class AnnouncementQuerySet(VisibleQuerySet["Announcement"]):
    def visible_to(self, person: Any) -> "AnnouncementQuerySet":
        """As their edition, which is shown to all or to the Secretariat."""
        return self.filter(edition__in=Edition.objects.visible_to(person))

    def now(self) -> "AnnouncementQuerySet":
        """Those that hold at this moment."""
        at = timezone.now()
        return self.filter(at__lte=at, until__gt=at)


class Announcement(models.Model):
    """Something short that is told at once: on the page of what is now, and on the phones at the doors."""

    LONGEST = 280
    DATA = privacy.classed(open="edition text language at until")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="announcements")
    text = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=models.F("at")), name="announcement_order")]

    def __str__(self) -> str:
        return self.text[:60]
