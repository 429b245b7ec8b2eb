"""What cities struggle with and are good at: a dated vocabulary, and how each city rates itself by it."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.network.models import City
from creativecities.network.models.people import in_force
from creativecities.network.models.vocabulary import NAMES, Named, ReferenceQuerySet


class TopicQuerySet(ReferenceQuerySet):
    def on(self, day: dt.date) -> "TopicQuerySet":
        """In use on a day."""
        return self.filter(in_force(day))


class Topic(Named):
    """A challenge of cities that culture is meant to help with. The list changes: each topic says since and until when.

    A topic that has ended is offered no more, and stays on what was written under it.
    """

    DATA = privacy.classed(open=f"slug position start end challenges {NAMES}")
    slug = models.SlugField(primary_key=True)
    position = models.PositiveSmallIntegerField(default=0)
    start = models.DateField()
    end = models.DateField(null=True, blank=True, help_text="The first day on which it is no longer offered.")
    challenges = models.JSONField(default=list, help_text="Challenges of portraits, as written there, that it covers.")

    objects: ClassVar[Any] = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position"]


class RatingQuerySet(models.QuerySet["Rating"]):
    def on(self, day: dt.date) -> "RatingQuerySet":
        """Those that hold on a day."""
        return self.filter(in_force(day))


class Rating(models.Model):
    """How great a challenge a topic is for a city, or how much it knows of it, from `start` until before `end`."""

    class Kind(models.TextChoices):
        CHALLENGE = "challenge", _("Challenge")
        EXPERTISE = "expertise", _("Expertise")

    LOWEST, HIGHEST = 1, 5
    DATA = privacy.classed(internal="city topic kind value start end", personal="person_id person_name")
    city = models.ForeignKey(City, models.CASCADE, related_name="ratings")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    value = models.PositiveSmallIntegerField(help_text="1: hardly, 5: very much.")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects: Any = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "kind", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(value__range=(1, 5)), name="rating_value"),
            models.CheckConstraint(condition=Q(kind__in=["challenge", "expertise"]), name="rating_kind"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="rating_order"),
            models.UniqueConstraint(
                fields=["city", "topic", "kind"], condition=Q(end__isnull=True), name="rating_one_open"
            ),
            models.UniqueConstraint(fields=["city", "topic", "kind", "start"], name="rating_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.topic_id} {self.kind} {self.value}"
