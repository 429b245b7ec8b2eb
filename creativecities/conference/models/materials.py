"""What belongs to a session: slides, papers, links."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models.programme import Session
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import StoredFile, new_code
from creativecities.network.models import City


class MaterialQuerySet(VisibleQuerySet["Material"]):
    def visible_to(self, person: Any) -> "MaterialQuerySet":
        """What is for everybody, and what is for those one belongs to; the city that added it has it in any case."""
        from creativecities.conference.rules import materials  # which ask the models

        return self.filter(materials.visible_to(person))


class Material(models.Model):
    """A file or a link that goes with a session, and who may have it."""

    class Readers(models.TextChoices):
        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("the network: everybody with a mandate")
        SIGNED_UP = "signed-up", _("those who speak in the session or have a seat in it")

    DATA = privacy.classed(open="code session city title language link file added_at", internal="readers")
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    session = models.ForeignKey(Session, models.CASCADE, related_name="materials")
    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="That added it; empty: the Secretariat.",
    )
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    readers = models.CharField(max_length=9, choices=Readers.choices, default=Readers.PUBLIC)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.CharField(max_length=500, blank=True, help_text="An address, never fetched.")
    added_at = models.DateTimeField(default=timezone.now)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")), name="material_is_one"
            ),
            models.CheckConstraint(
                condition=Q(readers__in=["public", "members", "signed-up"]), name="material_readers"
            ),
        ]

    def __str__(self) -> str:
        return self.code  # what only some may read is not named in events
