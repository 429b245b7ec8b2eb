"""What a National Commission says of a city's file. Its places are numbered, so that none is given twice."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models.applications import Application
from creativecities.calls.models.calls import Call
from creativecities.core import privacy
from creativecities.core.models import StoredFile
from creativecities.network.models import NationalCommission


class Endorsement(models.Model):
    """The word of the National Commission on a file, and what of the file it had read.

    `place` counts the endorsements of a commission in a call where the call has a limit; `only_field` holds the
    creative field where endorsed cities must have different ones. Both are empty when the file is not endorsed.
    """

    STATES = {
        states.ENDORSED: _("endorsed"),
        states.DECLINED: _("not endorsed"),
        states.WITHDRAWN: _("endorsement withdrawn"),
    }
    MOVES = states.ENDORSEMENT
    DATA = privacy.classed(
        internal="application call commission state place only_field rank letter words language reason content "
        "fingerprint at",
        personal="person_id person_name",
    )
    application = models.OneToOneField(Application, models.CASCADE, related_name="endorsement")
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    commission = models.ForeignKey(NationalCommission, models.PROTECT, related_name="endorsements")
    state = models.CharField(max_length=9)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    only_field = models.CharField(max_length=40, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 is the first choice.")
    letter = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True, help_text="The letter, where it was written here.")
    language = models.CharField(max_length=12, blank=True, help_text="Of the page on which it was written here.")
    reason = models.TextField(blank=True, help_text="Why it is declined or withdrawn.")
    content = models.JSONField(help_text="The file as the commission had read it; see compute/files.py.")
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "commission", "place"], name="endorsement_place"),
            models.UniqueConstraint(fields=["call", "commission", "only_field"], name="endorsement_only_field"),
            models.UniqueConstraint(fields=["call", "commission", "rank"], name="endorsement_rank"),
            models.CheckConstraint(
                condition=Q(state__in=[states.ENDORSED, states.DECLINED, states.WITHDRAWN]), name="endorsement_state"
            ),
            models.CheckConstraint(
                condition=Q(state=states.ENDORSED) | Q(place__isnull=True, only_field__isnull=True, rank__isnull=True),
                name="endorsement_holds_places",
            ),
            models.CheckConstraint(condition=Q(state=states.ENDORSED) | ~Q(reason=""), name="endorsement_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.application)  # events that quote it tell no more than those of the file


class Remark(models.Model):
    """A question or an answer between a National Commission and the team of a file. Nobody else reads it."""

    LONGEST = 4000
    DATA = privacy.classed(internal="application is_by_commission text at once", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="remarks")
    is_by_commission = models.BooleanField(help_text="Otherwise it is the city's team who writes.")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField(unique=True, help_text="Names the form it was sent with, so that it is said one time.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return f"remark {self.pk}"
