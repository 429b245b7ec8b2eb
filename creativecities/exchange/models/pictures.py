"""Pictures of an initiative."""

from django.db import models
from django.db.models import Q

from creativecities.core import privacy
from creativecities.core.models import StoredFile
from creativecities.exchange.models.initiatives import Initiative


class InitiativePicture(models.Model):
    """A picture of an initiative at one of its numbered places: as public as the initiative, and as hidden."""

    MOST = 8
    DATA = privacy.classed(open="initiative file position")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="pictures")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(position__range=(1, 8)), name="initiative_picture_position"),
            models.UniqueConstraint(fields=["initiative", "position"], name="initiative_picture_place_once"),
        ]

    def __str__(self) -> str:
        return str(self.initiative)
