"""Outcome documents: what an edition leaves behind in words, version by version, and the cities that co-sign it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate


class OutcomeQuerySet(VisibleQuerySet["Outcome"]):
    def visible_to(self, person: Any) -> "OutcomeQuerySet":
        """Public from its first version on, where its edition is; before, it is the Secretariat's."""
        if network.is_secretariat(person):
            return self
        return self.exclude(state=states.DRAFT).filter(edition__in=Edition.objects.visible_to(person))


class Outcome(models.Model):
    """A declaration or the like, as it is written now. What the public reads and cities sign is a version of it."""

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("Declaration")
        MANIFESTO = "manifesto", _("Manifesto")
        CONCLUSIONS = "conclusions", _("Conclusions")

    STATES = {
        states.DRAFT: _("draft"),
        states.PUBLISHED: _("published, not open for signing"),
        states.OPEN: _("open for signing"),
        states.CLOSED: _("closed for signing"),
    }
    MOVES = states.OUTCOME
    DATA = privacy.classed(open="edition slug kind state number", internal="title text version")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="outcomes")
    slug = models.SlugField(max_length=60, help_text="Never changes.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=9, default=states.DRAFT)
    title = models.JSONField(default=dict, blank=True, help_text="By language; the draft of the next version.")
    text = models.JSONField(default=dict, blank=True, help_text="By language; the draft of the next version.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit of the draft.")
    number = models.PositiveIntegerField(default=0, help_text="Of the newest version that is public; 0: none is.")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="outcome_slug_once"),
            models.CheckConstraint(
                condition=Q(state=states.DRAFT)
                | Q(state__in=[states.PUBLISHED, states.OPEN, states.CLOSED], number__gt=0),
                name="outcome_public_with_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class OutcomeVersion(models.Model):
    """An outcome document as it was made public once. Nothing in it is ever changed."""

    DATA = privacy.classed(open="outcome number title text fingerprint at")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.JSONField(help_text="By language.")
    text = models.JSONField(help_text="By language.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256; see compute/outcomes.py.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["outcome", "number"], name="outcome_version_once")]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.number}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> "SignatureQuerySet":
        """Without those that were withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Signature(models.Model):
    """A city stands behind a version, by the hand of somebody who held its mandate on that day."""

    DATA = privacy.classed(open="version city role at", internal="withdrawn_at reason", personal="person")
    version = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="signatures")
    city = models.ForeignKey(City, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=24, choices=Mandate.Role.choices, help_text="By which mandate.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was withdrawn.")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["city__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "city"], condition=Q(withdrawn_at__isnull=True), name="signature_one_a_city"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["mayor", "mayors-representative", "focal-point"]), name="signature_by_mandate"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason="") | Q(withdrawn_at__isnull=False) & ~Q(reason=""),
                name="signature_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.city_id}"
