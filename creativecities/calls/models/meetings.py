"""What is said of a file by those who judged it: in its discussion, and in the meeting before the decision."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models.applications import Application
from creativecities.calls.models.calls import Call
from creativecities.calls.models.evaluation import Reviewer
from creativecities.core import privacy


class Opinion(models.Model):
    """What a reviewer who has handed in, or the Secretariat, says of a file to the others who may."""

    LONGEST = 4000
    DATA = privacy.classed(internal="application reviewer text at once", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="opinions")
    reviewer = models.ForeignKey(
        Reviewer, models.CASCADE, null=True, blank=True, related_name="opinions", help_text="Empty: the Secretariat."
    )
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)
    once = models.UUIDField(unique=True, help_text="Made of the form and the words, so that they are kept one time.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="opinion_says_something")]

    def __str__(self) -> str:
        return f"opinion {self.pk}"


class Meeting(models.Model):
    """The meeting on the files of a call: which one everybody looks at now."""

    STATES = {states.PLANNED: _("planned"), states.OPEN: _("open"), states.CLOSED: _("closed")}
    MOVES = states.MEETING
    DATA = privacy.classed(internal="call state current version")
    call = models.OneToOneField(Call, models.CASCADE, related_name="meeting")
    state = models.CharField(max_length=7, default=states.PLANNED)
    current = models.ForeignKey("Item", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each change of the agenda or the item.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[states.PLANNED, states.OPEN, states.CLOSED]), name="meeting_state"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.call_id}"


class Item(models.Model):
    """A file on the agenda, and what was noted of it."""

    DATA = privacy.classed(internal="meeting application position notes version")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each save of the notes.")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "application"], name="item_once")]

    def __str__(self) -> str:
        return f"item {self.pk}"
