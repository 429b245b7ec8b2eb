"""Who can apply for an open call or a residency, where, and until when."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.exchange import states
from creativecities.exchange.models.initiatives import Initiative


class Opening(models.Model):
    """An initiative takes applications until its last day: with this an open call or a residency is an opportunity."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        ARTISTS = "artists", _("Artists and other creative professionals")
        YOUNG = "young", _("Students and young people")
        ORGANISATIONS = "organisations", _("Organisations and businesses")
        CITIES = "cities", _("Member cities")

    MOVES = states.OPENING
    DATA = privacy.classed(
        open="initiative audience apply_by link state at",
        internal="opened_on version",
        personal="person_id person_name",
    )
    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="opening")
    audience = models.CharField(max_length=13, choices=Audience.choices, help_text="Who can apply.")
    apply_by = models.DateField(db_index=True, help_text="The last day on which one can apply.")
    link = models.URLField(max_length=300, help_text="Where to apply; never fetched.")
    opened_on = models.DateField()
    state = models.CharField(max_length=6, default=states.OPEN, help_text="open or closed.")
    version = models.PositiveIntegerField(default=0, help_text="Grows with each change.")
    at = models.DateTimeField(default=timezone.now, help_text="When it was last changed.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=["everybody", "artists", "young", "organisations", "cities"]),
                name="opening_audience",
            ),
            models.CheckConstraint(condition=Q(apply_by__gte=F("opened_on")), name="opening_order"),
            models.CheckConstraint(condition=Q(link__startswith="https://"), name="opening_link"),
            models.CheckConstraint(condition=Q(state__in=[states.OPEN, states.CLOSED]), name="opening_state"),
        ]

    def __str__(self) -> str:
        return str(self.initiative)

    @property
    def values(self) -> dict[str, Any]:
        """What the team has written, under the names of the form."""
        return {"audience": self.audience, "apply_by": self.apply_by.isoformat(), "link": self.link}
