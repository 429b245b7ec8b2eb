"""What the coordinator of a field tells all cities of the sub-network."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network.models import City, CreativeField


class AnnouncementQuerySet(VisibleQuerySet["Announcement"]):
    def visible_to(self, person: Any) -> "AnnouncementQuerySet":
        """The cities of the field, and the Secretariat."""
        from creativecities.exchange import rules  # which ask the models

        return self.filter(Q(field__in=rules.subnetworks(person)))


class Announcement(models.Model):
    """Words of a coordinator to the cities of a field, as they were sent; the mails themselves are in the outbox."""

    DATA = privacy.classed(
        internal="field city language subject text sent_at cities people once", personal="person_id person_name"
    )
    field = models.ForeignKey(CreativeField, models.PROTECT, related_name="announcements")
    city = models.ForeignKey(City, models.PROTECT, related_name="+", help_text="The coordinating city.")
    language = models.CharField(max_length=12, help_text="The language it is written in.")
    subject = models.CharField(max_length=120)
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)
    cities = models.PositiveIntegerField(help_text="How many cities it was sent to.")
    people = models.PositiveIntegerField(help_text="How many people it was sent to.")
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=200, blank=True)
    once = models.UUIDField(unique=True, help_text="Names the form it was sent with, so that it is sent one time.")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["field", "-sent_at"], name="announcement_field")]

    def __str__(self) -> str:
        return self.subject
