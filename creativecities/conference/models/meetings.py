"""Meetings at the fair: whom delegations wish to meet, when they can, the timetable, and what came of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.delegations import Delegation
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import new_code
from creativecities.exchange.models import Initiative
from creativecities.network import rules as network


class MeetingTimes(models.Model):
    """A delegation is willing to meet others: when it cannot, and at how many tables at once."""

    DATA = privacy.classed(internal="delegation tables busy")
    delegation = models.OneToOneField(Delegation, models.CASCADE, related_name="times")
    tables = models.PositiveSmallIntegerField(default=1, help_text="At how many tables at once it has people.")
    busy = models.JSONField(default=list, blank=True, help_text="Slots in which it cannot come, as compute/slots.py.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tables__gte=1, tables__lte=3), name="meetingtimes_tables"),
        ]

    def __str__(self) -> str:
        return str(self.delegation_id)


class MeetingWish(models.Model):
    """A delegation wishes to meet another, and says why."""

    DATA = privacy.classed(internal="of whom why language at")
    of = models.ForeignKey(Delegation, models.CASCADE, related_name="wishes")
    whom = models.ForeignKey(Delegation, models.CASCADE, related_name="wished_by")
    why = models.TextField(help_text="The other delegation reads it once they are to meet.")
    language = models.CharField(max_length=12, default="en")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["of", "whom"], name="meetingwish_once"),
            models.CheckConstraint(condition=~Q(of=F("whom")), name="meetingwish_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.whom_id}"


class TimetableQuerySet(VisibleQuerySet["Timetable"]):
    def visible_to(self, person: Any) -> "TimetableQuerySet":
        """The Secretariat's, until it is applied."""
        return self if network.is_secretariat(person) else self.none()


class Timetable(models.Model):
    """A timetable of meetings that is worked out, read, and applied as it was read."""

    STATES = {
        states.WAITING: _("being worked out"),
        states.READY: _("ready to be read"),
        states.APPLIED: _("applied"),
        states.DROPPED: _("dropped"),
    }
    MOVES = states.TIMETABLE
    DATA = privacy.classed(internal="edition state basis plan at")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="timetables")
    state = models.CharField(max_length=7, default=states.WAITING)
    basis = models.CharField(max_length=64, blank=True, help_text="Fingerprint of what it rests on.")
    plan = models.JSONField(default=dict, help_text="See queries/meeting_plans.py.")
    at = models.DateTimeField(default=timezone.now)

    objects = TimetableQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state__in=[states.WAITING, states.READY]), name="timetable_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.WAITING, states.READY, states.APPLIED, states.DROPPED]),
                name="timetable_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.pk}"


class Meeting(models.Model):
    """Two delegations at a table."""

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("Nothing")
        IN_TOUCH = "in-touch", _("We keep in touch")
        INITIATIVE = "initiative", _("We start an initiative")

    MOVES = states.MEETING
    STATES = {states.PLANNED: _("planned"), states.CANCELLED: _("cancelled")}
    DATA = privacy.classed(
        internal="edition code one other starts_at ends_at table state outcome initiative changed_at"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="meetings")
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    one = models.ForeignKey(Delegation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Delegation, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    table = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, default=states.PLANNED)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices, help_text="What came of it.")
    initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="+", help_text="What they began."
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at", "table"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(state=states.PLANNED), name="fairmeeting_pair_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "starts_at", "table"],
                condition=Q(state=states.PLANNED),
                name="fairmeeting_table_once",
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="fairmeeting_of_two"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="fairmeeting_order"),
            models.CheckConstraint(condition=Q(state__in=[states.PLANNED, states.CANCELLED]), name="fairmeeting_state"),
        ]

    def __str__(self) -> str:
        return self.code

    def partner_of(self, delegation: Delegation) -> Delegation:
        """Whom one of the two meets."""
        return self.other if self.one_id == delegation.pk else self.one


class Seat(models.Model):
    """Which of its tables a delegation takes for a meeting: nobody is ever at two places with the same people."""

    DATA = privacy.classed(internal="meeting delegation starts_at number")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegation", "starts_at", "number"], name="seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.number}"
