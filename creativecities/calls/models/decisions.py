"""What is thought of and decided about the files of a call: choices to compare, a decision each, one announcement."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models.applications import Application
from creativecities.calls.models.calls import Call
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network.models import City


class ScenarioQuerySet(VisibleQuerySet["Scenario"]):
    def visible_to(self, person: Any) -> "ScenarioQuerySet":
        """Who prepares the decision and who decides."""
        from creativecities.calls.rules import decisions  # which ask the models

        return self if decisions.prepares(person) else self.none()


class Scenario(models.Model):
    """A choice of files with a name, to be looked at and compared. It decides nothing."""

    DATA = privacy.classed(internal="call name note files wishes version at", personal="person_id person_name")
    call = models.ForeignKey(Call, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    files: Any = models.ManyToManyField(Application, related_name="scenarios")
    wishes = models.JSONField(default=dict, help_text="What it was proposed for, and what that costs; empty by hand.")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="scenario_name"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.pk}"


class DecisionQuerySet(VisibleQuerySet["Decision"]):
    def visible_to(self, person: Any) -> "DecisionQuerySet":
        """Who prepares it; once it is announced, those who prepared the file."""
        from creativecities.calls.rules import decisions

        return self.filter(decisions.visible_to(person))


class Decision(models.Model):
    """What is to become of a file, and why. It is pending, and told to nobody, until the call is announced."""

    DATA = privacy.classed(
        internal="application is_designated reason buddy buddy_reasons version at", personal="person_id person_name"
    )
    application = models.OneToOneField(Application, models.CASCADE, related_name="decision")
    is_designated = models.BooleanField()
    reason = models.TextField(blank=True, help_text="The city reads it in its letter.")
    buddy = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    buddy_reasons = models.JSONField(default=list, help_text="What spoke for this buddy, as keys.")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}"


class AnnouncementQuerySet(VisibleQuerySet["Announcement"]):
    def visible_to(self, person: Any) -> "AnnouncementQuerySet":
        """Everybody, once it is made; before, who prepares it."""
        from creativecities.calls.rules import decisions

        return self if decisions.prepares(person) else self.filter(state=states.ANNOUNCED)


class Announcement(models.Model):
    """The decision of a call as it is prepared and then, by one act, made known. `version` counts every change of it.

    `left` says what could not be done when it was made, such as an address of a contact that is none; without a
    role it is a letter that nobody is left to receive.
    """

    STATES = {states.PREPARED: _("in preparation"), states.ANNOUNCED: _("announced")}
    MOVES = states.ANNOUNCEMENT
    DATA = privacy.classed(
        open="call title text announced_at", internal="state version left", personal="person_id person_name"
    )
    call = models.OneToOneField(Call, models.PROTECT, related_name="announcement")
    state = models.CharField(max_length=9, default=states.PREPARED)
    version = models.PositiveIntegerField(default=1)
    title = models.JSONField(default=dict, help_text="By language of the call.")
    text = models.JSONField(default=dict, help_text="By language of the call.")
    announced_at = models.DateTimeField(null=True, blank=True)
    left = models.JSONField(default=list)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-announced_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=states.PREPARED) | Q(state=states.ANNOUNCED, announced_at__isnull=False),
                name="announcement_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}"
