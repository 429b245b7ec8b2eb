"""Rounds, designations, and who was a member in which field from when until when."""

from django.db import models
from django.db.models import F, Q

from creativecities.core import privacy
from creativecities.network.models.cities import City
from creativecities.network.models.vocabulary import CreativeField


class DesignationRound(models.Model):
    """A day on which new members were announced; where only the year is known, its last day."""

    DATA = privacy.classed(open="year announced_on precision note")
    year = models.PositiveSmallIntegerField(primary_key=True)
    announced_on = models.DateField()
    precision = models.CharField(max_length=4, choices=[("day", "day"), ("year", "year")])
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class PublishedTotal(models.Model):
    """What was published about the network's size; only compared with, never shown as ours."""

    DATA = privacy.classed(open="year new_cities total_cities total_countries round_countries source")
    year = models.PositiveSmallIntegerField(primary_key=True)
    new_cities = models.PositiveSmallIntegerField(null=True)
    total_cities = models.PositiveSmallIntegerField(null=True)
    total_countries = models.PositiveSmallIntegerField(null=True)
    round_countries = models.PositiveSmallIntegerField(null=True, help_text="Countries of the round's new members.")
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class Designation(models.Model):
    """The act that made a city a member, in a round and in a field."""

    DATA = privacy.classed(open="city field round confidence")
    city = models.OneToOneField(City, models.CASCADE, related_name="designation")
    field = models.ForeignKey(CreativeField, models.PROTECT, related_name="+")
    round = models.ForeignKey(DesignationRound, models.PROTECT, related_name="designations")
    confidence = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return f"{self.city_id} {self.round_id}"


class Membership(models.Model):
    """A city was a member in one field from `start` until before `end`. A change of field starts another row."""

    DATA = privacy.classed(open="city field start end source")
    city = models.ForeignKey(City, models.CASCADE, related_name="memberships")
    field = models.ForeignKey(CreativeField, models.PROTECT, related_name="memberships")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="membership_order"),
            models.UniqueConstraint(fields=["city"], condition=Q(end__isnull=True), name="membership_one_open"),
            models.UniqueConstraint(fields=["city", "start"], name="membership_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.field_id} {self.start}–{self.end or ''}"
