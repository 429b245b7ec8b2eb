"""A call for applications, whose rules are data: cloned, versioned, and extended with a reason."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network import rules as network
from creativecities.network.models import Country


class CallQuerySet(VisibleQuerySet["Call"]):
    def visible_to(self, person: Any) -> "CallQuerySet":
        """What was published is public, also when it was withdrawn; a draft is known to the Secretariat alone."""
        return self if network.is_secretariat(person) else self.exclude(state=states.DRAFT)


class Call(models.Model):
    """An invitation to apply. Pages, drafts and reviews read its published version; the Secretariat edits the next."""

    STATES = {states.DRAFT: _("draft"), states.PUBLISHED: _("published"), states.WITHDRAWN: _("withdrawn")}
    MOVES = states.CALL
    DATA = privacy.classed(open="slug state opens_at closes_at withdrawn_at reason", internal="next version")
    slug = models.SlugField(max_length=40, unique=True, help_text="Never changes.")
    state = models.CharField(max_length=9, default=states.DRAFT, help_text="draft, published or withdrawn.")
    next = models.JSONField(help_text="What the next version will say; see compute/definition.py.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit of the next version.")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="Of the published version.")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Of the published version, without extensions.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was withdrawn.")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[states.DRAFT, states.PUBLISHED, states.WITHDRAWN]), name="call_state"
            ),
            models.CheckConstraint(
                condition=Q(state=states.DRAFT) | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="call_published_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__gt=F("opens_at")), name="call_order"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class CallVersion(models.Model):
    """What a call said from a moment on. Never changed: drafts and reviews name the version they answer."""

    DATA = privacy.classed(open="call number definition reason at", personal="person_id person_name")
    call = models.ForeignKey(Call, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    reason = models.TextField(blank=True, help_text="Why it was changed; empty for the first.")
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="callversion_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.number}"


class Extension(models.Model):
    """More time, for every city or for those of one country, with its reason. The deadline is never brought forward."""

    DATA = privacy.classed(open="call country closes_at reason at", personal="person_id person_name")
    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    closes_at = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "country", "closes_at"], name="extension_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.closes_at:%Y-%m-%d}"
