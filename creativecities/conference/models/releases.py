"""Releases of the programme: numbered, frozen, each in one row, so that a public page reads nothing else."""

from typing import Any

from django.db import models
from django.utils import timezone

from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet


class ReleaseQuerySet(VisibleQuerySet["Release"]):
    def visible_to(self, person: Any) -> "ReleaseQuerySet":
        """As their edition: what was released of one that was announced is public."""
        return self.filter(edition__in=Edition.objects.visible_to(person))


class Release(models.Model):
    """The programme as it was released. Who speaks is in it by code and city; names are read when it is shown."""

    DATA = privacy.classed(
        open="edition number listing abstracts changes note released_at", personal="person_id person_name"
    )
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    listing = models.JSONField(help_text="Zone, rooms and sessions, without what the sessions are about.")
    abstracts = models.JSONField(default=dict, help_text="By session: what it is about, by language.")
    changes = models.JSONField(default=list, help_text="What is otherwise than in the release before.")
    note = models.TextField(blank=True, help_text="What the Secretariat says of it.")
    released_at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"
