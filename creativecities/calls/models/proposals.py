"""A plan of who reads what, as it was worked out and shown, so that what is applied is what was read."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models.calls import Call
from creativecities.core import privacy


class Proposal(models.Model):
    """Assignments proposed for a call beside those there are: added, kept, taken away, and what stays short."""

    STATES = {
        states.WAITING: _("being worked out"),
        states.READY: _("ready to be read"),
        states.APPLIED: _("applied"),
        states.DROPPED: _("dropped"),
    }
    MOVES = states.PROPOSAL
    DATA = privacy.classed(internal="call keeps state basis plan at", personal="person_id person_name")
    call = models.ForeignKey(Call, models.CASCADE, related_name="proposals")
    keeps = models.BooleanField(default=True, help_text="Whether what is assigned already stays.")
    state = models.CharField(max_length=7, default=states.WAITING)
    basis = models.CharField(max_length=64, blank=True, help_text="Fingerprint of the files and reviewers it is for.")
    plan = models.JSONField(default=dict, help_text="See compute/plans.py.")
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(state__in=[states.WAITING, states.READY]), name="proposal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.WAITING, states.READY, states.APPLIED, states.DROPPED]),
                name="proposal_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.pk}"
