"""Selected cases as parts of a session of the draft."""

from django.db import models
from django.db.models import Q

from creativecities.conference.models.cases import Case
from creativecities.conference.models.programme import Session
from creativecities.core import privacy


class Contribution(models.Model):
    """A selected case in a session: when in it, for how long. Who speaks are speakers of the session."""

    MOST_MINUTES = 480
    DATA = privacy.classed(open="case session position minutes")
    case = models.OneToOneField(Case, models.CASCADE, related_name="contribution")
    session = models.ForeignKey(Session, models.PROTECT, related_name="contributions")
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the session.")
    minutes = models.PositiveSmallIntegerField(default=15)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=480), name="contribution_minutes"),
            models.CheckConstraint(condition=Q(position__gte=1), name="contribution_position"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.position}"
