"""Beside a file: where an officer's word stands against the machine's, and what its team was told."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.calls.models.applications import Application
from creativecities.core import privacy


class SetAside(models.Model):
    """A rule of the call that a file does not meet, and why an officer lets it pass all the same."""

    DATA = privacy.classed(internal="application rule submission reason at", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="set_aside")
    rule = models.CharField(max_length=20, help_text="Its key in compute/checking.py.")
    submission = models.PositiveSmallIntegerField(help_text="The number of what was handed in and looked at.")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="setaside_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="setaside_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.rule}"


class Told(models.Model):
    """That the team of a file was told something: once for each instant it is about."""

    DATA = privacy.classed(internal="application name about at")
    application = models.ForeignKey(Application, models.CASCADE, related_name="told")
    name = models.CharField(max_length=20, help_text="Of what: deadline-7, completion-1, version, extension, …")
    about = models.DateTimeField(help_text="The deadline that comes near, or when the call was changed.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "name", "about"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.name}"
