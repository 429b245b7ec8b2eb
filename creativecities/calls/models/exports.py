"""A whole round put into one archive, file by file, for the officer who asked for it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from creativecities.calls import states
from creativecities.calls.models.calls import Call
from creativecities.core import privacy


class Export(models.Model):
    """What is asked for, how far it is, and until when it is kept. The archive itself lies beside the database.

    Work is done in turns of a few seconds, so that mails do not wait for it. Who takes a turn makes `turn` grow; a
    worker that was given up for dead finds another number there, and stops.
    """

    MOVES = states.EXPORT
    DATA = privacy.classed(
        internal="call language files done turn attempts beat_at state size at kept_until", personal="person"
    )
    call = models.ForeignKey(Call, models.CASCADE, related_name="exports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, help_text="Of what is written for the officer.")
    files: Any = models.JSONField(help_text="Numbers of the files, in the order in which they are put in.")
    done = models.PositiveIntegerField(default=0, help_text="How many of these are in.")
    turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=1, help_text="How often it was begun.")
    beat_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of who is at work; empty: nobody is.")
    state = models.CharField(max_length=9, default=states.PACKING)
    size = models.PositiveBigIntegerField(default=0, help_text="Of the archive, in bytes.")
    at = models.DateTimeField(default=timezone.now)
    kept_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"], condition=Q(state=states.PACKING), name="export_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.PACKING, states.READY, states.FAILED, states.CANCELLED, states.REMOVED]),
                name="export_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.READY) | Q(kept_until__gt=F("at")), name="export_is_kept_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.pk}"

    @property
    def total(self) -> int:
        """How many files are put in."""
        return len(self.files)

    @property
    def archive(self) -> str:
        """The name of its archive on the disk: each attempt has its own."""
        return f"{self.pk}-{self.attempts}"
