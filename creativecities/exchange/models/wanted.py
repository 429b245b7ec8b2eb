"""Which partner cities an initiative looks for, until when."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import days, privacy
from creativecities.exchange import states
from creativecities.exchange.models.initiatives import Initiative
from creativecities.exchange.models.topics import Topic


class Wanted(models.Model):
    """How many partner cities an initiative looks for, and for what; after its last day it looks no more, by itself."""

    MOST = 20
    MOVES = states.WANTED
    DATA = privacy.classed(
        open="initiative number topics closes_on state",
        internal="opened_on remind_on version at",
        personal="person_id person_name",
    )
    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="wanted")
    number = models.PositiveSmallIntegerField(help_text="Partner cities that are looked for.")
    topics: Any = models.ManyToManyField(Topic, related_name="wanted")
    opened_on = models.DateField()
    closes_on = models.DateField(help_text="The last day on which it looks for partners.")
    state = models.CharField(max_length=8, default=states.LOOKING, help_text="looking or complete.")
    remind_on = models.DateField(
        null=True, blank=True, db_index=True, help_text="When the teams are told that it ends soon. Empty: told."
    )
    version = models.PositiveIntegerField(default=0, help_text="Grows with each change.")
    at = models.DateTimeField(default=timezone.now, help_text="When it was last changed.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "wanted"
        constraints = [
            models.CheckConstraint(condition=Q(number__range=(1, 20)), name="wanted_number"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="wanted_order"),
            models.CheckConstraint(condition=Q(state__in=[states.LOOKING, states.COMPLETE]), name="wanted_state"),
        ]

    def __str__(self) -> str:
        return str(self.initiative)

    @property
    def words(self) -> Any:
        """How it stands today, in words."""
        if self.state == states.COMPLETE:
            return _("Partnership complete")
        if self.closes_on < days.today():
            return _("The last day has passed: it is no longer listed among those that look for partners.")
        return _("Looking for partners")
