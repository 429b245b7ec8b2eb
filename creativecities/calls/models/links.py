"""The links that are sent to National Commissions without an account, and the codes that confirm each act."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.calls.models.applications import Application
from creativecities.calls.models.calls import Call
from creativecities.core import privacy
from creativecities.network.models import NationalCommission


class CommissionLink(models.Model):
    """A signed link by which a commission reads the files of a call. It decides nothing: each act needs a code."""

    SALT = "calls.commission-link"
    DATA = privacy.classed(internal="call commission key_hash sent_to sent_at is_by_secretariat revoked_at")
    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    commission = models.ForeignKey(NationalCommission, models.CASCADE, related_name="+")
    key_hash = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the secret part; the link itself is not kept."
    )
    sent_to = models.EmailField(help_text="The registered address of then; the link ends when another is registered.")
    sent_at = models.DateTimeField(default=timezone.now)
    is_by_secretariat = models.BooleanField(help_text="Otherwise it came with a file that was presented.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["call", "commission"], name="commissionlink_of")]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Confirmation(models.Model):
    """A code that was mailed to the registered address: for one act on one file, for ten minutes, once."""

    MOST_TRIES = 5
    DATA = privacy.classed(internal="link application act code_hash at tries used_at")
    link = models.ForeignKey(CommissionLink, models.CASCADE, related_name="confirmations")
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty for the order of files."
    )
    act = models.CharField(max_length=8)
    code_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="confirmation_tries")]

    def __str__(self) -> str:
        return self.act
