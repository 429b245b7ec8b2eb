"""What is counted of an edition when it is over, and kept when the people are not."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.conference.models.certificates import Certificate
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network.models import City, CreativeField


class FiguresQuerySet(VisibleQuerySet["Figures"]):
    def visible_to(self, person: Any) -> "FiguresQuerySet":
        """Public, where the edition is."""
        return self.filter(edition__in=Edition.objects.visible_to(person))


class Figures(models.Model):
    """An edition in numbers, counted once. A gender of fewer than five people is not told."""

    FEWEST = 5
    DATA = privacy.classed(open="edition basis genders counted_at")
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="figures")
    basis = models.CharField(max_length=9, choices=Certificate.Basis.choices, help_text="What made people count.")
    genders = models.JSONField(default=dict, blank=True, help_text="People by gender where given, of five or more.")
    counted_at = models.DateTimeField(default=timezone.now)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        ordering = ["-edition__year", "-edition__number"]

    def __str__(self) -> str:
        return str(self.edition_id)


class CityFigures(models.Model):
    """How many people a city sent, by role; nobody is told apart in it."""

    DATA = privacy.classed(open="figures city field people roles times")
    figures = models.ForeignKey(Figures, models.CASCADE, related_name="cities")
    city = models.ForeignKey(City, models.PROTECT, related_name="+")
    field = models.ForeignKey(CreativeField, models.PROTECT, null=True, blank=True, related_name="+")
    people = models.PositiveIntegerField()
    roles = models.JSONField(help_text="People by role.")
    times = models.PositiveSmallIntegerField(help_text="For the how-manieth time, of the editions counted here.")

    class Meta:
        ordering = ["city__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["figures", "city"], name="cityfigures_once"),
            models.CheckConstraint(condition=Q(people__gt=0, times__gt=0), name="cityfigures_somebody_came"),
        ]

    def __str__(self) -> str:
        return f"{self.figures_id} {self.city_id}"
