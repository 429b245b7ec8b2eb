"""A programme handed in as a file: looked at beside the draft, then taken in or put aside."""

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
from creativecities.core.models import new_code
from creativecities.network import rules as network


class ProgrammeFileQuerySet(VisibleQuerySet["ProgrammeFile"]):
    def visible_to(self, person: Any) -> "ProgrammeFileQuerySet":
        """The draft and all that goes into it is the Secretariat's."""
        return self if network.is_secretariat(person) else self.none()


class ProgrammeFile(models.Model):
    """What was read from a file. Names of people in it are not kept; once it is taken in or put aside, nothing is."""

    STATES = {
        states.READ: _("to be looked at"),
        states.TAKEN_IN: _("taken in"),
        states.PUT_ASIDE: _("put aside"),
    }
    MOVES = states.PROGRAMME_FILE
    DATA = privacy.classed(internal="code edition state name language content faults at", personal="person")
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its name in events.")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="programme_files")
    state = models.CharField(max_length=9, default=states.READ)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120, help_text="Of the file, as it was handed in.")
    language = models.CharField(max_length=12, help_text="In which its texts are taken in.")
    content: Any = models.JSONField(default=dict, help_text="The programme, as schedule.json has it.")
    faults: Any = models.JSONField(default=list, help_text="What was told when it was read.")
    at = models.DateTimeField(default=timezone.now)

    objects = ProgrammeFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state=states.READ), name="programmefile_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.READ, states.TAKEN_IN, states.PUT_ASIDE]), name="programmefile_state"
            ),
        ]

    def __str__(self) -> str:
        return self.code
