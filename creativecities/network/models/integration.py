"""What a city meets when it joins: first steps, an experienced city beside it, and when its next report is due."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.network.models.cities import City


class ReportDue(models.Model):
    """By which day a city reports on its years as a member."""

    DATA = privacy.classed(internal="city due_on")
    city = models.ForeignKey(City, models.CASCADE, related_name="reports_due")
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["city", "due_on"], name="reportdue_once")]

    def __str__(self) -> str:
        return f"{self.city_id} {self.due_on}"


class FirstStep(models.Model):
    """One thing a new member does in its first months; `done_on` is the day its team said so."""

    class Step(models.TextChoices):
        TEAM = "team", _("Complete your team: who speaks for the city, and who stands in")
        PORTRAIT = "portrait", _("Write the portrait of your city in your own words")
        IDEAS = "ideas", _("Look through the initiatives you planned and publish them")
        BUDDY = "buddy", _("Write to your buddy city")
        TOPICS = "topics", _("Say what your city looks for and what it can give")
        SUB_NETWORK = "sub-network", _("Meet the cities of your creative field")

    DAYS = {
        Step.TEAM: 14, Step.PORTRAIT: 45, Step.IDEAS: 60, Step.BUDDY: 30, Step.TOPICS: 60, Step.SUB_NETWORK: 90,
    }  # fmt: skip
    """Within how many days of joining each is done."""
    DATA = privacy.classed(internal="city step due_on done_on")
    city = models.ForeignKey(City, models.CASCADE, related_name="first_steps")
    step = models.CharField(max_length=12, choices=Step.choices)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["city", "step"], name="firststep_once")]

    def __str__(self) -> str:
        return f"{self.city_id} {self.step}"


class Buddy(models.Model):
    """The experienced member city that stands beside a new one, from `start` until before `end`, and why this one."""

    WHY = {"field": _("the same creative field"), "language": _("a common language"), "region": _("the same region")}
    DATA = privacy.classed(internal="city buddy reasons start end")
    city = models.ForeignKey(City, models.CASCADE, related_name="buddies")
    buddy = models.ForeignKey(City, models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list, help_text="Keys of what spoke for it.")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-start", "pk"]
        verbose_name_plural = "buddies"
        constraints = [
            models.UniqueConstraint(fields=["city"], condition=Q(end__isnull=True), name="buddy_one_open"),
            models.CheckConstraint(condition=~Q(city=F("buddy")), name="buddy_is_another"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="buddy_order"),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.buddy_id}"

    @property
    def why(self) -> list[str]:
        """What spoke for it, in words."""
        return [str(self.WHY[key]) for key in self.reasons if key in self.WHY]
