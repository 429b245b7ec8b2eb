"""What an initiative said before: one row for each version that was replaced or written by a person."""

from django.db import models
from django.utils import timezone

from creativecities.core import privacy
from creativecities.exchange.models.initiatives import Initiative


class InitiativeVersion(models.Model):
    """An initiative as it was written once, partner cities by their slugs. Nothing in it is ever changed."""

    DATA = privacy.classed(internal="initiative number values at", personal="person_id person_name")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="The initiative's `version` that held these values.")
    values = models.JSONField(help_text="As the form names them.")
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True)
    person_name = models.CharField(max_length=200, blank=True, help_text="Empty: the reference data.")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="initiative_version_once")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.number}"
