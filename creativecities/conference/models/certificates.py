"""Certificates of attendance: a code that anybody can check, and a paper for who came."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute import certifying
from creativecities.conference.models.delegations import Delegate
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import StoredFile


class CertificateQuerySet(VisibleQuerySet["Certificate"]):
    def visible_to(self, person: Any) -> "CertificateQuerySet":
        """As their delegate: the city's team, those of the delegation, and the Secretariat."""
        return self.filter(delegate__in=Delegate.objects.visible_to(person))


class Certificate(models.Model):
    """That somebody took part in an edition. What is left when the delegates are deleted is code, initials and days."""

    class Basis(models.TextChoices):
        CAME = "came", _("checked in at the door")
        CONFIRMED = "confirmed", _("confirmed by name; no doors were counted")

    DATA = privacy.classed(internal="code edition basis days paper issued_at", personal="delegate initials")
    code = models.CharField(max_length=20, unique=True, default=certifying.new_code)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="certificates")
    delegate = models.OneToOneField(
        Delegate, models.SET_NULL, null=True, blank=True, related_name="certificate"
    )  # fmt: skip
    initials = models.CharField(max_length=20, blank=True, help_text="Empty once the person has deleted their account.")
    basis = models.CharField(max_length=9, choices=Basis.choices)
    days = models.JSONField(default=list, blank=True, help_text="On which they came, as 2031-05-04.")
    paper = models.OneToOneField(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["delegate__delegation__city__name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=["came", "confirmed"]), name="certificate_basis"),
        ]

    def __str__(self) -> str:
        return str(self.edition_id)  # its code proves something: no event tells it
