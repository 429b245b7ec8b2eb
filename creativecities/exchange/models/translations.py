"""An initiative in another language than its own."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.core import privacy
from creativecities.exchange.models.initiatives import Initiative


class Translation(models.Model):
    """What an initiative says, put into another language by a person. One row a version; the newest is the current."""

    DATA = privacy.classed(
        open="initiative language title summary story is_current number at",
        internal="source",
        personal="person_id person_name",
    )
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10, help_text="One of the languages of this site.")
    number = models.PositiveIntegerField(help_text="Grows with each version in this language.")
    title = models.CharField(max_length=200)
    summary = models.TextField()
    story: Any = models.JSONField(default=dict, help_text="Building blocks by name, those that are translated.")
    source = models.CharField(max_length=20, help_text="Mark of the original's words that were translated.")
    is_current = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "language", "number"], name="translation_number"),
            models.UniqueConstraint(
                fields=["initiative", "language"], condition=Q(is_current=True), name="translation_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.language} {self.number}"
