"""Invitation letters: what a delegate shows for a visa, and a code by which everybody sees whether it still holds."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.compute import certifying, inviting
from creativecities.conference.models.delegations import Delegate
from creativecities.conference.models.editions import Edition
from creativecities.core import days, privacy
from creativecities.core.access import VisibleQuerySet


class LetterQuerySet(VisibleQuerySet["Letter"]):
    def visible_to(self, person: Any) -> "LetterQuerySet":
        """As their delegate: the city's team, those of the delegation, and the Secretariat."""
        return self.filter(delegate__in=Delegate.objects.visible_to(person))


class Letter(models.Model):
    """That a delegate was invited by name. The paper is set anew each time; no passport number is kept anywhere."""

    DATA = privacy.classed(internal="code edition number issued_at ended_at", personal="delegate initials sealed")
    code = models.CharField(max_length=20, unique=True, default=certifying.new_code)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField(help_text="In the series of its edition.")
    delegate = models.ForeignKey(Delegate, models.SET_NULL, null=True, blank=True, related_name="letters")
    initials = models.CharField(max_length=20, blank=True)
    sealed = models.CharField(max_length=64, help_text="Fingerprint of the name and the days it was issued for.")
    issued_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was withdrawn, or another was issued.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="letter_number_once"),
            models.UniqueConstraint(fields=["delegate"], condition=Q(ended_at__isnull=True), name="letter_one_holds"),
        ]

    def __str__(self) -> str:
        return str(self.edition_id)  # its code proves something: no event tells it

    @property
    def serial(self) -> str:
        """Its number as it stands on paper."""
        return f"{self.edition.slug}-{self.number:04d}"

    @property
    def holds(self) -> bool:
        """Whether who it names still comes, under this name and on these days, and the edition is not over."""
        one, edition = self.delegate, self.edition
        if self.ended_at or one is None or edition.last_day is None:
            return False
        comes = one.state == states.CONFIRMED and one.delegation.state != states.DECLINED
        is_ahead = edition.state == states.ANNOUNCED and edition.last_day >= days.today()
        return comes and is_ahead and self.sealed == inviting.seal(self.code, one.latin_name or one.name, one.days)
